/* Fuzzes the parser of ThreadSanitizer's reports.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/tsan.h"

#include <stdint.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    enum err e = tsan_parse_text("fuzz", (const char *)data, n, &l, &problem);
    findings_are_read(e, &l, problem);
    return 0;
}
