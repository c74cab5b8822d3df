/* Every strategy of the search against brute force, on simulated programs.
 * SPDX-License-Identifier: MIT */
#include "generate.h"
#include "programs.h"
#include "run.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct sim_program program;

static void parse(const char *text)
{
    char why[120];
    if (!sim_parse(&program, text, why))
        fail_msg("%s\n    %s", why, text);
}

/* Where a thread spins, runs may turn out to be covered; traces are not run
 * twice even so. */
static bool spins(void)
{
    for (int i = 0; i < program.length; i++)
        if (program.code[i].code == SIM_SPIN)
            return true;
    return false;
}

/* All strategies (dfs where it is short) against brute force. */
static void hold_against(const char *text, const struct oracle *o,
                         double dfs_most)
{
    int first = o->interleavings <= dfs_most ? RUN_DFS : RUN_SLEEP;
    for (int i = first; i < RUN_MODES; i++) {
        struct run r;
        run_search(&r, &program, &run_modes[i], 0, true);
        const char *why = run_differs(&r, o, i == RUN_DPOR && !spins());
        if (why)
            fail_msg("%s: %s\n    %s", run_mode_names[i], why, text);
        run_fini(&r);
    }
}

static void strategies_agree_with_brute_force(void **state)
{
    (void)state;
    assert_true(known_programs_n >= 60);
    for (size_t i = 0; i < known_programs_n; i++) {
        const struct known_program *k = &known_programs[i];
        struct oracle o;
        parse(k->text);
        oracle_traces(&o, &program, 200000);
        assert_false(o.enough);
        if (k->traces && k->traces != o.traces.n)
            fail_msg("%s: %zu traces, not %zu", k->name, o.traces.n, k->traces);
        hold_against(k->text, &o, 20000);
        oracle_fini(&o);
    }
}

static void strategies_agree_on_generated_programs(void **state)
{
    (void)state;
    int held = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        char *text = generate(seed, 1 + seed % 3);
        struct oracle o;
        parse(text);
        oracle_traces(&o, &program, 3000);
        if (!o.enough && o.traces.n < 500) {
            hold_against(text, &o, 3000);
            held++;
        }
        oracle_fini(&o);
        free(text);
    }
    assert_true(held >= 300);
}

/* The brute force that merges prefixes, by the one that runs everything. */
static void brute_force_agrees_with_itself(void **state)
{
    (void)state;
    int held = 0;
    for (size_t i = 0; i < known_programs_n; i++) {
        struct oracle merged, all;
        parse(known_programs[i].text);
        oracle_traces(&merged, &program, 20000);
        if (!merged.enough && merged.interleavings < 1000) {
            oracle_runs(&all, &program, 1000000);
            assert_true(all.interleavings == merged.interleavings);
            assert_int_equal(all.traces.n, merged.traces.n);
            for (size_t k = 0; k < all.traces.n; k++)
                assert_memory_equal(&all.traces.v[k].id, &merged.traces.v[k].id,
                                    sizeof all.traces.v[k].id);
            oracle_fini(&all);
            held++;
        }
        oracle_fini(&merged);
    }
    assert_true(held > 40);
}

static void repeat(struct buf *b, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        buf_adds(b, text);
}

/* Runs optimal DPOR without brute force: no run may be in vain. */
static void counts(const char *text, uint64_t traces)
{
    struct run r;
    parse(text);
    run_search(&r, &program, &run_modes[RUN_DPOR], 0, false);
    assert_true(r.stats.complete);
    if (r.stats.traces != traces || r.stats.executions != traces ||
        r.stats.blocked)
        fail_msg("%llu traces, %llu runs, %llu blocked, not %llu",
                 (unsigned long long)r.stats.traces,
                 (unsigned long long)r.stats.executions,
                 (unsigned long long)r.stats.blocked,
                 (unsigned long long)traces);
    run_fini(&r);
}

static void counts_of(struct buf *b, uint64_t traces)
{
    counts(buf_str(b), traces);
    buf_clear(b);
}

static void lastzero(struct buf *b, int n)
{
    buf_addf(b,
             "var a[%d] | set r0 %d; again: ld r1 a[r0]; jeq r1 0 done; "
             "set r0 r0-1; jmp again; done:",
             n + 1, n);
    for (int i = 1; i <= n; i++)
        buf_addf(b, "| ld r0 a[%d]; st a[%d] r0+1", i - 1, i);
}

static void indexer(struct buf *b, int n)
{
    buf_addf(b, "var a[128]");
    for (int t = 0; t < n; t++) {
        buf_adds(b, t ? "; |" : "|");
        for (int m = 1; m <= 4; m++) {
            int w = m * 11 + t;
            buf_addf(b,
                     "%sset r0 %d; k%d: cas r1 a[r0] 0 %d; jne r1 0 e%d; "
                     "set r0 r0+1; jmp k%d; e%d:",
                     m > 1 ? "; " : "", w * 7 % 128, m, w, m, m, m);
        }
    }
}

/* Abdulla et al. 2014 and 2017; Flanagan & Godefroid 2005 (indexer);
 * Kokologiannakis et al. 2018 (casrot). */
static void published_counts_are_exact(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "var x; mutex m");
    repeat(&b, 7, "| lock m; ld r0 x; st x r0+1; unlock m");
    counts_of(&b, 5040);
    buf_adds(&b, "var x");
    repeat(&b, 7, "| fadd r0 x 1");
    counts_of(&b, 5040);
    lastzero(&b, 5);
    counts_of(&b, 64);
    lastzero(&b, 10);
    counts_of(&b, 3328);
    buf_adds(&b, "var x | st x 1");
    repeat(&b, 13, "| ld r0 x");
    counts_of(&b, 8192);
    buf_adds(&b, "var x");
    for (int i = 0; i < 8; i++)
        buf_addf(&b, "| cas r0 x %d %d", i, i + 1);
    counts_of(&b, 2048);
    indexer(&b, 12);
    counts_of(&b, 8);
    indexer(&b, 15);
    counts_of(&b, 4096);
    buf_fini(&b);
}

/* 12, 16, 6 of the 34 traces end with 2, 3, 4. */
static void counter_ends_with_the_published_values(void **state)
{
    (void)state;
    struct sim *sim = mem_new(1, sizeof *sim);
    void *arena = mem_new(1, 1 << 22);
    int ends[5] = {0};
    parse("var x | ld r0 x; st x r0+1; ld r0 x; st x r0+1 "
          "| ld r0 x; st x r0+1; ld r0 x; st x r0+1");
    struct search *s =
        search_new(arena, 1 << 22, &run_modes[RUN_DPOR], &sim->view);
    assert_non_null(s);
    do {
        struct op_step step;
        sim_start(sim, &program);
        search_begin(s);
        while (!sim_over(sim) && search_pick(s, &step) == SEARCH_GO)
            sim_step(sim, step);
        ends[sim->now.slot[sim_slot(&program, "x")]]++;
    } while (search_end(s, SEARCH_ENDED));
    assert_int_equal(ends[2], 12);
    assert_int_equal(ends[3], 16);
    assert_int_equal(ends[4], 6);
    free(arena);
    free(sim);
}

/* With main that creates and joins, and threads that end with their last
 * access, so that joining needs no event of its own. */
static void counter_has_251_interleavings(void **state)
{
    (void)state;
    struct oracle o;
    parse("var x; fused | create 1; create 2; join 1; join 2 "
          "| ld r0 x; st x r0+1; ld r0 x; st x r0+1 "
          "| ld r0 x; st x r0+1; ld r0 x; st x r0+1");
    oracle_traces(&o, &program, 10000);
    assert_true(o.interleavings == 251);
    assert_int_equal(o.traces.n, 34);
    hold_against("fused", &o, 1000);
    oracle_fini(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brute_force_agrees_with_itself),
        cmocka_unit_test(strategies_agree_with_brute_force),
        cmocka_unit_test(strategies_agree_on_generated_programs),
        cmocka_unit_test(published_counts_are_exact),
        cmocka_unit_test(counter_ends_with_the_published_values),
        cmocka_unit_test(counter_has_251_interleavings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
