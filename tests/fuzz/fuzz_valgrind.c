/* Fuzzes the parser of Valgrind's XML.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind.h"

#include <stdint.h>
#include <stdlib.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    struct valgrind_report r;
    valgrind_parse_xml("fuzz", (const char *)data, n, false, &l, &r);
    if (r.complete && !r.begun)
        abort();
    findings_are_whole(&l);
    return 0;
}
