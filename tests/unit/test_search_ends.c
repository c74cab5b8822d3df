/* How searches begin, end, and say what they did not do.
 * SPDX-License-Identifier: MIT */
#include "run.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARENA = 4 << 20 };

static struct sim_program program;
static struct sim sim;

static const char lost_update[] =
    "var x | ld r0 x; st x r0+1; yield; yield | ld r0 x; st x r0+1; yield";
static const char lock_order[] =
    "mutex m n; var x | lock m; ld r0 x; lock n; unlock n; unlock m "
    "| ld r0 x; lock n; lock m; unlock m; unlock n | ld r0 x; ld r0 x";
static const char endless[] = "var x | k: ld r0 x; jeq r0 0 k | st x 1";

static struct search *new_search(const char *text, struct search_options o,
                                 size_t bytes)
{
    static char *arena;
    char why[120];
    free(arena);
    arena = mem_new(1, bytes);
    assert_true(sim_parse(&program, text, why));
    return search_new(arena, bytes, &o, &sim.view);
}

static enum search_outcome once(struct search *s)
{
    struct op_step step;
    sim_start(&sim, &program);
    search_begin(s);
    while (!sim_over(&sim)) {
        switch (search_pick(s, &step)) {
        case SEARCH_STUCK:
            return SEARCH_ENDED_STUCK;
        case SEARCH_ENOUGH:
            return SEARCH_ENDED_EARLY;
        case SEARCH_DIVERGED:
            return SEARCH_ENDED_DIVERGED;
        case SEARCH_GO:
            sim_step(&sim, step);
        }
    }
    return SEARCH_ENDED;
}

static struct search_stats to_the_end(struct search *s)
{
    struct search_stats stats;
    assert_non_null(s);
    while (search_end(s, once(s)))
        ;
    search_stats(s, &stats);
    return stats;
}

/* Whether the execution that ended is what one looks for. */
static bool fails(enum search_outcome how)
{
    return how == SEARCH_ENDED_STUCK ||
           (sim_slot(&program, "m") < 0 &&
            sim.now.slot[sim_slot(&program, "x")] == 1);
}

/* Searches until something fails; its steps, freed by the caller. */
static struct op_step *failing(struct search *s, uint32_t *n)
{
    enum search_outcome how;
    assert_non_null(s);
    for (;;) {
        how = once(s);
        if (fails(how))
            break;
        assert_true(search_end(s, how));
    }
    const struct op_step *steps = search_steps(s, n);
    struct op_step *copy = mem_new(*n, sizeof *copy);
    memcpy(copy, steps, *n * sizeof *copy);
    search_end(s, SEARCH_ENDED_BUG);
    return copy;
}

static void chance_finds_what_is_there(void **state)
{
    (void)state;
    static const char *const texts[] = {lost_update, lock_order};
    for (int i = 0; i < 2; i++)
        for (int mode = SEARCH_RANDOM; mode <= SEARCH_PCT; mode++) {
            struct search_options o = {.mode = (enum search_mode)mode,
                                       .seed = 5,
                                       .depth = 3,
                                       .executions = 2000};
            uint32_t n;
            free(failing(new_search(texts[i], o, ARENA), &n));
        }
}

static void the_same_seed_wanders_the_same_way(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_RANDOM, .seed = 9};
    uint32_t n, again;
    struct op_step *a = failing(new_search(lock_order, o, ARENA), &n);
    struct op_step *b = failing(new_search(lock_order, o, ARENA), &again);
    assert_int_equal(n, again);
    assert_memory_equal(a, b, n * sizeof *a);
    free(a);
    free(b);
}

static void chance_never_claims_completeness(void **state)
{
    (void)state;
    struct search_options o = {
        .mode = SEARCH_RANDOM, .executions = 500, .count_traces = true};
    struct search_stats s = to_the_end(new_search(lost_update, o, ARENA));
    assert_int_equal(s.executions, 500);
    assert_int_equal(s.traces, 4); /* it happened to see all */
    assert_false(s.complete);
    assert_false(s.exhausted);
}

static void replay_does_it_again(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_DPOR};
    uint32_t n;
    struct op_step *steps = failing(new_search(lock_order, o, ARENA), &n);
    struct search_options r = {
        .mode = SEARCH_REPLAY, .schedule = steps, .scheduled = n};
    for (int i = 0; i < 3; i++) {
        struct search *s = new_search(lock_order, r, ARENA);
        assert_int_equal(once(s), SEARCH_ENDED_STUCK);
        assert_false(search_end(s, SEARCH_ENDED_STUCK));
    }
    steps[n - 1].thread ^= 1;
    assert_int_equal(once(new_search(lock_order, r, ARENA)),
                     SEARCH_ENDED_DIVERGED);
    free(steps);
}

static void a_bound_on_preemptions_is_kept_and_told(void **state)
{
    (void)state;
    static const uint64_t executions[] = {2, 4, 6};
    for (uint32_t bound = 0; bound < 3; bound++) {
        struct search_options o = {
            .mode = SEARCH_DFS, .bounded = true, .preemptions = bound};
        struct search *s = new_search(
            "var x | ld r0 x; st x r0+1 | ld r0 x; st x r0+1", o, ARENA);
        enum search_outcome how;
        do {
            how = once(s);
            assert_true(search_switches(s).preemptions <= bound);
        } while (search_end(s, how));
        struct search_stats n;
        search_stats(s, &n);
        assert_int_equal(n.executions, executions[bound]);
        assert_int_equal(n.limits, bound < 2 ? SEARCH_LIMIT_PREEMPTIONS : 0);
        assert_int_equal(n.complete, bound == 2);
    }
}

static void a_bound_on_steps_is_told(void **state)
{
    (void)state;
    for (int mode = SEARCH_DFS; mode <= SEARCH_DPOR; mode++) {
        struct search_options o = {.mode = (enum search_mode)mode, .steps = 20};
        struct search_stats s = to_the_end(new_search(endless, o, ARENA));
        assert_true(s.exhausted);
        assert_false(s.complete);
        assert_true(s.bounded > 0);
        assert_int_equal(s.limits, SEARCH_LIMIT_STEPS);
    }
}

static void a_small_arena_is_told(void **state)
{
    (void)state;
    for (int mode = SEARCH_DFS; mode <= SEARCH_DPOR; mode++) {
        struct search_options o = {
            .mode = (enum search_mode)mode, .steps = 4000, .executions = 3000};
        struct search *s = new_search(endless, o, search_smallest());
        struct search_stats n = to_the_end(s);
        assert_true(n.limits & SEARCH_LIMIT_MEMORY);
        assert_false(n.complete);
        assert_false(n.traces_exact);
    }
    assert_null(
        new_search(endless, (struct search_options){0}, search_smallest() - 1));
}

/* Room for the search is not room for its prints. */
static void traces_not_counted_are_told(void **state)
{
    (void)state;
    static const char many[] =
        "var x | fadd r0 x 1; fadd r0 x 1; fadd r0 x 1; fadd r0 x 1 "
        "| fadd r0 x 1; fadd r0 x 1; fadd r0 x 1; fadd r0 x 1 "
        "| fadd r0 x 1; fadd r0 x 1; fadd r0 x 1; fadd r0 x 1";
    for (int counted = 0; counted < 2; counted++) {
        struct search_options o = {
            .mode = SEARCH_DPOR, .steps = 60, .count_traces = counted};
        struct search_stats n =
            to_the_end(new_search(many, o, search_smallest() + 32768));
        assert_int_equal(n.executions, 34650);
        assert_true(n.complete);
        assert_int_equal(n.traces_exact, !counted);
    }
}

static void a_program_that_does_not_repeat_itself_is_told(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_DPOR};
    struct search *s =
        new_search("var x y | st x 1; st x 2 | st x 3; st x 4", o, ARENA);
    char why[120];
    assert_true(search_end(s, once(s)));
    assert_true(
        sim_parse(&program, "var x y | st y 1; st y 2 | st y 3; st y 4", why));
    assert_int_equal(once(s), SEARCH_ENDED_DIVERGED);
    assert_false(search_end(s, SEARCH_ENDED_DIVERGED));
    struct search_stats n;
    search_stats(s, &n);
    assert_false(n.complete);
    assert_int_equal(n.limits, SEARCH_LIMIT_DIVERGED);
}

/* As when a worker dies: each execution of which is counted, none is complete,
 * and the others are not lost. */
static void a_death_loses_one_execution_only(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_DPOR};
    struct search *s =
        new_search("var x | ld r0 x; st x r0+1; ld r0 x; st x r0+1 "
                   "| ld r0 x; st x r0+1; ld r0 x; st x r0+1",
                   o, ARENA);
    struct search_stats n;
    for (int i = 0; i < 10; i++)
        assert_true(search_end(s, once(s)));
    assert_true(search_end(s, SEARCH_ENDED_BUG)); /* before its first step */
    struct op_step step;
    sim_start(&sim, &program);
    search_begin(s);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(search_pick(s, &step), SEARCH_GO);
        sim_step(&sim, step);
    }
    search_attach(s, &sim.view);
    assert_true(search_end(s, SEARCH_ENDED_BUG)); /* in its last */
    n = to_the_end(s);
    assert_int_equal(n.executions, 34 + 1);
    assert_true(n.exhausted);
    assert_false(n.complete);
    assert_int_equal(n.limits, SEARCH_LIMIT_RUNTIME);
}

static void dying_always_comes_to_an_end(void **state)
{
    (void)state;
    for (int mode = SEARCH_DFS; mode <= SEARCH_DPOR; mode++) {
        struct search_options o = {.mode = (enum search_mode)mode};
        struct search *s = new_search(lost_update, o, ARENA);
        int deaths = 0;
        assert_true(search_end(s, once(s)));
        while (search_end(s, SEARCH_ENDED_BUG))
            assert_true(++deaths < 100);
        struct search_stats n;
        search_stats(s, &n);
        assert_false(n.complete);
    }
}

static void auto_goes_through_its_phases(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_AUTO, .random = 10, .pct = 5};
    struct search *s = new_search(lost_update, o, ARENA);
    struct search_stats n;
    for (int i = 0; i < 15; i++) {
        search_stats(s, &n);
        assert_int_equal(n.phase, i < 10 ? SEARCH_RANDOM : SEARCH_PCT);
        assert_true(search_end(s, once(s)));
    }
    n = to_the_end(s);
    assert_int_equal(n.phase, SEARCH_DPOR);
    assert_int_equal(n.traces, 4);
    assert_int_equal(n.executions, 19);
    assert_true(n.estimate == 4); /* the tree's own */
    assert_true(n.complete);
}

static void children_have_the_same_number_in_any_order(void **state)
{
    (void)state;
    struct search_options o = {.mode = SEARCH_DPOR};
    struct search *s = new_search(lost_update, o, ARENA);
    int a = search_thread(s, 0, 0), b = search_thread(s, 0, 1);
    int c = search_thread(s, (unsigned)a, 0);
    assert_true(a > 0 && b > 0 && c > 0 && a != b && b != c && a != c);
    assert_int_equal(search_thread(s, (unsigned)a, 0), c);
    assert_int_equal(search_thread(s, 0, 1), b);
    int n = c;
    for (uint32_t i = 2; n >= 0 && i < 1000; i++)
        n = search_thread(s, 0, i);
    assert_int_equal(n, -1);
    struct search_stats stats;
    search_stats(s, &stats);
    assert_int_equal(stats.limits, SEARCH_LIMIT_THREADS);
}

/* Random executions fail in a roundabout way; one preemption is enough. */
static void a_failing_schedule_is_made_simple(void **state)
{
    (void)state;
    static const char *const texts[] = {lost_update, lock_order};
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct search_options o = {.mode = SEARCH_RANDOM, .seed = seed};
        const char *text = texts[seed % 2];
        uint32_t n;
        struct op_step *steps = failing(new_search(text, o, ARENA), &n);
        struct search_options m = {.mode = SEARCH_MINIMISE,
                                   .schedule = steps,
                                   .scheduled = n,
                                   .executions = 1000};
        struct search *s = new_search(text, m, ARENA);
        enum search_outcome how;
        do
            how = once(s);
        while (search_end(s, fails(how) ? SEARCH_ENDED_BUG : SEARCH_ENDED));
        struct search_switches cost;
        search_best(s, &n, &cost);
        assert_true(n > 0);
        assert_int_equal(cost.preemptions, 1);
        assert_in_range(cost.switches, 1, 2);
        struct search_stats stats;
        search_stats(s, &stats);
        assert_false(stats.complete);
        free(steps);
    }
}

static uint32_t x_of(uint32_t n, const struct op_step *steps, unsigned thread)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += steps[i].thread == thread;
    return count;
}

/* A bug that ends the execution where it shows: what the others do, and what
 * comes after, is left out, whatever that interrupts. */
static void a_brief_schedule_has_what_matters_only(void **state)
{
    (void)state;
    static const char text[] =
        "var x y z | st y 1; st y 2; st y 3; st x 1; st y 4; st y 5 "
        "| st z 1; ld r0 z; st z 2; ld r0 z; ld r0 x; st z 3 "
        "| st z 7; st z 8; st y 9; st z 9";
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct search_options o = {.mode = SEARCH_RANDOM, .seed = seed};
        uint32_t n;
        struct search *s = new_search(text, o, ARENA);
        once(s);
        const struct op_step *found = search_steps(s, &n);
        struct op_step *steps = mem_new(n, sizeof *steps);
        memcpy(steps, found, n * sizeof *steps);
        struct search_options m = {.mode = SEARCH_MINIMISE,
                                   .schedule = steps,
                                   .scheduled = n,
                                   .brief = true,
                                   .executions = 1000};
        s = new_search(text, m, ARENA);
        enum search_outcome how;
        do { /* thread 0 wrote x, thread 1 has read it: both orders */
            struct op_step step;
            how = SEARCH_ENDED;
            sim_start(&sim, &program);
            search_begin(s);
            while (how == SEARCH_ENDED && !sim_over(&sim) &&
                   search_pick(s, &step) == SEARCH_GO) {
                sim_step(&sim, step);
                if (sim.now.slot[sim_slot(&program, "x")] &&
                    sim.now.thread[1].pc >= program.body[1] + 5)
                    how = SEARCH_ENDED_BUG;
            }
        } while (search_end(s, how));
        struct search_switches cost;
        const struct op_step *best = search_best(s, &n, &cost);
        assert_int_equal(cost.switches, 1);
        assert_int_equal(n, 9);
        assert_int_equal(x_of(n, best, 0), 4);
        assert_int_equal(x_of(n, best, 2), 0);
        free(steps);
    }
}

static void what_does_not_fail_is_not_minimised(void **state)
{
    (void)state;
    struct op_step step = {0, 0};
    struct search_options m = {
        .mode = SEARCH_MINIMISE, .schedule = &step, .scheduled = 1};
    struct search *s = new_search(lost_update, m, ARENA);
    once(s);
    assert_false(search_end(s, SEARCH_ENDED));
    struct search_switches cost;
    uint32_t n = 7;
    search_best(s, &n, &cost);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_finds_what_is_there),
        cmocka_unit_test(the_same_seed_wanders_the_same_way),
        cmocka_unit_test(chance_never_claims_completeness),
        cmocka_unit_test(replay_does_it_again),
        cmocka_unit_test(a_bound_on_preemptions_is_kept_and_told),
        cmocka_unit_test(a_bound_on_steps_is_told),
        cmocka_unit_test(a_small_arena_is_told),
        cmocka_unit_test(traces_not_counted_are_told),
        cmocka_unit_test(a_program_that_does_not_repeat_itself_is_told),
        cmocka_unit_test(a_death_loses_one_execution_only),
        cmocka_unit_test(dying_always_comes_to_an_end),
        cmocka_unit_test(auto_goes_through_its_phases),
        cmocka_unit_test(children_have_the_same_number_in_any_order),
        cmocka_unit_test(a_failing_schedule_is_made_simple),
        cmocka_unit_test(a_brief_schedule_has_what_matters_only),
        cmocka_unit_test(what_does_not_fail_is_not_minimised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
