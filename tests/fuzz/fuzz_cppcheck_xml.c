/* Fuzzes the reader of cppcheck's XML.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cppcheck_xml.h"

#include <stdint.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    enum err e =
        cppcheck_xml_parse("fuzz", (const char *)data, n, &l, &problem);
    findings_are_read(e, &l, problem);
    return 0;
}
