/* Thread counts and the order of rounds.
 * SPDX-License-Identifier: MIT */
#include "bench/plan.h"

#include "base/str.h"
#include "bench/stats.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void plan_default_threads(int cores, struct thread_counts *out)
{
    for (int n = 1; n < cores; n = cores <= 8 ? n + 1 : 2 * n)
        vec_push(out, n);
    vec_push(out, cores > 0 ? cores : 1);
}

/* The number that s begins with, or -1; *end is what follows it. */
static long number(const char *s, char **end)
{
    *end = (char *)(uintptr_t)s;
    if (!strchr("0123456789", *s) || !*s)
        return -1;
    errno = 0;
    long n = strtol(s, end, 10);
    return errno ? -1 : n;
}

/* One part of the list: "N" or "N-M". */
static enum err parse_part(const char *part, int most, bool *wanted,
                           struct diag *d)
{
    char *end;
    long from = number(part, &end), to = from;
    if (from >= 0 && *end == '-')
        to = number(end + 1, &end);
    if (from < 1 || to < from || *end) {
        diag_add(d,
                 "--threads: '%s' is no number of threads; "
                 "give a list such as 1,2,4-8",
                 part);
        return ERR_INVALID;
    }
    if (to > most && most == BENCH_MAX_THREADS)
        diag_add(d, "--threads: %ld threads; give at most %d", to, most);
    else if (to > most)
        diag_add(d,
                 "--threads: %ld threads on %d core%s would measure the "
                 "scheduler; give at most %d",
                 to, most, most == 1 ? "" : "s", most);
    if (to > most)
        return ERR_INVALID;
    for (long n = from; n <= to; n++)
        wanted[n] = true;
    return ERR_OK;
}

int plan_most_threads(enum bench_group group, int cores)
{
    return group == BENCH_GROUP_IO ? BENCH_MAX_THREADS : cores;
}

enum err plan_parse_threads(const char *text, int most,
                            struct thread_counts *out, struct diag *d)
{
    bool *wanted = mem_new((size_t)most + 1, sizeof *wanted);
    struct strv parts = {0};
    enum err e = ERR_OK;
    strv_split(&parts, text, ',');
    if (parts.n == 0)
        e = parse_part(text, most, wanted, d);
    for (size_t i = 0; i < parts.n && e == ERR_OK; i++)
        e = parse_part(parts.v[i], most, wanted, d);
    for (int n = 1; n <= most && e == ERR_OK; n++)
        if (wanted[n])
            vec_push(out, n);
    strv_fini(&parts);
    free(wanted);
    return e;
}

void plan_order(uint64_t seed, unsigned round, size_t n, size_t *order)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    /* Neighbouring seeds make unrelated streams only after a first mixing. */
    struct stats_random r = {seed + round};
    r.state = stats_random(&r);
    stats_shuffle(&r, order, n);
}
