/* lockstep merge: the shards of a run, joined.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/run_matrix.h"
#include "cli/stored.h"
#include "engine/gate.h"
#include "engine/store.h"

#include <stdlib.h>

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    const char **into = state->input;
    if (key != 'o')
        return ARGP_ERR_UNKNOWN;
    *into = arg;
    return 0;
}

static const struct argp_option own_options[] = {
    {"out", 'o', "PATH", 0,
     "The database that gets the whole, or the folder of --out that it is in",
     0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

VEC_TYPE(sources, struct history *);

static enum err open_sources(const struct options *o, struct sources *s,
                             struct diag *d)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < o->words.n && e == ERR_OK; i++) {
        struct history *h;
        char *path = stored_path(o, o->words.v[i]);
        e = history_open(path, HISTORY_READ, &h, d);
        if (e == ERR_OK)
            vec_push(s, h);
        free(path);
    }
    return e;
}

/* Gate and score are asked of the whole, which is closed by that. */
static enum err judge(struct history *into, const char *id,
                      struct stored_report **whole, struct diag *d)
{
    enum err e = stored_read(into, id, whole, d);
    if (e != ERR_OK)
        return e;
    struct report *report = &(*whole)->report;
    report->cancelled = false;
    strv_fini(&report->gate.failures);
    strv_fini(&report->gate.incomplete);
    gate_judge(report);
    e = history_end(into, report);
    if (e != ERR_OK)
        diag_add(d, "%s", history_problem(into));
    return e;
}

static int print(const struct options *o, struct stored_report *whole)
{
    struct format_options style = stored_style(&o->style, whole);
    const struct report *report = &whole->report;
    int code = run_exit_code(report, whole->run.gate);
    if (o->format->write(report, &style, stdout) != ERR_OK)
        code = EXIT_INCOMPLETE;
    if (outputs_write(&o->files, report, &style) != ERR_OK)
        code = EXIT_INCOMPLETE;
    return code;
}

static int merge(const struct options *o, struct history *into,
                 const struct sources *s, struct diag *d)
{
    struct stored_report *whole = NULL;
    int code = EXIT_INCOMPLETE;
    char *id = store_run_id();
    enum err e = history_merge(into, s->v, s->n, id, d);
    if (e == ERR_INVALID)
        code = EXIT_USAGE;
    if (e == ERR_OK && judge(into, id, &whole, d) == ERR_OK)
        code = print(o, whole);
    stored_report_free(whole);
    free(id);
    return code;
}

static int open_and_merge(const struct options *o, const char *into)
{
    struct sources s = {0};
    struct history *h = NULL;
    struct diag d = {0};
    char *path = stored_path(o, into);
    enum err e = open_sources(o, &s, &d);
    int code = e == ERR_NOENT ? EXIT_USAGE : EXIT_INCOMPLETE;
    if (e == ERR_OK && history_open(path, HISTORY_WRITE, &h, &d) == ERR_OK)
        code = merge(o, h, &s, &d);
    print_diag(&d);
    diag_fini(&d);
    history_close(h);
    for (size_t i = 0; i < s.n; i++)
        history_close(s.v[i]);
    vec_fini(&s);
    free(path);
    return code;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    const char *into = NULL;
    options_parse(&o, argc, argv, "DB...",
                  "Join the shards of a run, the last run of each database, "
                  "and print the whole."
                  "\vThe exit code is that of the run, had it been one.",
                  ACCEPT_JSON | ACCEPT_FORMAT | ACCEPT_TIMING,
                  &(struct own_options){&argp, &into, 0});
    int code = EXIT_USAGE;
    if (o.words.n == 0)
        fputs("lockstep: merge needs the databases of the shards\n", stderr);
    else
        code = open_and_merge(&o, into);
    options_fini(&o);
    return code;
}

const struct command command_merge = {
    .name = "merge",
    .summary = "join the shards of a run, and print the whole",
    .run = run,
};
