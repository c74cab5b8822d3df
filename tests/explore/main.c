/* explore-sim: the search on the simulated machine, by hand.
 *
 *     explore-sim run PROGRAM       every strategy, held against brute force
 *     explore-sim random FROM N [SIZE]  the same of N programs by chance
 *     explore-sim show SEED [SIZE]  the program of that number
 *     explore-sim emit PROGRAM      the same as C for POSIX threads
 *     explore-sim ends PROGRAM      how it can end, as what that C prints
 *     explore-sim count PROGRAM [MOST]  dpor alone, for large ones, and its
 * speed SPDX-License-Identifier: MIT */
#include "emit.h"
#include "generate.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct sim_program program;

static bool parse(const char *text)
{
    char why[120];
    if (sim_parse(&program, text, why))
        return true;
    fprintf(stderr, "%s\n    %s\n", why, text);
    return false;
}

static int run(const char *text)
{
    struct oracle o;
    if (!parse(text))
        return 2;
    oracle_traces(&o, &program, 1000000);
    printf("oracle: %zu traces, %.0f interleavings, %zu prefixes%s\n",
           o.traces.n, o.interleavings, o.prefixes,
           o.enough ? ", not all" : "");
    int bad = 0;
    for (int i = 0; i < RUN_MODES; i++) {
        struct run r;
        run_search(&r, &program, &run_modes[i], 300000, true);
        const char *why = run_differs(&r, &o, i == RUN_DPOR);
        printf("%-7s %llu runs, %llu blocked, %zu traces, %zu twice: %s\n",
               run_mode_names[i], (unsigned long long)r.stats.executions,
               (unsigned long long)r.stats.blocked, r.traces.n, r.twice,
               why ? why : "right");
        bad |= why != NULL;
        run_fini(&r);
    }
    oracle_fini(&o);
    return bad;
}

static int emit(const char *text)
{
    if (!parse(text))
        return 2;
    if (!emit_can(&program)) {
        fprintf(stderr, "not in C: %s\n", text);
        return 1;
    }
    emit_c(&program, text, false, stdout);
    return 0;
}

/* The values that the emitted program prints, in its order. */
static void print_values(const struct sim *sim)
{
    for (int i = 0; i < program.objects; i++)
        for (int k = 0; k < program.object[i].n; k++)
            if (program.object[i].kind == SIM_VAR)
                printf("%d ", sim->now.slot[program.object[i].slot + k]);
    for (int t = 0; t < program.bodies; t++)
        for (int i = 0; i < SIM_REGS; i++)
            printf("%d ", sim->now.thread[t].reg[i]);
}

/* One line for each trace. */
static int ends(const char *text)
{
    static struct sim sim;
    static char arena[64 << 20];
    struct search_options o = {.mode = SEARCH_DPOR};
    if (!parse(text))
        return 2;
    struct search *s = search_new(arena, sizeof arena, &o, &sim.view);
    enum search_outcome how;
    do {
        struct op_step step;
        enum search_answer answer = SEARCH_GO;
        sim_start(&sim, &program);
        search_begin(s);
        while (!sim_over(&sim) && (answer = search_pick(s, &step)) == SEARCH_GO)
            sim_step(&sim, step);
        how = answer == SEARCH_STUCK    ? SEARCH_ENDED_STUCK
              : answer == SEARCH_ENOUGH ? SEARCH_ENDED_EARLY
                                        : SEARCH_ENDED;
        print_values(&sim);
        puts(how == SEARCH_ENDED_STUCK ? "deadlock" : "");
    } while (search_end(s, how));
    return 0;
}

struct question {
    int mode;
    bool strict;
};

static const char *ask(const char *text, int mode, bool strict)
{
    static char why[200];
    struct oracle o;
    const char *found = NULL;
    char complaint[120];
    if (!sim_parse(&program, text, complaint))
        return NULL;
    oracle_traces(&o, &program, 20000);
    if (!o.enough && (mode != RUN_DFS || o.interleavings < 50000)) {
        struct run r;
        run_search(&r, &program, &run_modes[mode], 200000, true);
        found = run_differs(&r, &o, strict);
        if (found)
            snprintf(why, sizeof why, "%s", found);
        run_fini(&r);
    }
    oracle_fini(&o);
    return found ? why : NULL;
}

static bool still_wrong(const char *text, void *data)
{
    const struct question *q = data;
    return ask(text, q->mode, q->strict);
}

static void tell(unsigned long seed, const char *text, struct question *q)
{
    char *less = shrink(text, still_wrong, q);
    const char *why = ask(less, q->mode, q->strict);
    printf("%lu %s: %s\n    %s\n", seed, run_mode_names[q->mode], why, less);
    fflush(stdout);
    free(less);
}

static int by_chance(unsigned long from, unsigned long n, unsigned size,
                     bool strict)
{
    int bad = 0;
    for (unsigned long i = from; i < from + n; i++) {
        char *text = generate(i, size);
        bad += !parse(text);
        for (int mode = 0; mode < RUN_MODES; mode++) {
            struct question q = {mode, strict && mode == RUN_DPOR};
            if (!ask(text, mode, q.strict))
                continue;
            tell(i, text, &q);
            bad++;
        }
        free(text);
    }
    printf("%lu programs, %d wrong\n", n, bad);
    return bad > 0;
}

static int count(const char *text, unsigned long most)
{
    struct search_options o = run_modes[RUN_DPOR];
    o.count_traces = false;
    if (!parse(text))
        return 2;
    struct run r;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    run_search(&r, &program, &o, most, false);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    double s =
        (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("%llu traces, %llu runs, %llu blocked, %u steps, %s, %.0f /s of CPU "
           "time\n",
           (unsigned long long)r.stats.traces,
           (unsigned long long)r.stats.executions,
           (unsigned long long)r.stats.blocked, r.stats.longest,
           r.stats.complete ? "complete" : "not complete",
           (double)r.stats.executions / s);
    run_fini(&r);
    return 0;
}

int main(int argc, char **argv)
{
    const char *verb = argc > 2 ? argv[1] : "";
    if (!strcmp(verb, "run"))
        return run(argv[2]);
    if (!strcmp(verb, "emit"))
        return emit(argv[2]);
    if (!strcmp(verb, "ends"))
        return ends(argv[2]);
    if (!strcmp(verb, "count"))
        return count(argv[2], argc > 3 ? strtoul(argv[3], NULL, 10) : 0);
    if (!strcmp(verb, "show"))
        return puts(generate(strtoul(argv[2], NULL, 10),
                             argc > 3 ? (unsigned)atoi(argv[3]) : 3)) < 0;
    if (argc > 3 && (!strcmp(verb, "random") || !strcmp(verb, "strict")))
        return by_chance(strtoul(argv[2], NULL, 10), strtoul(argv[3], NULL, 10),
                         argc > 4 ? (unsigned)atoi(argv[4]) : 3, *verb == 's');
    fprintf(stderr,
            "usage: explore-sim run|random|strict|show|emit|ends|count ..."
            "\n");
    return 2;
}
