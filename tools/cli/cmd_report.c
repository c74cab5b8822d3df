/* lockstep report: a stored run, told again.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/own_output.h"
#include "cli/stored.h"

#include <stdlib.h>

enum { KEY_RUN = 0x200, KEY_DB, KEY_SCORE, KEY_COMPARE, KEY_FILE = 'o' };

struct own {
    const char *run, *db, *file, *compare;
    bool score;
};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct own *own = state->input;
    switch (key) {
    case KEY_RUN:
        own->run = arg;
        return 0;
    case KEY_DB:
        own->db = arg;
        return 0;
    case KEY_FILE:
        own->file = arg;
        return 0;
    case KEY_COMPARE:
        own->compare = arg;
        return 0;
    case KEY_SCORE:
        own->score = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option own_options[] = {
    {"run", KEY_RUN, "ID", 0,
     "Of this run, by its id or how that begins (the last)", 0},
    {"out", KEY_FILE, "FILE", 0, "Write to a file instead of stdout", 0},
    {"db", KEY_DB, "PATH", 0,
     "Another database, or the folder of --out that it is in", 0},
    {"compare", KEY_COMPARE, "ID", 0,
     "Tell what changed since this run, where the format does", 0},
    {"score", KEY_SCORE, 0, 0, "Tell how each detector did", 0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

/* To stdout, unless there are only files. */
static bool prints(struct options *o, const struct own *own)
{
    if (own->file)
        vec_push(&o->files, ((struct output){o->format, str_dup(own->file)}));
    return !own->file && (o->format_given || o->files.n == 0);
}

static int print(struct options *o, const struct own *own,
                 struct stored_report *r, const struct stored_report *older)
{
    struct format_options style = stored_style(&o->style, r);
    enum err e = ERR_OK;
    style.score |= own->score;
    style.older = older ? &older->report : NULL;
    style.older_name = older ? older->run.id : NULL;
    if (prints(o, own))
        e = o->format->write(&r->report, &style, stdout);
    if (outputs_write(&o->files, &r->report, &style) != ERR_OK)
        e = ERR_IO;
    return e == ERR_OK ? EXIT_PASSED : EXIT_INCOMPLETE;
}

static int exit_code_of(enum err e)
{
    return e == ERR_NOENT ? EXIT_USAGE : EXIT_INCOMPLETE;
}

static int tell_matrix(struct options *o, const struct own *own,
                       struct history *h, struct diag *d)
{
    struct stored_report *r = NULL, *older = NULL;
    enum err e = stored_read(h, own->run, &r, d);
    if (e == ERR_OK && own->compare)
        e = stored_read(h, own->compare, &older, d);
    int code = e == ERR_OK ? print(o, own, r, older) : exit_code_of(e);
    stored_report_free(older);
    stored_report_free(r);
    return code;
}

static int tell_own(struct options *o, const struct own *own, struct history *h,
                    const struct run_info *run, const struct run_info *before,
                    struct diag *d)
{
    struct stored_own r = {0}, older = {0};
    enum err e = stored_read_own(h, run, &r, d);
    if (e == ERR_OK && own->compare)
        e = stored_read_own(h, before, &older, d);
    int code = exit_code_of(e);
    if (e == ERR_OK) {
        struct format_options style = stored_own_style(&o->style, &r);
        style.older = own->compare ? &older.report.base : NULL;
        style.older_name = older.run.id;
        e = own_print(o, &style, &r.report, prints(o, own));
        code = e == ERR_OK ? EXIT_PASSED : EXIT_INCOMPLETE;
    }
    stored_own_fini(&older);
    stored_own_fini(&r);
    return code;
}

static enum err find(struct history *h, const char *id, struct run_info *out,
                     struct diag *d)
{
    enum err e = history_find(h, id, out);
    if (e != ERR_OK)
        diag_add(d, "%s", history_problem(h));
    return e;
}

static int tell(struct options *o, const struct own *own, struct history *h,
                struct diag *d)
{
    struct run_info run = {0}, before = {0};
    enum err e = find(h, own->run, &run, d);
    if (e == ERR_OK && own->compare)
        e = find(h, own->compare, &before, d);
    int code = exit_code_of(e);
    bool theirs = run.kind == RUN_OWN;
    if (e == ERR_OK && own->compare && theirs != (before.kind == RUN_OWN)) {
        diag_add(d,
                 "--compare: of the runs %s and %s, one is of a program of "
                 "your own, the other of the cases",
                 before.id, run.id);
        code = EXIT_USAGE;
    } else if (e == ERR_OK) {
        code = theirs ? tell_own(o, own, h, &run, &before, d)
                      : tell_matrix(o, own, h, d);
    }
    run_info_fini(&before);
    run_info_fini(&run);
    return code;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct own own = {0};
    struct history *h = NULL;
    struct diag d = {0};
    options_parse(&o, argc, argv, "", "Tell of a stored run again.",
                  ACCEPT_JSON | ACCEPT_FORMAT | ACCEPT_TIMING,
                  &(struct own_options){&argp, &own, 0});
    char *path = stored_path(&o, own.db);
    enum err e = history_open(path, HISTORY_READ, &h, &d);
    int code = e == ERR_OK ? tell(&o, &own, h, &d) : exit_code_of(e);
    print_diag(&d);
    diag_fini(&d);
    history_close(h);
    options_fini(&o);
    free(path);
    return code;
}

const struct command command_report = {
    .name = "report",
    .summary = "tell of a stored run again, in any format",
    .run = run,
};
