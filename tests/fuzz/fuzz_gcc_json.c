/* Fuzzes the reader of gcc's diagnostics.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/gcc_json.h"

#include <stdint.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    enum err e = gcc_json_parse("fuzz", (const char *)data, n, &l, &problem);
    findings_are_read(e, &l, problem);
    return 0;
}
