/* Fuzzes the reader of the semantic patches' lines.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cocci_lines.h"

#include <stdint.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    enum err e = cocci_lines_parse("fuzz", (const char *)data, n, &l, &problem);
    findings_are_read(e, &l, problem);
    return 0;
}
