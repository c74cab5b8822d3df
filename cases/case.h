/* The little that the cases share. It stays out of the way of every detector:
 * nothing here is an access or an order that a case's threads depend on.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CASE_H
#define LOCKSTEP_CASE_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ends the program with 2, "could not run", when a call that must succeed
 * returned an error number, or -1 with the number in errno:
 * CASE_CHECK(pthread_create(...)); CASE_CHECK(sem_wait(&s)); */
#define CASE_CHECK(call) case_check((call), #call, __FILE__, __LINE__)

static inline void case_check(int error, const char *call, const char *file,
                              int line)
{
    if (error == 0)
        return;
    fprintf(stderr, "%s:%d: %s: %s\n", file, line, call,
            strerror(error == -1 ? errno : error));
    exit(2);
}

/* The argument at index as a number in [min, max], or fallback when it is not
 * given; anything else ends the program with 2. */
static inline long case_arg(int argc, char **argv, int index, long fallback,
                            long min, long max)
{
    if (index >= argc)
        return fallback;
    char *end = NULL;
    errno = 0;
    long value = strtol(argv[index], &end, 10);
    if (errno || end == argv[index] || *end || value < min || value > max) {
        fprintf(stderr, "%s: argument %d: '%s' is no number from %ld to %ld\n",
                argv[0], index, argv[index], min, max);
        exit(2);
    }
    return value;
}

/* The last words of every program, and its exit status: the token that says
 * that it ran to its end and whether its invariant held (0) or not (1).
 *     return case_end(counter == 8000, "counter is %ld of %d", counter, 8000);
 */
__attribute__((format(printf, 2, 3))) static inline int
case_end(bool held, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs(held ? "INVARIANT HELD: " : "INVARIANT BROKEN: ", stdout);
    vprintf(fmt, ap);
    va_end(ap);
    putchar('\n');
    return fflush(stdout) == 0 ? !held : 2;
}

#endif
