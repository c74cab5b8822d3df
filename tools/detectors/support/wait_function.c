/* The functions of C libraries that wait, on a stack or in the source.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/wait_function.h"

#include "base/str.h"
#include "detectors/support/objects.h"

#include <stddef.h>
#include <string.h>

static const struct wait_function functions[] = {
    {"pthread_mutex_lock", WAIT_MUTEX},
    {"mtx_lock", WAIT_MUTEX},
    {"omp_set_lock", WAIT_MUTEX},
    {"omp_set_nest_lock", WAIT_MUTEX},
    {"pthread_rwlock_rdlock", WAIT_READ_LOCK},
    {"pthread_rwlock_wrlock", WAIT_WRITE_LOCK},
    {"pthread_join", WAIT_JOIN},
    {"thrd_join", WAIT_JOIN},
    {"pthread_cond_wait", WAIT_CONDITION},
    {"cnd_wait", WAIT_CONDITION},
    {"sem_wait", WAIT_SEMAPHORE},
    {"pthread_barrier_wait", WAIT_BARRIER},
    {"GOMP_barrier", WAIT_BARRIER},
    {"pthread_once", WAIT_ONCE},
    {"call_once", WAIT_ONCE},
    {"GOMP_critical_start", WAIT_CRITICAL},
    {"GOMP_critical_name_start", WAIT_CRITICAL},
    {"GOMP_parallel", WAIT_TEAM},
    {"GOMP_parallel_end", WAIT_TEAM},
};

static const struct wait_function pragmas[] = {
    {"omp critical", WAIT_CRITICAL},
    {"omp barrier", WAIT_BARRIER},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The plain name behind "___interceptor_", "__GI___" and the like. */
static const char *plain_name(const char *function)
{
    static const char *const prefixes[] = {"_", "GI_", "interceptor_"};
    size_t i = 0;
    while (i < COUNT(prefixes)) {
        if (str_starts(function, prefixes[i])) {
            function += strlen(prefixes[i]);
            i = 0;
        } else {
            i++;
        }
    }
    return function;
}

static bool by_stack(const struct thread *t, struct wait_function *out)
{
    const struct frame *place = stacks_place(t);
    for (size_t i = 0; i < t->stack.n && &t->stack.v[i] != place; i++) {
        const char *name = t->stack.v[i].function;
        for (size_t k = 0; name && k < COUNT(functions); k++)
            if (str_eq(plain_name(name), functions[k].name)) {
                *out = functions[k];
                return true;
            }
    }
    return false;
}

/* Where the C library calls its inner function as its last act, the frame with
 * the known name is gone; the source still has it. A callee that has another
 * name is not the call meant. */
static bool by_source(const struct thread *t, struct wait_function *out)
{
    const struct frame *place = stacks_place(t);
    if (place && place > t->stack.v && place[-1].function)
        return false;
    for (size_t k = 0; place && k < COUNT(functions); k++)
        if (objects_calls(place, functions[k].name)) {
            *out = functions[k];
            return true;
        }
    for (size_t k = 0; place && k < COUNT(pragmas); k++)
        if (objects_mentions(place, pragmas[k].name)) {
            out->kind = pragmas[k].kind;
            return true;
        }
    return false;
}

bool wait_function_of(const struct thread *t, struct wait_function *out)
{
    return by_stack(t, out) || by_source(t, out);
}
