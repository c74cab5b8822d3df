/* Messages of clang's thread-safety analysis. clang numbers its diagnostics
 * anew in each release, so that a rule is known by its words.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/thread_safety.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"
#include "detectors/support/sarif.h"

#include <stdlib.h>
#include <string.h>

#define GUARDED KIND_DATA_RACE, AID_ANNOTATION

/* The words are those of clang 19, DiagnosticSemaKinds.td. What is said of
 * functions of the C library rests on thread_safety.h alone. */
static const struct rule rules[] = {
    {NULL, "reading variable", "guarded-by", GUARDED},
    {NULL, "writing variable", "guarded-by", GUARDED},
    {NULL, "passing variable", "guarded-by", GUARDED},
    {NULL, "passing pointer", "guarded-by", GUARDED},
    {NULL, "returning variable", "guarded-by", GUARDED},
    {NULL, "the value pointed to by", "pt-guarded-by", GUARDED},
    {NULL, "passing the value that", "pt-guarded-by", GUARDED},
    {NULL, "returning the value that", "pt-guarded-by", GUARDED},
    {NULL, "calling function 'pthread_", "wait-without-lock", KIND_LOCK_MISUSE,
     AID_NONE},
    {NULL, "calling function 'cnd_", "wait-without-lock", KIND_LOCK_MISUSE,
     AID_NONE},
    {NULL, "calling function", "requires", GUARDED},
    {NULL, "cannot call function 'pthread_", "destroy-locked", KIND_LOCK_MISUSE,
     AID_NONE},
    {NULL, "cannot call function 'mtx_", "destroy-locked", KIND_LOCK_MISUSE,
     AID_NONE},
    {NULL, "cannot call function", "excludes", KIND_DOUBLE_LOCK,
     AID_ANNOTATION},
    {NULL, "must be acquired before", "acquired-before", KIND_LOCK_ORDER,
     AID_ANNOTATION},
    {NULL, "cycle in acquired_before/after", "acquired-before-cycle",
     KIND_LOCK_ORDER, AID_ANNOTATION},
    {NULL, "that is already held", "double-acquire", KIND_DOUBLE_LOCK,
     AID_NONE},
    {NULL, "that was not held", "release-unheld", KIND_LOCK_MISUSE, AID_NONE},
    {NULL, "is still held at the end of function", "still-held", KIND_LOCK_LEAK,
     AID_NONE},
    {NULL, "is not held on every path through here", "not-on-every-path",
     KIND_LOCK_LEAK, AID_NONE},
    {NULL, "to be held at start of each loop", "held-by-loop", KIND_LOCK_LEAK,
     AID_NONE},
    {NULL, "to be held at the end of function", "not-held-at-end",
     KIND_LOCK_MISUSE, AID_ANNOTATION},
    {NULL, "is acquired exclusively and shared", "both-modes", KIND_LOCK_MISUSE,
     AID_NONE},
    {NULL, "using shared access", "wrong-mode", KIND_LOCK_MISUSE, AID_NONE},
    {NULL, "using exclusive access", "wrong-mode", KIND_LOCK_MISUSE, AID_NONE},
    {0},
};

char *thread_safety_header(const struct detector_env *env)
{
    const char *end = strrchr(env->configs, '/');
    size_t n = end ? (size_t)(end - env->configs) : 0;
    return str_fmt("%.*s/cases/thread_safety.h", (int)n, env->configs);
}

/* The lock that a message names: the last of its words in quotes where a call
 * requires it, else the first. Owned by the caller; NULL for other rules. */
static char *lock_of(const char *message, enum kind kind)
{
    const char *from = kind == KIND_DATA_RACE ? NULL : strchr(message, '\'');
    const char *requires = strstr(message, "requires holding");
    if (from && requires)
        from = strchr(requires, '\'');
    else if (from && strstr(message, "cannot call function"))
        from = strstr(message, "while ")
                   ? strchr(strstr(message, "while "), '\'')
                   : NULL;
    const char *to = from ? strchr(from + 1, '\'') : NULL;
    return to ? str_ndup(from + 1, (size_t)(to - from - 1)) : NULL;
}

static enum role role_of(const struct finding *f)
{
    if (f->kind != KIND_DATA_RACE)
        return ROLE_LOCKS;
    if (str_starts(f->message, "reading"))
        return ROLE_READ;
    return str_starts(f->message, "writing") ? ROLE_WRITE : ROLE_ACCESS;
}

/* A lock that is kept is reported where the function ends or paths meet: what
 * counts is where it was taken, which a note tells. */
static void add_note(struct finding *f, const struct sarif_result *r)
{
    bool taken = r->message && strstr(r->message, "acquired here");
    if (!taken || f->accesses.n != 1)
        return;
    rule_place(f, ROLE_HOLDS, r->file, r->line, r->col)->previous = true;
    if (f->kind != KIND_LOCK_LEAK)
        return;
    struct access first = f->accesses.v[0];
    f->accesses.v[0] = f->accesses.v[1];
    f->accesses.v[1] = first;
    f->accesses.v[1].role = ROLE_CREATED;
}

static void add_warning(struct findings *l, const struct sarif_result *r)
{
    struct finding *f =
        rule_add(l, THREAD_SAFETY_ID, rules, r->rule, r->message);
    rule_place(f, role_of(f), r->file, r->line, r->col);
    f->object = lock_of(f->message, f->kind);
}

static char *error_of(const struct sarif_results *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct sarif_result *r = &l->v[i];
        if (str_eq(r->level, "error"))
            return str_fmt("the source cannot be read: %s:%d: %s",
                           r->file ? r->file : "?", r->line,
                           r->message ? r->message : "");
    }
    return NULL;
}

enum err thread_safety_parse(const char *text, size_t n, bool failed,
                             struct findings *findings, char **problem)
{
    struct sarif_results l = {0};
    char *why = NULL;
    enum err e = sarif_read(text, n, &l, &why);
    if (e == ERR_OK)
        why = error_of(&l);
    if (!why && failed)
        why = rule_line(text, "error:");
    if (!why && failed)
        why = str_dup("clang failed without an error message");
    struct finding *last = NULL;
    for (size_t i = 0; i < l.n && !why; i++) {
        const struct sarif_result *r = &l.v[i];
        if (str_eq(r->level, "warning")) {
            add_warning(findings, r);
            last = &findings->v[findings->n - 1];
        } else if (last) {
            add_note(last, r);
        }
    }
    sarif_fini(&l);
    if (!why)
        return ERR_OK;
    *problem = why;
    return ERR_INVALID;
}
