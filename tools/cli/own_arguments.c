/* The command line of what runs a program of the user's own.
 * SPDX-License-Identifier: MIT */
#include "cli/own_arguments.h"

#include "engine/own_build.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

enum {
    KEY_BUILD = 'b',
    KEY_BASELINE = 0x300,
    KEY_SUPPRESSIONS,
    KEY_EXPECT_EXIT,
};

static const struct argp_option run_options[] = {
    {"baseline", KEY_BASELINE, "FILE", 0,
     "Findings that are known and do not fail", 0},
    {"suppressions", KEY_SUPPRESSIONS, "ID=FILE", 0,
     "A detector's own file of suppressions, besides its project's", 0},
    {"expect-exit", KEY_EXPECT_EXIT, "N", 0,
     "The exit code that the program must end with (0)", 0},
    {0},
};

static const struct argp_option check_options[] = {
    {"build", KEY_BUILD, "COMMAND", 0,
     "Builds the project; {cc}, {cxx}, {cflags}, {ldflags}, {builddir} and "
     "{detector} are filled in",
     0},
    {0},
};

static void add_suppressions(struct own_arguments *a, const char *arg,
                             struct argp_state *state)
{
    const char *equals = strchr(arg, '=');
    char *id = str_ndup(arg, equals ? (size_t)(equals - arg) : 0);
    char *file = equals ? fs_real(equals + 1) : NULL;
    if (!equals || !detector_by_id(id))
        argp_error(state,
                   "--suppressions: '%s' is not ID=FILE, with the id of a "
                   "detector",
                   arg);
    if (!file || !fs_is_file(file))
        argp_error(state, "--suppressions: no file is called '%s'", equals + 1);
    strv_take(&a->suppression_ids, id);
    strv_take(&a->suppression_files, file);
}

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct own_arguments *a = state->input;
    switch (key) {
    case KEY_BUILD:
        a->build = arg;
        return 0;
    case KEY_BASELINE:
        a->baseline = arg;
        return 0;
    case KEY_SUPPRESSIONS:
        add_suppressions(a, arg, state);
        return 0;
    case KEY_EXPECT_EXIT:
        a->exit_code = (int)options_number("expect-exit", arg, 0, 255, state);
        return 0;
    case ARGP_KEY_INIT:
        if (state->child_inputs)
            state->child_inputs[0] = a;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp run_argp = {run_options, parse_one, NULL, NULL,
                                     NULL,        NULL,      NULL};
static const struct argp_child run_child[] = {{&run_argp, 0, NULL, 0}, {0}};
static const struct argp check_argp = {check_options, parse_one, NULL, NULL,
                                       run_child,     NULL,      NULL};

static const char run_doc[] =
    "Run a program of your own under detectors and print what they saw."
    "\vEach detector that can judge the program runs it: Valgrind's a plain "
    "one, those of ThreadSanitizer one that has it built in. Exit code 1: "
    "there is a finding that is not known, or the program hangs, dies or ends "
    "with another code than it must.";

static const char check_doc[] =
    "Build a program of your own for each detector, run it, print what they "
    "saw.\vThe build is made beside the project: in the folder {builddir}, or "
    "in a copy. Without --build, a CMakeLists.txt or a Makefile tells how. "
    "Exit codes are those of `lockstep run -- PROGRAM`.";

static int words_begin(int argc, char **argv)
{
    int i = 1;
    while (i < argc && !str_eq(argv[i], "--"))
        i++;
    return i;
}

void own_arguments_parse(struct own_arguments *a, int argc, char **argv)
{
    int end = words_begin(argc, argv);
    const struct own_options own = {a->builds ? &check_argp : &run_argp, a, 0};
    options_parse(&a->shared, end, argv, "", a->builds ? check_doc : run_doc,
                  ACCEPT_RUN | ACCEPT_DETECTOR | ACCEPT_OUT | ACCEPT_JSON |
                      ACCEPT_FORMAT | ACCEPT_TIMING | DEFAULT_ONE_JOB,
                  &own);
    options_only_dynamic(&a->shared);
    if (end + 1 < argc)
        a->program = argv[end + 1];
    for (int i = end + 2; i < argc; i++)
        strv_add(&a->args, argv[i]);
    a->source_dir = fs_real(".");
}

void own_arguments_fini(struct own_arguments *a)
{
    strv_fini(&a->args);
    strv_fini(&a->suppression_ids);
    strv_fini(&a->suppression_files);
    free(a->source_dir);
    options_fini(&a->shared);
}

static const char *build_command(const struct own_arguments *a, struct diag *d)
{
    const char *command = NULL;
    if (!a->builds)
        return NULL;
    command = a->build ? a->build : own_build_guess(a->source_dir);
    if (!command)
        diag_add(d,
                 "%s: neither a CMakeLists.txt nor a Makefile; tell with "
                 "--build how it is built",
                 a->source_dir);
    return command;
}

enum err own_arguments_spec(const struct own_arguments *a,
                            struct own_spec *spec, struct diag *d)
{
    if (!a->program) {
        diag_add(d, "which program? name it behind `--`, with its arguments");
        return ERR_INVALID;
    }
    *spec = (struct own_spec){.engine = &a->shared.engine,
                              .program = a->program,
                              .args = &a->args,
                              .build = build_command(a, d),
                              .source_dir = a->source_dir,
                              .exit_code = a->exit_code,
                              .baseline_path = a->baseline};
    for (size_t i = 0; i < a->suppression_ids.n; i++)
        vec_push(&spec->suppressions,
                 ((struct own_suppressions){a->suppression_ids.v[i],
                                            a->suppression_files.v[i]}));
    return a->builds && !spec->build ? ERR_INVALID : ERR_OK;
}
