/* Results of clang's static analyzer.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/clang_analyzer.h"

#include "detectors/support/rules.h"
#include "detectors/support/sarif.h"

#include <stdlib.h>

#define PTHREAD "alpha.unix.PthreadLock"
#define C11 "alpha.core.C11Lock"

/* Messages of clang 19, PthreadLockChecker.cpp. */
static const struct rule rules[] = {
    {PTHREAD, "has already been acquired", NULL, KIND_DOUBLE_LOCK, AID_NONE},
    {PTHREAD, "lock order reversal", NULL, KIND_LOCK_ORDER, AID_NONE},
    {PTHREAD, NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {C11, "has already been acquired", NULL, KIND_DOUBLE_LOCK, AID_NONE},
    {C11, "lock order reversal", NULL, KIND_LOCK_ORDER, AID_NONE},
    {C11, NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"unix.BlockInCriticalSection", NULL, NULL, KIND_LONG_HOLD, AID_NONE},
    {0},
};

enum err clang_analyzer_parse(const char *text, size_t n,
                              struct findings *findings, char **problem)
{
    struct sarif_results l = {0};
    enum err e = sarif_read(text, n, &l, problem);
    for (size_t i = 0; i < l.n; i++) {
        const struct sarif_result *r = &l.v[i];
        struct finding *f =
            rule_add(findings, CLANG_ANALYZER_ID, rules, r->rule, r->message);
        enum role role = f->kind == KIND_OTHER ? ROLE_ACCESS : ROLE_LOCKS;
        rule_place(f, role, r->file, r->line, r->col);
    }
    sarif_fini(&l);
    return e;
}
