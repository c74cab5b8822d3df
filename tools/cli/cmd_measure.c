/* lockstep measure: what a manifest records, measured.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/run_matrix.h"
#include "cli/signals.h"
#include "engine/measure.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

struct arguments {
    struct options shared;
    unsigned plain;
    bool plain_only, write;
};

enum key { KEY_PLAIN = 0x200, KEY_PLAIN_ONLY, KEY_WRITE };

static const struct argp_option table[] = {
    {"plain", KEY_PLAIN, "N", 0,
     "Plain runs of each build of a bug (100); with 0 its figures stand", 0},
    {"plain-only", KEY_PLAIN_ONLY, 0, 0,
     "No detectors: what is recorded of them stands", 0},
    {"write", KEY_WRITE, 0, 0, "Put the lists into the case's case.yaml", 0},
    {0},
};

static error_t parse_one(int key, char *text, struct argp_state *state)
{
    struct arguments *a = state->input;
    switch (key) {
    case KEY_PLAIN:
        a->plain = (unsigned)options_number("plain", text, 0, 100000, state);
        return 0;
    case KEY_PLAIN_ONLY:
        a->plain_only = true;
        return 0;
    case KEY_WRITE:
        a->write = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse(struct arguments *a, int argc, char **argv)
{
    static const struct argp argp = {table, parse_one, NULL, NULL,
                                     NULL,  NULL,      NULL};
    const struct own_options own = {&argp, a, 10};
    a->plain = 100;
    options_parse(
        &a->shared, argc, argv, "CASE...",
        "Measure how often a bug shows in plain runs and what each detector "
        "says, and print the lists `plain` and `expect` of the manifest."
        "\vEach detector runs 10 times on each variant (--repeat). What is not "
        "measured is left as it is recorded. Nothing is written, and the exit "
        "code is 1, when a fix fails or a program does not end as it must.",
        ACCEPT_RUN | ACCEPT_DETECTOR | ACCEPT_OUT, &own);
}

/* A case to be measured, and its manifest's text as it was at the start. */
struct job {
    const struct selection *what;
    struct buf text;
};

static void print_all(const struct strv *messages)
{
    for (size_t i = 0; i < messages->n; i++)
        fprintf(stderr, "lockstep: %s\n", messages->v[i]);
}

static void print_list(const struct buf *list)
{
    fputs(buf_str(list), stdout);
    if (list->len && list->data[list->len - 1] != '\n')
        putchar('\n');
}

static void tell_reasons(const struct scenario_case *c, const struct record *r)
{
    unsigned n = 0;
    for (size_t i = 0; i < r->expect.n; i++)
        n += str_eq(r->expect.v[i].is.reason, REASON_UNKNOWN);
    if (n)
        fprintf(stderr,
                "lockstep: %s: %u reason%s to give: write why in place of "
                "each " REASON_UNKNOWN "\n",
                c->id, n, n == 1 ? "" : "s");
}

static bool same_text(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && memcmp(buf_str(a), buf_str(b), a->len) == 0;
}

static enum err put(const struct scenario_case *c, const struct buf *old,
                    const struct buf *new, struct diag *d)
{
    struct buf now = {0};
    char *path = fs_real(c->manifest_path); /* of a link, what it leads to */
    enum err e = path ? fs_read(path, &now) : ERR_NOENT;
    if (e == ERR_OK && !same_text(old, &now)) {
        diag_at(d, c->manifest_path, 0,
                "was changed meanwhile; nothing is written: measure again");
        e = ERR_INVALID;
    } else if (e == ERR_OK) {
        bool same = same_text(old, new);
        e = same ? ERR_OK : fs_write(path, buf_str(new), new->len);
        if (e == ERR_OK)
            printf("# %s in %s\n", same ? "as it stands" : "written",
                   c->manifest_path);
    }
    if (e != ERR_OK && e != ERR_INVALID)
        diag_at(d, c->manifest_path, 0, "cannot be written: %s", err_text(e));
    buf_fini(&now);
    free(path);
    return e;
}

/* Prints the lists, and writes them if that is asked for. */
static int record(const struct arguments *a, const struct job *job,
                  const struct record *r, struct diag *d)
{
    const struct scenario_case *c = job->what->c;
    struct record_text t = {0};
    enum err e = record_write(r, c->manifest, c->manifest_path,
                              buf_str(&job->text), job->text.len, &t, d);
    printf("# %s\n", c->id);
    print_list(&t.plain);
    print_list(&t.expect);
    if (a->write && e == ERR_OK)
        e = put(c, &job->text, &t.whole, d);
    tell_reasons(c, r);
    record_text_fini(&t);
    return !a->write || e == ERR_OK ? EXIT_PASSED : EXIT_INCOMPLETE;
}

static int refuse(const struct scenario_case *c, const struct gate_report *g)
{
    fprintf(stderr,
            "lockstep: %s: nothing is recorded, for the gate would not pass "
            "with it:\n",
            c->id);
    print_all(&g->failures);
    print_all(&g->incomplete);
    return g->failures.n ? EXIT_FAILED : EXIT_INCOMPLETE;
}

static int measure(const struct arguments *a, const struct corpus *corpus,
                   const struct job *job)
{
    const struct measure_options o = {&a->shared.engine, a->plain,
                                      a->plain_only};
    struct measured m;
    struct diag d = {0};
    int code = EXIT_INCOMPLETE;
    enum err e = measure_case(&o, corpus, job->what, &m, &d);
    if (e == ERR_OK && history_end(o.engine->history, &m.report) != ERR_OK) {
        diag_add(&d, "%s", history_problem(o.engine->history));
        e = ERR_IO;
    }
    progress_clear(&a->shared.engine);
    if (m.report.cancelled)
        code = signals_exit_code();
    else if (e == ERR_OK && m.report.gate.passed)
        code = record(a, job, &m.record, &d);
    else if (e == ERR_OK)
        code = refuse(job->what->c, &m.report.gate);
    print_all(&m.notes);
    print_diag(&d);
    diag_fini(&d);
    measured_fini(&m);
    return code;
}

static int measure_all(const struct arguments *a, const struct corpus *corpus,
                       const struct job *jobs, size_t n)
{
    int code = EXIT_PASSED;
    for (size_t i = 0; i < n; i++) {
        int one = measure(a, corpus, &jobs[i]);
        fflush(stdout);
        if (one > 128)
            return one;
        if (code == EXIT_PASSED || one == EXIT_FAILED)
            code = one;
    }
    return code;
}

static int open_history(struct options *o)
{
    struct diag d = {0};
    char *db = fs_join(o->out, HISTORY_FILE);
    enum err e = history_open(db, HISTORY_WRITE, &o->engine.history, &d);
    print_diag(&d);
    diag_fini(&d);
    free(db);
    return e == ERR_OK ? EXIT_PASSED : EXIT_INCOMPLETE;
}

static int run(int argc, char **argv)
{
    struct arguments a = {0};
    struct choice c = {0};
    VEC(struct job) jobs = {0};
    char *words = run_words(argc, argv);
    parse(&a, argc, argv);
    a.shared.engine.words = words;
    a.shared.engine.kind = RUN_MEASURE;
    signals_catch();
    progress_show(&a.shared.engine);
    int code = options_choose(&a.shared, "measure", &c);
    for (size_t i = 0; code == EXIT_PASSED && i < c.what.n; i++) {
        struct job job = {.what = &c.what.v[i]};
        fs_read(job.what->c->manifest_path, &job.text);
        vec_push(&jobs, job);
    }
    if (code == EXIT_PASSED)
        code = open_history(&a.shared);
    if (code == EXIT_PASSED)
        code = measure_all(&a, &c.corpus, jobs.v, jobs.n);
    for (size_t i = 0; i < jobs.n; i++)
        buf_fini(&jobs.v[i].text);
    vec_fini(&jobs);
    choice_fini(&c);
    history_close(a.shared.engine.history);
    options_fini(&a.shared);
    free(words);
    return code;
}

const struct command command_measure = {
    .name = "measure",
    .summary = "measure a case, and print or write what to record of it",
    .run = run,
};
