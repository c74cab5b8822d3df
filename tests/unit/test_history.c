/* Runs kept in a database and read back.
 * SPDX-License-Identifier: MIT */
#include "engine/gate.h"
#include "engine/score.h"
#include "formats/format.h"
#include "history/history.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "made_report.h"

#define MANIFEST                                                               \
    SCRATCH_HEAD SCRATCH_TRUTH "expect:\n"                                     \
                               "  - {detectors: [a], verdict: flagged}\n"      \
                               "  - {detectors: [b], verdict: missed, "        \
                               "reason: it is blind}\n"

/* Under two detectors: a bug and its fix. */
static void made_run(struct made *m, const char *id)
{
    made_detector(m, "a");
    made_detector(m, "b");
    made_corpus(m, "some/case", MANIFEST);
    made_result(m, m->bug, 0, OUTCOME_FLAGGED, 1, 1);
    made_result(m, m->bug, 1, OUTCOME_MISSED, 0, 1);
    made_result(m, m->fix, 0, OUTCOME_CLEAN, 0, 1);
    made_result(m, m->fix, 1, OUTCOME_CLEAN, 0, 1);
    for (unsigned i = 0; i < m->report.results.n; i++)
        m->report.results.v[i].number = i;
    m->report.host = (struct host_report){str_dup("Linux \xff"),
                                          str_dup("<cpu>"), 2, "cgroup"};
    m->report.run = str_dup(id);
    m->report.gate.asked = true;
}

static void add_hostile_finding(struct result *r)
{
    struct finding *f = findings_add(&r->findings, "a", KIND_DATA_RACE, "Race");
    f->message = str_dup("<script>\"'\n\x01\xff");
    f->object = str_dup("shared");
    f->grade = GRADE_EXACT;
    struct frame *frame =
        frames_add(&accesses_add(&f->accesses, ROLE_WRITE)->stack);
    frame->file = str_dup("/a/buggy.c");
    frame->function = str_dup("main");
    frame->line = 4;
    strv_add(&r->natives, "Race");
    vec_push(&r->costs, ((struct run_cost){1.0 / 3, 0.1}));
    r->seconds = 1.0 / 3;
    r->build = (struct build_cost){{0.7, 0.6}, true, false};
    r->command = str_dup("cd 'a b' && ./x");
    r->report_dir = str_dup("/out/\xfe");
}

static char *db_in(const struct made *m)
{
    return fs_join(m->dir, "deep/" HISTORY_FILE);
}

static struct history *open_db(const struct made *m, enum history_access access)
{
    struct history *h = NULL;
    struct diag d = {0};
    char *path = db_in(m);
    enum err e = history_open(path, access, &h, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    diag_fini(&d);
    free(path);
    return h;
}

/* Opening fails so, and says this. */
static void refused(const char *path, enum history_access access, enum err e,
                    const char *says)
{
    struct history *h = NULL;
    struct diag d = {0};
    assert_int_equal(history_open(path, access, &h, &d), e);
    assert_true(scratch_said(&d, says));
    assert_null(h);
    diag_fini(&d);
}

/* Nothing is known when a run begins. */
static void begin(struct history *h, struct made *m, struct run_info *run)
{
    enum outcome kept[8];
    struct results *l = &m->report.results;
    *run = (struct run_info){.id = str_dup(m->report.run),
                             .request = str_dup("request"),
                             .maker = str_dup("maker"),
                             .gate = m->report.gate.asked,
                             .plan = str_dup("plan"),
                             .planned = (unsigned)l->n};
    for (size_t i = 0; i < l->n; i++) {
        kept[i] = l->v[i].outcome;
        l->v[i].outcome = OUTCOME_CANCELLED;
    }
    assert_int_equal(history_begin(h, run, &m->report), ERR_OK);
    for (size_t i = 0; i < l->n; i++)
        l->v[i].outcome = kept[i];
}

static void put(struct history *h, struct made *m, const struct run_info *run,
                size_t i)
{
    assert_int_equal(history_put(h, run, &m->report.results.v[i], "key", 1.5),
                     ERR_OK);
}

static void end(struct history *h, struct made *m)
{
    gate_judge(&m->report);
    score_report(&m->report);
    assert_int_equal(history_end(h, &m->report), ERR_OK);
}

/* A whole run, as the engine keeps it. */
static void store(struct history *h, struct made *m)
{
    struct run_info run;
    begin(h, m, &run);
    for (size_t i = 0; i < m->report.results.n; i++)
        put(h, m, &run, i);
    end(h, m);
    run_info_fini(&run);
}

static struct stored_report *read_back(struct history *h, const char *id)
{
    struct stored_report *r = NULL;
    struct diag d = {0};
    enum err e = history_read(h, id, &r, &d);
    if (e != ERR_OK)
        scratch_said(&d, "\n");
    assert_int_equal(e, ERR_OK);
    diag_fini(&d);
    return r;
}

static char *printed(const struct report *r, const char *format)
{
    char *text = NULL;
    size_t n = 0;
    struct format_options o = {.score = true, .timing = true};
    FILE *f = open_memstream(&text, &n);
    assert_int_equal(format_by_id(format)->write(r, &o, f), ERR_OK);
    fclose(f);
    return text;
}

static void report_that_is_read_back_prints_the_same(void **state)
{
    struct made *m = *state;
    static const char *const formats_tried[] = {"json", "table"};
    made_run(m, "20260102-030405-1");
    add_hostile_finding(&m->report.results.v[0]);
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    struct stored_report *back = read_back(h, NULL);
    score_report(&back->report);
    for (size_t i = 0; i < 2; i++) {
        char *was = printed(&m->report, formats_tried[i]);
        char *is = printed(&back->report, formats_tried[i]);
        assert_string_equal(is, was);
        free(was);
        free(is);
    }
    assert_string_equal(back->report.results.v[0].report_dir, "/out/\xfe");
    stored_report_free(back);
    history_close(h);
}

/* Texts are those of the run, whatever has become of the files. */
static void sources_are_read_back_as_they_were(void **state)
{
    struct made *m = *state;
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    fs_remove(m->c->dir);
    struct stored_report *back = read_back(h, NULL);
    const struct scenario_case *c = back->report.results.v[0].c;
    assert_string_equal(c->id, "some/case");
    assert_string_equal(c->class, "some");
    assert_string_equal(c->manifest->title, m->c->manifest->title);
    assert_int_equal(c->variants.n, 2);
    assert_string_equal(c->variants.v[0].text, SCRATCH_SOURCE);
    assert_int_equal(c->variants.v[0].sites.v[0].line, 4);
    assert_string_equal(c->variants.v[0].source, m->bug->source);
    stored_report_free(back);
    history_close(h);
}

static void killed_run_is_cancelled_where_it_had_not_come(void **state)
{
    struct made *m = *state;
    struct run_info run;
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    put(h, m, &run, 1);
    history_close(h);
    h = open_db(m, HISTORY_READ);
    struct stored_report *back = read_back(h, NULL);
    assert_true(back->report.cancelled);
    assert_int_equal(back->run.state, RUN_OPEN);
    assert_int_equal(back->report.results.n, 4);
    assert_int_equal(back->report.results.v[0].outcome, OUTCOME_CANCELLED);
    assert_int_equal(back->report.results.v[1].outcome, OUTCOME_MISSED);
    stored_report_free(back);
    history_close(h);
    run_info_fini(&run);
}

static void only_the_same_content_is_taken(void **state)
{
    struct made *m = *state;
    struct run_info run;
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    put(h, m, &run, 0);
    struct result *r = &m->report.results.v[0];
    struct result taken = {.c = r->c, .variant = r->variant};
    assert_int_equal(history_take(h, &run, &taken, "other"), ERR_NOENT);
    assert_int_equal(history_take(h, &run, &taken, "key"), ERR_OK);
    assert_int_equal(taken.outcome, OUTCOME_FLAGGED);
    assert_ptr_equal(taken.c, r->c);
    result_fini(&taken);
    taken = (struct result){.number = 1};
    assert_int_equal(history_take(h, &run, &taken, "key"), ERR_NOENT);
    history_close(h);
    run_info_fini(&run);
}

static void note_part(void *arg, unsigned repeat, const void *bytes, size_t n)
{
    buf_addf(arg, "%u=%.*s ", repeat, (int)n, (const char *)bytes);
}

static char *parts_of(struct history *h, const struct run_info *run,
                      const struct result *r, const char *key)
{
    struct buf all = {0};
    assert_int_equal(history_take_parts(h, run, r, key, note_part, &all),
                     ERR_OK);
    return buf_take(&all);
}

static void said_parts(struct history *h, const struct run_info *run,
                       const struct result *r, const char *key,
                       const char *wanted)
{
    char *is = parts_of(h, run, r, key);
    assert_string_equal(is, wanted);
    free(is);
}

static void parts_stand_until_the_result_does(void **state)
{
    struct made *m = *state;
    struct run_info run;
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    struct result *r = &m->report.results.v[0];
    for (unsigned i = 3; i-- > 0;) {
        struct buf bytes = {0};
        buf_addf(&bytes, "p%u", i);
        assert_int_equal(
            history_put_part(h, &run, r, i == 1 ? "new" : "key", i, &bytes, 1),
            ERR_OK);
        buf_fini(&bytes);
    }
    said_parts(h, &run, r, "key", "0=p0 2=p2 ");
    said_parts(h, &run, r, "new", "1=p1 ");
    put(h, m, &run, 0);
    said_parts(h, &run, r, "key", "");
    history_close(h);
    run_info_fini(&run);
}

static void only_the_latest_broken_off_run_is_unfinished(void **state)
{
    struct made *m = *state;
    struct run_info run, found;
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    put(h, m, &run, 0);
    assert_int_equal(history_unfinished(h, "request", "other", &found),
                     ERR_NOENT);
    assert_int_equal(history_unfinished(h, "other", "maker", &found),
                     ERR_NOENT);
    assert_int_equal(history_unfinished(h, "request", "maker", &found), ERR_OK);
    assert_string_equal(found.id, m->report.run);
    assert_true(found.wall > 1.4);
    run_info_fini(&found);
    end(h, m);
    assert_int_equal(history_unfinished(h, "request", "maker", &found),
                     ERR_NOENT);
    history_close(h);
    run_info_fini(&run);
}

static void sql(const char *path, const char *statement)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, statement, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void databases_that_are_not_ours_are_refused(void **state)
{
    struct made *m = *state;
    char *path = db_in(m);
    refused(path, HISTORY_READ, ERR_NOENT, "no run was stored");
    history_close(open_db(m, HISTORY_WRITE));
    sql(path, "PRAGMA user_version = 99");
    refused(path, HISTORY_WRITE, ERR_INVALID, "newer Lockstep");
    refused(path, HISTORY_READ, ERR_INVALID, "newer Lockstep");
    sql(path, "PRAGMA user_version = 2; PRAGMA application_id = 7");
    refused(path, HISTORY_WRITE, ERR_INVALID, "no history of Lockstep");
    assert_int_equal(fs_write(path, "no database, but long enough\n", 29),
                     ERR_OK);
    refused(path, HISTORY_WRITE, ERR_INVALID, "move it away");
    refused(path, HISTORY_READ, ERR_INVALID, "move it away");
    free(path);
}

/* Reports of before version 2 cannot be read by it. */
/* A database with one run, as an older Lockstep would have left it. */
static char *older_db(struct made *m, const char *version)
{
    char *path = db_in(m);
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    history_close(h);
    sql(path, "ALTER TABLE runs DROP COLUMN kind;"
              "ALTER TABLE runs DROP COLUMN revision;"
              "ALTER TABLE runs DROP COLUMN branch;"
              "ALTER TABLE runs DROP COLUMN origin;"
              "ALTER TABLE runs DROP COLUMN changed;");
    sql(path, version);
    return path;
}

static void database_without_commits_keeps_its_reports(void **state)
{
    struct made *m = *state;
    struct stored_report *back = NULL;
    struct diag d = {0};
    char *path = older_db(m, "PRAGMA user_version = 2");
    struct history *h = open_db(m, HISTORY_READ);
    assert_int_equal(history_read(h, NULL, &back, &d), ERR_OK);
    assert_int_equal(back->run.kind, RUN_MATRIX);
    assert_null(back->report.checkout.revision);
    assert_true(back->report.checkout.asked);
    stored_report_free(back);
    diag_fini(&d);
    history_close(h);
    free(path);
}

/* What was checked out is told with the report, not what is now. */
static void commit_is_kept(void **state)
{
    struct made *m = *state;
    struct stored_report *back = NULL;
    struct diag d = {0};
    made_run(m, "20260102-030405-1");
    m->report.checkout =
        (struct checkout){true, str_dup("0123"), str_dup("trunk"),
                          str_dup("https://example.com/a"), true};
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    assert_int_equal(history_read(h, NULL, &back, &d), ERR_OK);
    const struct checkout *c = &back->report.checkout;
    assert_string_equal(c->revision, "0123");
    assert_string_equal(c->branch, "trunk");
    assert_string_equal(c->uri, "https://example.com/a");
    assert_true(c->changed && c->asked);
    stored_report_free(back);
    diag_fini(&d);
    history_close(h);
}

/* Those of one kind do not push those of another out. */
static void each_kind_is_trimmed_by_itself(void **state)
{
    struct made *m = *state;
    struct run_infos runs = {0};
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    for (int i = 0; i < 3; i++) {
        struct own_report own = {.program = str_dup("./t"),
                                 .source_dir = str_dup("/p")};
        struct source_texts none = {0};
        struct run_info run = {.kind = RUN_OWN,
                               .id = str_fmt("20260102-030406-%d", i)};
        assert_int_equal(history_put_own(h, &run, &own, &none), ERR_OK);
        run_info_fini(&run);
        own_report_fini(&own);
    }
    const struct history_limits two = {1, 2};
    assert_int_equal(history_trim(h, &two, 0), ERR_OK);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 3);
    assert_true(runs.v[0].kind == RUN_MATRIX && runs.v[0].whole);
    assert_true(runs.v[1].kind == RUN_OWN && !runs.v[1].whole);
    assert_true(runs.v[2].kind == RUN_OWN && runs.v[2].whole);
    run_infos_fini(&runs);
    history_close(h);
}

/* With a race that a baseline knows, seen by two. */
static void made_own(struct own_report *r, struct baseline *known)
{
    *r = (struct own_report){.program = str_dup("./<t>"),
                             .source_dir = str_dup("/p"),
                             .baseline = known,
                             .baseline_path = "known.json"};
    strv_add(&r->args, "a b\n\xff");
    vec_push(&r->base.detectors, ((struct detector_report){.id = "drd"}));
    struct own_result result = {.detector = &r->base.detectors.v[0],
                                .outcome = OUTCOME_SOMETIMES,
                                .runs = 3,
                                .flagged = 2,
                                .hint = "compile with -g",
                                .key = str_dup("key")};
    suppressed_add(&result.suppressed, "libc", 4, 7);
    vec_push(&r->results, result);
    vec_push(&r->findings, ((struct merged_finding){.known = true}));
    struct merged_finding *m = &r->findings.v[0];
    m->finding.detector = str_dup("drd");
    m->finding.kind = KIND_DATA_RACE;
    frames_add(&accesses_add(&m->finding.accesses, ROLE_WRITE)->stack)->line =
        4;
    vec_push(&m->seen, ((struct sighting){str_dup("drd"), "drd", 2, 0}));
    m->fingerprint = str_dup("0123");
    vec_push(&known->entries,
             ((struct baseline_entry){.fingerprint = str_dup("4567"),
                                      .kind = KIND_DEADLOCK,
                                      .reason = str_dup("it is old")}));
    m->reason = known->entries.v[0].reason;
}

static void own_is_as_made(const struct stored_own *r)
{
    const struct own_report *own = &r->report;
    assert_string_equal(own->program, "./<t>");
    assert_string_equal(own->args.v[0], "a b\n\xff");
    assert_string_equal(own->results.v[0].detector->id, "drd");
    assert_string_equal(own->results.v[0].hint, "compile with -g");
    assert_int_equal(own->results.v[0].suppressed.v[0].count, 7);
    assert_int_equal(own->findings.v[0].finding.accesses.v[0].stack.v[0].line,
                     4);
    assert_string_equal(own->findings.v[0].seen.v[0].under, "drd");
    assert_string_equal(own->findings.v[0].reason, "it is old");
    assert_int_equal(own->new_findings, 0);
    assert_int_equal(own->baseline->entries.v[0].kind, KIND_DEADLOCK);
    assert_string_equal(r->sources.v[0].text, "int main;");
}

static void own_run_is_read_back_unless_it_is_damaged(void **state)
{
    struct made *m = *state;
    struct baseline known = {0};
    struct own_report own;
    struct stored_own back = {0};
    struct source_texts sources = {0};
    struct diag d = {0};
    struct run_info run = {.kind = RUN_OWN, .id = str_dup("20260102-030405-1")};
    char *path = db_in(m);
    made_own(&own, &known);
    vec_push(&sources,
             ((struct source_text){str_dup("/p/t.c"), str_dup("int main;")}));
    struct history *h = open_db(m, HISTORY_WRITE);
    assert_int_equal(history_put_own(h, &run, &own, &sources), ERR_OK);
    assert_int_equal(history_read_own(h, &run, &back, &d), ERR_OK);
    own_is_as_made(&back);
    stored_own_fini(&back);
    for (int i = 0; i < 60; i++) {
        sql(path, "UPDATE runs SET head = substr(head, 1, length(head) - 7)"
                  " WHERE length(head) > 7");
        assert_int_equal(history_read_own(h, &run, &back, &d), ERR_INVALID);
        stored_own_fini(&back);
    }
    assert_true(scratch_said(&d, "is damaged"));
    history_close(h);
    diag_fini(&d);
    run_info_fini(&run);
    own_report_fini(&own);
    baseline_fini(&known);
    free(sources.v[0].file);
    free(sources.v[0].text);
    vec_fini(&sources);
    free(path);
}

static void older_database_keeps_its_figures(void **state)
{
    struct made *m = *state;
    struct run_infos runs = {0};
    char *path = older_db(m, "PRAGMA user_version = 1");
    struct history *h = open_db(m, HISTORY_READ);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 1);
    assert_int_equal(runs.v[0].bugs, 1);
    assert_false(runs.v[0].whole);
    run_infos_fini(&runs);
    history_close(h);
    free(path);
}

static void folder_that_cannot_be_made_is_told(void **state)
{
    struct made *m = *state;
    scratch_write(m->dir, "file", "");
    char *path = fs_join(m->dir, "file/" HISTORY_FILE);
    refused(path, HISTORY_WRITE, ERR_EXISTS, "cannot be written");
    free(path);
}

static void damaged_result_is_told(void **state)
{
    struct made *m = *state;
    struct stored_report *back = NULL;
    struct diag d = {0};
    char *path = db_in(m);
    made_run(m, "20260102-030405-1");
    struct history *h = open_db(m, HISTORY_WRITE);
    store(h, m);
    history_close(h);
    sql(path, "UPDATE results SET body = substr(body, 1, length(body) - 1)"
              " WHERE number = 2");
    h = open_db(m, HISTORY_READ);
    assert_int_equal(history_read(h, NULL, &back, &d), ERR_INVALID);
    assert_true(scratch_said(&d, "is damaged"));
    diag_fini(&d);
    history_close(h);
    free(path);
}

/* A child that opens the history as soon as the pipe `start` is closed. */
static pid_t open_at(const struct made *m, const int start[2])
{
    char none;
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    close(start[1]);
    if (read(start[0], &none, 1) != 0)
        _exit(2);
    history_close(open_db(m, HISTORY_WRITE));
    _exit(0);
}

static void many_make_it_at_once(void **state)
{
    struct made *m = *state;
    char *folder = fs_join(m->dir, "deep");
    for (int round = 0; round < 30; round++) {
        pid_t pids[4];
        int start[2], status = -1;
        assert_int_equal(pipe(start), 0);
        for (int i = 0; i < 4; i++)
            pids[i] = open_at(m, start);
        close(start[0]);
        close(start[1]);
        for (int i = 0; i < 4; i++) {
            assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
            assert_int_equal(status, 0);
        }
        assert_int_equal(fs_remove(folder), ERR_OK);
    }
    free(folder);
}

/* Each in a process of its own, as two lockstep are. */
static void two_write_at_once(void **state)
{
    struct made *m = *state;
    made_run(m, "20260102-030405-1");
    pid_t pids[2];
    for (int i = 0; i < 2; i++) {
        pids[i] = fork();
        if (pids[i] != 0)
            continue;
        struct history *h = open_db(m, HISTORY_WRITE);
        for (int j = 0; j < 50; j++) {
            struct run_info run;
            free(m->report.run);
            m->report.run = str_fmt("%d-%d", i, j);
            begin(h, m, &run);
            put(h, m, &run, 0);
            run_info_fini(&run);
        }
        history_close(h);
        _exit(0);
    }
    for (int i = 0; i < 2; i++) {
        int status = -1;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    struct run_infos runs = {0};
    struct history *h = open_db(m, HISTORY_READ);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 100);
    run_infos_fini(&runs);
    history_close(h);
}

static void store_runs(struct history *h, struct made *m, int n)
{
    for (int i = 0; i < n; i++) {
        free(m->report.run);
        m->report.run = str_fmt("2026-%d", i);
        score_fini(&m->report.score);
        m->report.score = (struct score){0};
        store(h, m);
    }
}

static void trimmed_runs_keep_their_figures_for_a_while(void **state)
{
    struct made *m = *state;
    struct run_infos runs = {0};
    struct rates rates = {0};
    struct stored_report *back = NULL;
    struct diag d = {0};
    made_run(m, "first");
    struct history *h = open_db(m, HISTORY_WRITE);
    store_runs(h, m, 5);
    const struct history_limits limits = {.whole = 2, .figures = 4};
    assert_int_equal(history_trim(h, &limits, 0), ERR_OK);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 4);
    assert_false(runs.v[1].whole);
    assert_true(runs.v[2].whole);
    assert_int_equal(runs.v[0].bugs, 1);
    assert_int_equal(history_rates(h, "case", &rates), ERR_OK);
    assert_int_equal(rates.v[0].points.n, 4);
    assert_int_equal(history_read(h, "2026-2", &back, &d), ERR_NOENT);
    assert_true(scratch_said(&d, "only the figures"));
    stored_report_free(read_back(h, "2026-3"));
    diag_fini(&d);
    rates_fini(&rates);
    run_infos_fini(&runs);
    history_close(h);
}

static void run_that_is_open_is_not_trimmed(void **state)
{
    struct made *m = *state;
    struct run_infos runs = {0};
    struct run_info run;
    const struct history_limits limits = {.whole = 1, .figures = 1};
    made_run(m, "open");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    store_runs(h, m, 3);
    assert_int_equal(history_trim(h, &limits, 0), ERR_OK);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 2);
    assert_string_equal(runs.v[0].id, "open");
    assert_true(runs.v[0].whole);
    run_infos_fini(&runs);
    run_info_fini(&run);
    history_close(h);
}

/* Nobody has gone on with it, and nobody will. */
static void run_that_is_open_for_long_is_trimmed(void **state)
{
    struct made *m = *state;
    struct run_infos runs = {0};
    struct run_info run;
    const struct history_limits limits = {.whole = 1, .figures = 1};
    char *path = db_in(m);
    made_run(m, "open");
    struct history *h = open_db(m, HISTORY_WRITE);
    begin(h, m, &run);
    store_runs(h, m, 3);
    sql(path, "UPDATE runs SET began = began - 700000 WHERE id = 'open'");
    assert_int_equal(history_trim(h, &limits, 0), ERR_OK);
    assert_int_equal(history_runs(h, &runs), ERR_OK);
    assert_int_equal(runs.n, 1);
    run_infos_fini(&runs);
    run_info_fini(&run);
    history_close(h);
    free(path);
}

/* 125 cases, a bug and a fix each, under 12 detectors that all find 3 races. */
static void made_large_run(struct made *m)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f",
                                      "g", "h", "i", "j", "k", "l"};
    struct diag d = {0};
    for (size_t i = 0; i < 12; i++)
        made_detector(m, ids[i]);
    for (int i = 0; i < 125; i++) {
        char *id = str_fmt("class/case%d", i);
        scratch_case(m->dir, id, SCRATCH_HEAD SCRATCH_TRUTH);
        free(id);
    }
    assert_int_equal(corpus_load(m->dir, NULL, &m->corpus, &d), ERR_OK);
    diag_fini(&d);
    m->report.run = str_dup("large");
    for (size_t i = 0; i < 125 * 2 * 12; i++) {
        const struct scenario_case *c = &m->corpus.cases.v[i / 24];
        const struct variant *v = &c->variants.v[i / 12 % 2];
        struct result *r =
            made_cell(m, c, v, i % 12,
                      v->buggy ? OUTCOME_FLAGGED : OUTCOME_CLEAN, v->buggy, 1);
        r->number = (unsigned)i;
        for (int k = 0; k < 3 && v->buggy; k++)
            add_race(&r->findings, ids[i % 12], v->source, 4 + k, 4);
    }
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void large_report_is_told_within_two_seconds(void **state)
{
    struct made *m = *state;
    struct run_info run = {.id = str_dup("large")};
    made_large_run(m);
    struct history *h = open_db(m, HISTORY_WRITE);
    assert_int_equal(history_begin(h, &run, &m->report), ERR_OK);
    end(h, m);
    double before = cpu_seconds();
    struct stored_report *back = read_back(h, NULL);
    score_report(&back->report);
    char *text = printed(&back->report, "json");
    double took = cpu_seconds() - before;
    print_message("%zu results, %zu bytes of JSON in %.3f s\n",
                  back->report.results.n, strlen(text), took);
    assert_int_equal(back->report.results.n, 3000);
    assert_true(took < 2);
    free(text);
    stored_report_free(back);
    run_info_fini(&run);
    history_close(h);
}

static void run_is_found_by_how_its_id_begins(void **state)
{
    struct made *m = *state;
    struct run_info found;
    made_run(m, "first");
    struct history *h = open_db(m, HISTORY_WRITE);
    assert_int_equal(history_find(h, NULL, &found), ERR_NOENT);
    store_runs(h, m, 11);
    assert_int_equal(history_find(h, "2026-", &found), ERR_NOENT);
    assert_int_equal(history_find(h, "2026-7", &found), ERR_OK);
    run_info_fini(&found);
    assert_int_equal(history_find(h, "2026-1", &found), ERR_OK);
    assert_string_equal(found.id, "2026-1"); /* not 2026-10 */
    run_info_fini(&found);
    assert_int_equal(history_find(h, NULL, &found), ERR_OK);
    assert_string_equal(found.id, "2026-10");
    run_info_fini(&found);
    history_close(h);
}

static void rate_counts_what_has_the_same_content(void **state)
{
    (void)state;
    struct rate r = {0};
    const struct rate_point points[] = {
        {NULL, (char *)(uintptr_t) "old", NULL, 0, 1},
        {NULL, (char *)(uintptr_t) "new", NULL, 1, 1},
        {NULL, (char *)(uintptr_t) "new", NULL, 4, 5}};
    for (size_t i = 0; i < 3; i++)
        vec_push(&r.points, points[i]);
    struct rate_sum sum = rate_sum(&r);
    assert_int_equal(sum.runs, 2);
    assert_int_equal(sum.flagged, 5);
    assert_int_equal(sum.judged, 6);
    assert_true(rate_is_flaky(&r));
    r.points.n = 2;
    assert_false(rate_is_flaky(&r));
    vec_fini(&r.points);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(report_that_is_read_back_prints_the_same),
        MADE_TEST(sources_are_read_back_as_they_were),
        MADE_TEST(killed_run_is_cancelled_where_it_had_not_come),
        MADE_TEST(only_the_same_content_is_taken),
        MADE_TEST(parts_stand_until_the_result_does),
        MADE_TEST(only_the_latest_broken_off_run_is_unfinished),
        MADE_TEST(databases_that_are_not_ours_are_refused),
        MADE_TEST(older_database_keeps_its_figures),
        MADE_TEST(database_without_commits_keeps_its_reports),
        MADE_TEST(commit_is_kept),
        MADE_TEST(each_kind_is_trimmed_by_itself),
        MADE_TEST(own_run_is_read_back_unless_it_is_damaged),
        MADE_TEST(folder_that_cannot_be_made_is_told),
        MADE_TEST(damaged_result_is_told),
        MADE_TEST(many_make_it_at_once),
        MADE_TEST(two_write_at_once),
        MADE_TEST(trimmed_runs_keep_their_figures_for_a_while),
        MADE_TEST(run_that_is_open_is_not_trimmed),
        MADE_TEST(run_that_is_open_for_long_is_trimmed),
        MADE_TEST(run_is_found_by_how_its_id_begins),
        MADE_TEST(large_report_is_told_within_two_seconds),
        cmocka_unit_test(rate_counts_what_has_the_same_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
