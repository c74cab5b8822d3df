/* Helgrind's and DRD's words (hg_errors.c and drd_error.c of Valgrind 3.19),
 * as kinds and roles.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind_kind.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* The first row that fits wins; words NULL fits every text. */
static const struct {
    const char *native;
    const char *words;
    enum kind kind;
} kinds[] = {
    /* Helgrind */
    {"Race", NULL, KIND_DATA_RACE},
    {"LockOrder", NULL, KIND_LOCK_ORDER},
    {"UnlockUnlocked", NULL, KIND_LOCK_MISUSE},
    {"UnlockForeign", NULL, KIND_LOCK_MISUSE},
    {"UnlockBogus", NULL, KIND_LOCK_MISUSE},
    {"PthAPIerror", "lock failed with error code 35", KIND_DOUBLE_LOCK},
    {"PthAPIerror", NULL, KIND_LOCK_MISUSE},
    {"Misc", "Exiting thread still holds", KIND_LOCK_LEAK},
    {"Misc", "Attempt to re-lock a non-recursive lock", KIND_DOUBLE_LOCK},
    {"Misc", NULL, KIND_LOCK_MISUSE},
    /* DRD */
    {"ConflictingAccess", NULL, KIND_DATA_RACE},
    {"MutexErr", "Recursive locking not allowed", KIND_DOUBLE_LOCK},
    {"RwlockErr", "Recursive writer locking not allowed", KIND_DOUBLE_LOCK},
    {"MutexErr", NULL, KIND_LOCK_MISUSE},
    {"RwlockErr", NULL, KIND_LOCK_MISUSE},
    {"CondErr", NULL, KIND_LOCK_MISUSE},
    {"CondWaitErr", NULL, KIND_LOCK_MISUSE},
    {"CondRaceErr", NULL, KIND_LOCK_MISUSE},
    {"CondDestrErr", NULL, KIND_LOCK_MISUSE},
    {"SemaphoreErr", NULL, KIND_LOCK_MISUSE},
    {"BarrierErr", NULL, KIND_LOCK_MISUSE},
    {"GenericErr", NULL, KIND_LOCK_MISUSE},
};

enum kind valgrind_kind(const char *native, const char *what)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(native, kinds[i].native) &&
            (!kinds[i].words || strstr(what, kinds[i].words)))
            return kinds[i].kind;
    return KIND_OTHER;
}

/* A thread that was stopped, or reported, while it was blocked in the kernel.
 */
static bool blocked(const struct frames *stack)
{
    static const char *const calls[] = {
        "futex_wait", "__futex_abstimed_wait_common64",
        "__futex_abstimed_wait_common", "__lll_lock_wait",
        "__lll_lock_wait_private"};
    const char *innermost = stack->n ? stack->v[0].function : NULL;
    for (size_t i = 0; innermost && i < sizeof calls / sizeof *calls; i++)
        if (str_eq(innermost, calls[i]))
            return true;
    return false;
}

enum role valgrind_role(enum kind kind, const char *what,
                        const struct frames *stack)
{
    switch (kind) {
    case KIND_DATA_RACE:
        if (strstr(what, "race during read") ||
            str_starts(what, "Conflicting load"))
            return ROLE_READ;
        if (strstr(what, "race during write") ||
            str_starts(what, "Conflicting store"))
            return ROLE_WRITE;
        return ROLE_ACCESS;
    case KIND_LOCK_LEAK:
        return blocked(stack) ? ROLE_WAITS : ROLE_ACCESS;
    case KIND_LOCK_ORDER:
    case KIND_DOUBLE_LOCK:
    case KIND_LOCK_MISUSE:
        return ROLE_LOCKS;
    default:
        return ROLE_ACCESS;
    }
}

enum role valgrind_later_role(const char *aux, bool *previous)
{
    *previous = true;
    if (strstr(aux, "conflicts with a previous write"))
        return ROLE_WRITE;
    if (strstr(aux, "conflicts with a previous read"))
        return ROLE_READ;
    if (strstr(aux, "conflicts with a previous access"))
        return ROLE_ACCESS;
    if (strstr(aux, "order was established by acquisition of lock") ||
        strstr(aux, "Lock was previously acquired"))
        return ROLE_HOLDS;
    if (strstr(aux, "followed by a later acquisition of lock"))
        return ROLE_LOCKS;
    *previous = false;
    return ROLE_CREATED;
}

char *valgrind_thread(const char *text)
{
    for (const char *p = text; (p = strcasestr(p, "thread ")) != NULL; p++) {
        const char *name = p + strlen("thread ");
        size_t n = *name == '#';
        size_t digits = 0;
        while (isdigit((unsigned char)name[n + digits]))
            digits++;
        if (digits)
            return str_fmt("thread %.*s", (int)(n + digits), name);
    }
    return NULL;
}

/* Behind `words`, up to `stop`. */
static char *behind(const char *aux, const char *words, const char *stop)
{
    const char *at = strstr(aux, words);
    if (!at)
        return NULL;
    at += strlen(words);
    size_t n = strcspn(at, stop);
    return n ? str_ndup(at, n) : NULL;
}

char *valgrind_object(const char *aux)
{
    char *name = behind(aux, "inside data symbol \"", "\"");
    char *size = name ? NULL : behind(aux, "inside a block of size ", " ");
    char *thread;
    if (size) {
        name = str_fmt("heap block of size %s", size);
        free(size);
    } else if (!name && strstr(aux, "'s stack")) {
        thread = valgrind_thread(aux);
        name = thread ? str_fmt("stack of %s", thread) : NULL;
        free(thread);
    }
    return name;
}
