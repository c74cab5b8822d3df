/* lockstep report: a stored run, told again.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
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

static int print(struct options *o, const struct own *own,
                 struct stored_report *r, const struct stored_report *older)
{
    struct format_options style = stored_style(&o->style, r);
    enum err e = ERR_OK;
    style.score |= own->score;
    style.older = older ? &older->report : NULL;
    style.older_name = older ? older->run.id : NULL;
    if (own->file)
        vec_push(&o->files, ((struct output){o->format, str_dup(own->file)}));
    else if (o->format_given || o->files.n == 0)
        e = o->format->write(&r->report, &style, stdout);
    if (outputs_write(&o->files, &r->report, &style) != ERR_OK)
        e = ERR_IO;
    return e == ERR_OK ? EXIT_PASSED : EXIT_INCOMPLETE;
}

static int exit_code_of(enum err e)
{
    return e == ERR_NOENT ? EXIT_USAGE : EXIT_INCOMPLETE;
}

static int tell(struct options *o, const struct own *own, struct history *h,
                struct diag *d)
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
