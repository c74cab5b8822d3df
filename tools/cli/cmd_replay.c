/* lockstep replay: the same schedule once more.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/exploring.h"
#include "explore/gdb.h"

#include <stdlib.h>

enum { KEY_GDB = 0x200, STORY_MOST = 200 };

static const struct argp_option table[] = {
    {"gdb", KEY_GDB, 0, 0, "In gdb, which stops at the bug", 0}, {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    bool *gdb = state->input;
    (void)arg;
    if (key != KEY_GDB)
        return ARGP_ERR_UNKNOWN;
    *gdb = true;
    return 0;
}

static void print_result(const struct options *o, const struct explored *e,
                         const char *output)
{
    if (o->json) {
        json_t *bugs = json_array();
        for (size_t i = 0; i < e->bugs.n; i++)
            json_array_append_new(bugs, exploring_bug_json(&e->bugs.v[i]));
        json_t *all = json_pack("{s:o, s:s}", "bugs", bugs, "output", output);
        json_dumpf(all, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(all);
        return;
    }
    fputs(output, stdout);
    for (size_t i = 0; i < e->bugs.n; i++)
        exploring_print_bug(&e->bugs.v[i], o->style.color);
    if (e->bugs.n == 0)
        puts("the bug did not show");
}

static int replay(const struct options *o, const char *path)
{
    struct explored e;
    struct diag d = {0};
    char *output = NULL;
    enum err err = explore_replay(path, STORY_MOST, &e, &output, &d);
    int code = err == ERR_OK ? EXIT_PASSED : EXIT_USAGE;
    if (err == ERR_OK) {
        print_result(o, &e, output ? output : "");
        if (e.bugs.n == 0 || !e.bugs.v[0].replayed)
            code = EXIT_INCOMPLETE;
        else
            code = EXIT_FAILED;
    }
    print_diag(&d);
    diag_fini(&d);
    explored_fini(&e);
    free(output);
    return code;
}

static int run(int argc, char **argv)
{
    static const struct argp argp = {table, parse, 0, 0, 0, 0, 0};
    struct options o = {0};
    bool gdb = false;
    const struct own_options own = {.argp = &argp, .input = &gdb};
    options_parse(&o, argc, argv, "TRACE",
                  "Run a program by the schedule of a trace."
                  "\vExit code 1: the bug showed again; 3: it did not.",
                  ACCEPT_JSON, &own);
    int code = EXIT_USAGE;
    if (o.words.n != 1) {
        fputs("lockstep: replay needs one TRACE\n", stderr);
    } else if (gdb) {
        struct diag d = {0};
        gdb_run(o.words.v[0], &code, &d);
        print_diag(&d);
        diag_fini(&d);
    } else {
        code = replay(&o, o.words.v[0]);
    }
    options_fini(&o);
    return code;
}

const struct command command_replay = {
    .name = "replay",
    .summary = "run a program by the schedule of a trace",
    .run = run,
};
