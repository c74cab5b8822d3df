/* Prints of executions against the order of all that conflicts, and what is
 * looked at to find what an operation depends on.
 * SPDX-License-Identifier: MIT */
#include "explore/search/prints.h"
#include "explore/search/random.h"
#include "explore/search/walk.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>

#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { THREADS = 3, EACH = 3, EVENTS = THREADS * EACH, TOUCHES = 2 };
enum { INTERLEAVINGS = 1680 }; /* 9! / 3!^3 */
enum { ARENA = 32 << 20 };

/* Threads that do a few operations each, and the ways to interleave them. */
struct program {
    struct touch touch[EVENTS][TOUCHES];
    struct op_choice choice[EVENTS];
};

/* Which of two events is first, a bit for each pair that conflicts. */
struct seen {
    uint64_t order[2];
    struct search_print print;
};

static struct program program;
static struct seen seen[INTERLEAVINGS];
static unsigned interleavings;
static struct arena arena;
static void *memory;
static struct op_view view;
static struct op_step steps[EVENTS];
static struct order order;
static struct history history;

static int set_up(void **state)
{
    (void)state;
    memory = mem_new(1, ARENA);
    arena = (struct arena){.low = memory, .high = (char *)memory + ARENA};
    order = (struct order){0};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(memory);
    return 0;
}

static struct touch touch_by_chance(struct random *r)
{
    static const uint32_t sizes[] = {1, 1, 2, 4, 4, 8, 16, 70};
    struct touch t = {.object = 4096 + random_below(r, 20),
                      .size = sizes[random_below(r, 8)],
                      .mode = (uint8_t)random_below(r, 3)};
    if (t.mode == TOUCH_COMMUTE)
        t.class = (uint8_t)random_below(r, 2);
    if (random_below(r, 30) == 0)
        t = (struct touch){.size = TOUCH_EVERYTHING, .mode = TOUCH_WRITE};
    return t;
}

static void make_program(struct random *r)
{
    for (unsigned i = 0; i < EVENTS; i++) {
        unsigned n = random_below(r, 5) ? 1 : random_below(r, 3);
        for (unsigned k = 0; k < n; k++)
            program.touch[i][k] = touch_by_chance(r);
        program.choice[i] =
            (struct op_choice){.touches = program.touch[i],
                               .n = (uint16_t)n,
                               .last_resort = !random_below(r, 40)};
    }
}

static unsigned noted(const struct op_choice *c)
{
    return c->last_resort ? c->n + 1u : c->n ? c->n : 1u;
}

static bool conflict(unsigned i, unsigned k)
{
    struct noted a[TOUCHES + 1], b[TOUCHES + 1];
    const struct op_choice *c = &program.choice[i], *d = &program.choice[k];
    note(a, c);
    note(b, d);
    return notes_conflict(a, noted(c), b, noted(d));
}

static unsigned event_of(const unsigned *done, unsigned thread)
{
    return thread * EACH + done[thread];
}

static void note_order(struct seen *s)
{
    unsigned at[EVENTS], done[THREADS] = {0};
    for (unsigned i = 0; i < EVENTS; i++) {
        unsigned t = steps[i].thread;
        at[event_of(done, t)] = i;
        done[t]++;
    }
    memset(s->order, 0, sizeof s->order);
    unsigned bit = 0;
    for (unsigned i = 0; i < EVENTS; i++)
        for (unsigned k = i + 1; k < EVENTS; k++, bit++)
            if (conflict(i, k) && at[i] < at[k])
                s->order[bit / 64] |= (uint64_t)1 << bit % 64;
}

static struct search_print print_of_steps(void)
{
    struct search_print sum = {0, 0};
    unsigned done[THREADS] = {0};
    order_begin(&order);
    for (unsigned i = 0; i < EVENTS; i++) {
        unsigned t = steps[i].thread, e = event_of(done, t);
        prints_step(&sum, &order, &arena, &program.choice[e], steps[i],
                    ++done[t]);
    }
    return prints_close(sum, EVENTS);
}

/* All of them, each begun anew. */
static void interleave(unsigned n, unsigned *done)
{
    if (n == EVENTS) {
        struct seen *s = &seen[interleavings++];
        note_order(s);
        s->print = print_of_steps();
        return;
    }
    for (unsigned t = 0; t < THREADS; t++)
        if (done[t] < EACH) {
            steps[n] = (struct op_step){.thread = (uint8_t)t};
            done[t]++;
            interleave(n + 1, done);
            done[t]--;
        }
}

static int by_order(const void *a, const void *b)
{
    const struct seen *s = a, *t = b;
    return memcmp(s->order, t->order, sizeof s->order);
}

static int by_print(const void *a, const void *b)
{
    const struct seen *s = a, *t = b;
    return memcmp(&s->print, &t->print, sizeof s->print);
}

/* How many are different; those that are equal have to be by the other, too. */
static unsigned different(int (*by)(const void *, const void *),
                          int (*other)(const void *, const void *))
{
    unsigned n = 1;
    qsort(seen, interleavings, sizeof *seen, by);
    for (unsigned i = 1; i < interleavings; i++)
        if (by(&seen[i - 1], &seen[i]))
            n++;
        else
            assert_int_equal(other(&seen[i - 1], &seen[i]), 0);
    return n;
}

static void prints_are_equal_where_the_order_is(void **state)
{
    (void)state;
    struct random r = {7};
    unsigned traces = 0;
    for (int i = 0; i < 30; i++) {
        unsigned done[THREADS] = {0};
        make_program(&r);
        interleavings = 0;
        interleave(0, done);
        assert_int_equal(interleavings, INTERLEAVINGS);
        unsigned n = different(by_order, by_print);
        assert_int_equal(different(by_print, by_order), n);
        traces += n;
    }
    assert_true(traces > 30 * 10 && traces < 30 * INTERLEAVINGS);
    assert_false(order.full);
}

static void show(unsigned thread, unsigned e)
{
    view.op[thread] = (struct op){.choices = &program.choice[e], .n = 1};
}

/* As a tree search does: an execution keeps what it has in common with the one
 * before, and takes the rest back. */
static void go_through(unsigned n, unsigned *done)
{
    if (n == EVENTS) {
        struct search_print kept = prints_of(&history), new = print_of_steps();
        assert_memory_equal(&kept, &new, sizeof kept);
        interleavings++;
        return;
    }
    char *mark = arena.low;
    for (unsigned t = 0; t < THREADS; t++)
        if (done[t] < EACH) {
            steps[n] = (struct op_step){.thread = (uint8_t)t};
            show(t, event_of(done, t));
            assert_non_null(history_push(&history, &view, steps[n]));
            done[t]++;
            go_through(n + 1, done);
            done[t]--;
            history_cut(&history, n, history.known);
            arena_pop(&arena, mark);
        }
}

static void what_is_taken_back_leaves_nothing(void **state)
{
    (void)state;
    static struct order kept;
    struct random r = {8};
    kept = (struct order){0};
    for (int i = 0; i < 10; i++) {
        unsigned done[THREADS] = {0};
        make_program(&r);
        char *mark = arena.low;
        assert_true(history_init(&history, &arena, EVENTS, 0, &kept));
        view = (struct op_view){.live = {(1 << THREADS) - 1}};
        history_meet(&history, &view);
        interleavings = 0;
        go_through(0, done);
        assert_int_equal(interleavings, INTERLEAVINGS);
        arena_pop(&arena, mark);
    }
}

static void places_of_the_past_are_freed(void **state)
{
    (void)state;
    struct search_print first = {0, 0};
    struct touch t = {.object = 4096, .size = 4, .mode = TOUCH_WRITE};
    const struct op_choice choice = {.touches = &t, .n = 1};
    uint32_t most = 0;
    for (unsigned i = 0; i < 300; i++) {
        struct search_print print = {0, 0};
        order_begin(&order);
        order_trim(&order, &arena);
        for (uint32_t k = 1; k <= 1000; k++) {
            t.object = 4096 + 8 * (1000 * (uintptr_t)i + k);
            prints_step(&print, &order, &arena, &choice, (struct op_step){1, 0},
                        k);
        }
        first = i ? first : print;
        assert_memory_equal(&print, &first, sizeof print);
        most = most < order.places ? order.places : most;
    }
    assert_true(most >= 1000 && most < 50000);
}

static void without_room_it_says_so(void **state)
{
    (void)state;
    struct touch t = {.object = 4096, .size = 4, .mode = TOUCH_WRITE};
    const struct op_choice choice = {.touches = &t, .n = 1};
    struct arena small = {.low = memory, .high = (char *)memory + 40};
    order = (struct order){0};
    struct search_print sum = {0, 0};
    prints_step(&sum, &order, &small, &choice, (struct op_step){1, 0}, 1);
    assert_true(order.full);
    assert_false(small.full); /* the search needs no prints */
}

/* The latest link that conflicts, by looking at each. */
static const struct link *looked_for(const struct link *l,
                                     const struct touch *t, uintptr_t granule)
{
    while (l && (l->granule != granule || !touch_conflict(&l->noted->touch, t)))
        l = l->prev;
    return l;
}

static struct event *push(struct touch *t, unsigned thread)
{
    struct op_choice c = {.touches = t, .n = 1};
    view.op[thread] = (struct op){.choices = &c, .n = 1};
    return history_push(&history, &view,
                        (struct op_step){.thread = (uint8_t)thread});
}

static void begin_history(uint32_t steps_most)
{
    assert_true(
        history_init(&history, &arena, steps_most, HISTORY_CLOCKS, NULL));
    view = (struct op_view){.live = {3}};
    history_meet(&history, &view);
}

static void the_latest_conflict_is_found(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct random r = {9};
    begin_history(N);
    for (unsigned i = 0; i < N; i++) {
        struct touch t = touch_by_chance(&r);
        t.size = t.size > WALK_NARROW ? 1 : t.size;
        t.object = t.object ? t.object : 4096;
        struct event *e = push(&t, i % 2);
        for (unsigned k = 0; k < e->n_links; k++) {
            struct link *l = &e->links[k];
            assert_ptr_equal(walk_settle(l->prev, &t, l->granule),
                             looked_for(l->prev, &t, l->granule));
        }
    }
}

/* One thread writes one half of a granule as another reads the other one. */
static void a_neighbour_is_not_looked_at_again_and_again(void **state)
{
    (void)state;
    enum { N = 20000 };
    unsigned looks = 0;
    begin_history(N);
    for (unsigned i = 0; i < N; i++) {
        struct touch t = {.object = 4096 + i % 2 * 4,
                          .size = 4,
                          .mode = i % 2 ? TOUCH_READ : TOUCH_WRITE};
        const struct link *own = push(&t, i % 2)->links, *l = own->prev;
        for (; l && !walk_meets(l, &t, own->granule); looks++)
            l = walk_on(l, &t, own->granule);
    }
    assert_true(looks <= 3 * N);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_are_equal_where_the_order_is),
        cmocka_unit_test(what_is_taken_back_leaves_nothing),
        cmocka_unit_test(places_of_the_past_are_freed),
        cmocka_unit_test(the_latest_conflict_is_found),
        cmocka_unit_test(a_neighbour_is_not_looked_at_again_and_again),
        cmocka_unit_test(without_room_it_says_so),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
