/* Fuzzes the readers of clang's SARIF and clang-tidy's YAML.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/clang_analyzer.h"
#include "detectors/support/thread_safety.h"
#include "detectors/support/tidy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A report is read, or there is a reason why not. */
static void check(enum err e, const struct findings *l, char *problem)
{
    if ((e != ERR_OK) != (problem != NULL))
        abort();
    for (size_t i = 0; i < l->n; i++)
        if (!l->v[i].message || !l->v[i].native ||
            !finding_same(&l->v[i], &l->v[i]))
            abort();
    free(problem);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = malloc(n + 1);
    memcpy(text, data, n);
    text[n] = '\0';
    struct findings a = {0}, b = {0}, c = {0};
    char *problem = NULL;
    check(thread_safety_parse(text, n, n % 2, &a, &problem), &a, problem);
    problem = NULL;
    check(clang_analyzer_parse(text, n, &b, &problem), &b, problem);
    problem = NULL;
    check(tidy_parse(text, n, &c, &problem), &c, problem);
    findings_fini(&a);
    findings_fini(&b);
    findings_fini(&c);
    free(text);
    return 0;
}
