/* Fuzzes the readers of clang's SARIF and clang-tidy's YAML.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/clang_analyzer.h"
#include "detectors/support/thread_safety.h"
#include "detectors/support/tidy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "findings_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = malloc(n + 1);
    memcpy(text, data, n);
    text[n] = '\0';
    struct findings a = {0}, b = {0}, c = {0};
    char *problem = NULL;
    findings_are_read(thread_safety_parse(text, n, n % 2, &a, &problem), &a,
                      problem);
    problem = NULL;
    findings_are_read(clang_analyzer_parse(text, n, &b, &problem), &b, problem);
    problem = NULL;
    findings_are_read(tidy_parse(text, n, &c, &problem), &c, problem);
    free(text);
    return 0;
}
