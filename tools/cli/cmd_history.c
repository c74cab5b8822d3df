/* lockstep history: the runs, and how the cases did over time.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/history_output.h"
#include "cli/stored.h"
#include "engine/store.h"
#include "os/fs.h"

#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_DB = 0x200, KEY_KEEP, KEY_KEEP_FIGURES };

struct own {
    const char *db;
    bool trim;
    struct history_limits limits;
};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct own *own = state->input;
    switch (key) {
    case KEY_DB:
        own->db = arg;
        return 0;
    case KEY_KEEP:
        own->trim = true;
        own->limits.whole =
            (unsigned)options_number("keep", arg, 0, 1e9, state);
        return 0;
    case KEY_KEEP_FIGURES:
        own->trim = true;
        own->limits.figures =
            (unsigned)options_number("keep-figures", arg, 0, 1e9, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option own_options[] = {
    {"db", KEY_DB, "PATH", 0,
     "Another database, or the folder of --out that it is in", 0},
    {"keep", KEY_KEEP, "N", 0, "Keep the reports of the last N runs only", 0},
    {"keep-figures", KEY_KEEP_FIGURES, "N", 0,
     "Keep the figures of the last N runs only", 0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

/* Of the runs that are open, those that a process is at have their lock. */
static void find_living(const char *path, struct run_infos *runs)
{
    char *copy = str_dup(path);
    const char *out = dirname(copy);
    for (size_t i = 0; i < runs->n; i++) {
        struct run_info *r = &runs->v[i];
        char *lock = str_fmt("%s/runs/%s/%s", out, r->id, STORE_LOCK);
        r->going_on = r->state == RUN_OPEN && fs_is_locked(lock);
        free(lock);
    }
    free(copy);
}

/* Of each case that a word names, as --cases or the history knows it. */
static enum err read_rates(const struct options *o, struct history *h,
                           struct rates *rates)
{
    if (o->words.n == 0)
        return history_rates(h, NULL, rates);
    enum err e = ERR_OK;
    for (size_t i = 0; i < o->words.n && e == ERR_OK; i++)
        e = history_rates(h, o->words.v[i], rates);
    return e;
}

static enum err tell(const struct options *o, struct history *h,
                     const char *path)
{
    struct run_infos runs = {0};
    struct rates rates = {0};
    struct format_options style = o->style;
    if (!isatty(STDOUT_FILENO))
        style.width = 0;
    enum err e = history_runs(h, &runs);
    if (e == ERR_OK)
        e = read_rates(o, h, &rates);
    find_living(path, &runs);
    if (e == ERR_OK && o->json)
        history_print_json(&runs, &rates, stdout);
    else if (e == ERR_OK && o->words.n)
        history_print_rates(&rates, &style, stdout);
    else if (e == ERR_OK)
        history_print_runs(&runs, &rates, &style, stdout);
    if (e == ERR_OK && o->words.n && rates.n == 0) {
        fprintf(stderr, "lockstep: no result of %s is stored\n", o->words.v[0]);
        e = ERR_NOENT;
    }
    rates_fini(&rates);
    run_infos_fini(&runs);
    return e;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct own own = {.limits = history_usual};
    struct history *h = NULL;
    struct diag d = {0};
    options_parse(&o, argc, argv, "[CASE...]",
                  "List the stored runs and the cells that are flaky, or tell "
                  "how a case did over time.",
                  ACCEPT_JSON, &(struct own_options){&argp, &own, 0});
    char *path = stored_path(&o, own.db);
    enum err e =
        history_open(path, own.trim ? HISTORY_WRITE : HISTORY_READ, &h, &d);
    if (e == ERR_OK && own.trim)
        e = history_trim(h, &own.limits, 0);
    if (e == ERR_OK)
        e = tell(&o, h, path);
    if (e != ERR_OK && h && history_problem(h))
        diag_add(&d, "%s", history_problem(h));
    print_diag(&d);
    diag_fini(&d);
    history_close(h);
    options_fini(&o);
    free(path);
    return e == ERR_OK      ? EXIT_PASSED
           : e == ERR_NOENT ? EXIT_USAGE
                            : EXIT_INCOMPLETE;
}

const struct command command_history = {
    .name = "history",
    .summary = "list the stored runs, and how the cases did over time",
    .run = run,
};
