/* Functions that say where and under what name threads run: to the explorer,
 * which runs one at a time, they are but accesses to their arguments.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/point.h"
#include "explore/runtime/threads.h"

#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <string.h>
#include <sys/prctl.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

/* A set that has none of the processors is refused, as the kernel does. */
static int chosen(size_t n, const cpu_set_t *set)
{
    cpu_set_t all;
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        return errno;
    for (size_t i = 0; i < sizeof all && i < n; i++)
        if (((const char *)set)[i] & ((const char *)&all)[i])
            return 0;
    return EINVAL;
}

int __wrap_sched_setaffinity(pid_t pid, size_t n, const cpu_set_t *set);
int __wrap_sched_setaffinity(pid_t pid, size_t n, const cpu_set_t *set)
{
    if (!active())
        return sched_setaffinity(pid, n, set);
    READ(set, n);
    errno = chosen(n, set);
    return errno ? -1 : 0;
}

int __wrap_sched_getaffinity(pid_t pid, size_t n, cpu_set_t *set);
int __wrap_sched_getaffinity(pid_t pid, size_t n, cpu_set_t *set)
{
    if (active())
        WRITE(set, n);
    return sched_getaffinity(active() ? 0 : pid, n, set);
}

int __wrap_pthread_setaffinity_np(pthread_t id, size_t n, const cpu_set_t *set);
int __wrap_pthread_setaffinity_np(pthread_t id, size_t n, const cpu_set_t *set)
{
    if (!active())
        return pthread_setaffinity_np(id, n, set);
    READ(set, n);
    return chosen(n, set);
}

int __wrap_pthread_getaffinity_np(pthread_t id, size_t n, cpu_set_t *set);
int __wrap_pthread_getaffinity_np(pthread_t id, size_t n, cpu_set_t *set)
{
    if (!active())
        return pthread_getaffinity_np(id, n, set);
    WRITE(set, n);
    return sched_getaffinity(0, n, set) == 0 ? 0 : errno;
}

int __wrap___sched_cpucount(size_t n, const cpu_set_t *set);
int __wrap___sched_cpucount(size_t n, const cpu_set_t *set)
{
    READ(set, n);
    return __sched_cpucount(n, set);
}

int __wrap_sched_getcpu(void);
int __wrap_sched_getcpu(void)
{
    return active() ? 0 : sched_getcpu();
}

int __wrap_pthread_setname_np(pthread_t id, const char *name);
int __wrap_pthread_setname_np(pthread_t id, const char *name)
{
    (void)id;
    if (active())
        READ(name, strlen(name) + 1);
    return strlen(name) < 16 ? 0 : ERANGE;
}

int __wrap_prctl(int option, ...);
int __wrap_prctl(int option, ...)
{
    unsigned long a[4];
    va_list ap;
    va_start(ap, option);
    for (int i = 0; i < 4; i++)
        a[i] = va_arg(ap, unsigned long);
    va_end(ap);
    if (active() && option == PR_SET_NAME)
        return 0;
    if (active())
        doubt(DOUBT_UNMODELLED, "prctl");
    return prctl(option, a[0], a[1], a[2], a[3]);
}
