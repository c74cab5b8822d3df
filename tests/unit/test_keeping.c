/* What a cell takes from a run that was broken off, and in which order repeats
 * are added.
 * SPDX-License-Identifier: MIT */
#include "engine/keeping.h"
#include "engine/turns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_report.h"

#define REPEAT 3

/* A run in the history, gone on with, and its one cell. */
struct resumed {
    struct made *m;
    struct engine_options o;
    struct keeping k;
    struct cell cell;
};

static void make(struct resumed *s, struct made *m)
{
    *s = (struct resumed){.m = m};
    made_detector(m, "watchdog");
    made_corpus(m, "some/case", SCRATCH_HEAD SCRATCH_TRUTH);
    made_result(m, m->bug, 0, OUTCOME_CANCELLED, 0, 0);
    s->o = (struct engine_options){
        .env = {.configs = SOURCE_DIR "/sanitizer-configs",
                .lib = "/nonexistent"},
        .include_dir = m->corpus.dir,
        .out = m->dir,
        .repeat = REPEAT,
        .timeout = 10};
    struct diag d = {0};
    char *path = fs_join(m->dir, HISTORY_FILE);
    assert_int_equal(history_open(path, HISTORY_WRITE, &s->k.history, &d),
                     ERR_OK);
    free(path);
    s->k.run = (struct run_info){.id = str_dup("id")};
    assert_int_equal(history_begin(s->k.history, &s->k.run, &m->report),
                     ERR_OK);
    s->k.resumed = true;
    s->k.lock = -1;
    cell_init(&s->cell, &s->o, detector_by_id("watchdog"),
              &m->report.results.v[0], m->dir);
    s->cell.keeping = &s->k;
}

static void unmake(struct resumed *s)
{
    cell_fini(&s->cell);
    history_close(s->k.history);
    keeping_fini(&s->k);
}

/* A run that took so long, and in which the program said that all is well. */
static struct execution run_of(double wall)
{
    return (struct execution){
        .end = RUN_ENDED, .token = TOKEN_HELD, .wall = wall};
}

static void put_part(struct resumed *s, unsigned repeat, enum outcome o)
{
    struct execution run = run_of(repeat + 1);
    struct buf packed = {0};
    if (keeping_pack(&run, o, &packed)) {
        char *key = cell_key(&s->cell);
        assert_int_equal(history_put_part(s->k.history, &s->k.run,
                                          s->cell.result, key, repeat, &packed,
                                          1),
                         ERR_OK);
        free(key);
    }
    buf_fini(&packed);
}

static void put_result(struct resumed *s, enum outcome o)
{
    struct result r = *s->cell.result;
    char *key = cell_key(&s->cell);
    r.outcome = o;
    r.runs = 2;
    assert_int_equal(history_put(s->k.history, &s->k.run, &r, key, 1), ERR_OK);
    free(key);
}

static void repeats_are_added_in_their_order(void **state)
{
    struct resumed s;
    static const unsigned ended[] = {2, 0, 1};
    make(&s, *state);
    for (int i = 0; i < REPEAT; i++) {
        struct execution run = run_of(ended[i] + 1);
        turns_recall(&s.cell, ended[i], &run);
    }
    const struct result *r = s.cell.result;
    assert_int_equal(r->costs.n, REPEAT);
    for (int i = 0; i < REPEAT; i++)
        assert_true(r->costs.v[i].wall > i + 0.9 &&
                    r->costs.v[i].wall < i + 1.1);
    unmake(&s);
}

/* A repeat that is missing holds up none when the cell is summed up. */
static void gap_is_passed_over_in_the_end(void **state)
{
    struct resumed s;
    make(&s, *state);
    struct execution run = run_of(3);
    turns_recall(&s.cell, 2, &run);
    assert_int_equal(s.cell.result->runs, 0);
    cell_finish(&s.cell);
    assert_int_equal(s.cell.result->runs, 1);
    unmake(&s);
}

static void finished_result_is_taken(void **state)
{
    struct resumed s;
    make(&s, *state);
    put_result(&s, OUTCOME_MISSED);
    keeping_recall(&s.cell);
    assert_true(s.cell.finished);
    assert_int_equal(s.cell.result->outcome, OUTCOME_MISSED);
    assert_int_equal(s.cell.result->runs, 2);
    unmake(&s);
}

static void repeats_that_were_run_are_taken(void **state)
{
    struct resumed s;
    make(&s, *state);
    put_part(&s, 2, OUTCOME_MISSED);
    put_part(&s, 0, OUTCOME_MISSED);
    keeping_recall(&s.cell);
    assert_false(s.cell.finished);
    assert_true(s.cell.known[0] && !s.cell.known[1] && s.cell.known[2]);
    assert_int_equal(s.cell.over, 2);
    unmake(&s);
}

/* The disk may have room now, a package be there. */
static void what_went_wrong_is_tried_again(void **state)
{
    static const enum outcome bad[] = {OUTCOME_ERROR, OUTCOME_BUILD_FAILED};
    struct resumed s;
    make(&s, *state);
    for (int i = 0; i < 2; i++) {
        put_result(&s, bad[i]);
        keeping_recall(&s.cell);
        assert_false(s.cell.finished);
        assert_int_equal(s.cell.result->outcome, OUTCOME_CANCELLED);
        free(s.cell.key);
        s.cell.key = NULL;
    }
    put_part(&s, 0, OUTCOME_ERROR);
    put_part(&s, 1, OUTCOME_CANCELLED);
    keeping_recall(&s.cell);
    assert_null(s.cell.known);
    unmake(&s);
}

/* The key before and after a change of *file. */
static void changes_with(struct resumed *s, const char *file, bool wanted)
{
    struct buf text = {0};
    char *before = cell_key(&s->cell);
    char *path = fs_join(s->m->c->dir, file);
    fs_read(path, &text);
    buf_adds(&text, "/* more */\n");
    assert_int_equal(fs_write(path, text.data, text.len), ERR_OK);
    char *after = cell_key(&s->cell);
    assert_int_equal(!str_eq(before, after), wanted);
    free(before);
    free(after);
    free(path);
    buf_fini(&text);
}

static void other_content_has_another_key(void **state)
{
    struct resumed s;
    make(&s, *state);
    changes_with(&s, "buggy.c", true);
    changes_with(&s, "notes.txt", false);
    char *key = cell_key(&s.cell);
    s.o.timeout = 11;
    char *slower = cell_key(&s.cell);
    assert_string_not_equal(key, slower);
    s.o.timeout = 10;
    s.m->c->manifest->truth[0].kinds[0] = KIND_DEADLOCK;
    char *truth = cell_key(&s.cell);
    assert_string_not_equal(key, truth);
    free(key);
    free(slower);
    free(truth);
    unmake(&s);
}

/* An analyser reads the headers, too, that it does not compile. */
static void header_of_what_is_only_read_counts(void **state)
{
    struct resumed s;
    make(&s, *state);
    s.cell.detector = detector_by_id("clang-analyzer");
    scratch_write(s.m->dir, "case.h", "one");
    char *before = cell_key(&s.cell);
    scratch_write(s.m->dir, "case.h", "two");
    char *after = cell_key(&s.cell);
    assert_string_not_equal(before, after);
    free(before);
    free(after);
    unmake(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(repeats_are_added_in_their_order),
        MADE_TEST(gap_is_passed_over_in_the_end),
        MADE_TEST(finished_result_is_taken),
        MADE_TEST(repeats_that_were_run_are_taken),
        MADE_TEST(what_went_wrong_is_tried_again),
        MADE_TEST(other_content_has_another_key),
        MADE_TEST(header_of_what_is_only_read_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
