/* lockstep suite: detectors over a folder of programs that is not ours.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/suite_output.h"
#include "engine/suite.h"
#include "os/fs.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_CSV = 0x500 };

struct arguments {
    bool csv;
    const char *csv_file; /* NULL: stdout */
};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    if (key != KEY_CSV)
        return ARGP_ERR_UNKNOWN;
    a->csv = true;
    a->csv_file = arg;
    return 0;
}

static const struct argp_option own_options[] = {
    {"csv", KEY_CSV, "FILE", OPTION_ARG_OPTIONAL,
     "Print comma-separated values, or write them to FILE beside the rest", 0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

/* A bare name is that of a manifest of ours. */
static char *manifest_path(const struct options *o, const char *word)
{
    char *ours = str_fmt("%s/suites/%s%s", o->configs, word,
                         str_ends(word, ".yaml") ? "" : ".yaml");
    bool take = !strchr(word, '/') && !fs_is_file(word) && fs_is_file(ours);
    if (take)
        return ours;
    free(ours);
    return str_dup(word);
}

static char *suite_root(const struct options *o, const char *file,
                        struct diag *d)
{
    char *copy = str_dup(file);
    const char *dir = o->words.n > 1 ? o->words.v[1] : dirname(copy);
    char *root = fs_is_dir(dir) ? fs_real(dir) : NULL;
    if (!root)
        diag_add(d, "%s: no such folder; name that of the suite", dir);
    free(copy);
    return root;
}

static enum err load(const char *file, struct suite **out, struct diag *d)
{
    struct buf text = {0};
    enum err e = fs_read(file, &text);
    if (e == ERR_OK)
        e = suite_read(file, buf_str(&text), text.len, out, d);
    else
        diag_at(d, file, 0,
                "cannot be read: %s; the first word is the "
                "manifest of the suite",
                err_text(e));
    buf_fini(&text);
    return e;
}

static int exit_code(const struct suite_report *r)
{
    if (r->base.cancelled)
        return signals_exit_code();
    if (r->base.gate.incomplete.n)
        return EXIT_INCOMPLETE;
    for (size_t i = 0; i < r->results.n; i++)
        if (outcome_judged(r->results.v[i].outcome))
            return EXIT_PASSED;
    return EXIT_SKIPPED;
}

static bool write_csv(const struct suite_report *r, const char *path)
{
    FILE *out = path ? fopen(path, "w") : stdout;
    if (!out) {
        fprintf(stderr, "lockstep: %s: cannot be written\n", path);
        return false;
    }
    suite_csv(r, out);
    bool failed = fflush(out) != 0;
    if (path)
        failed |= fclose(out) != 0;
    if (failed)
        fprintf(stderr, "lockstep: %s: cannot be written\n",
                path ? path : "stdout");
    return !failed;
}

static int print(const struct options *o, const struct arguments *a,
                 const struct suite_report *r)
{
    bool written = true;
    if (o->json)
        suite_json(r, stdout);
    else if (!a->csv || a->csv_file)
        suite_text(r, &o->style, stdout);
    if (a->csv)
        written = write_csv(r, a->csv_file);
    return written ? exit_code(r) : EXIT_INCOMPLETE;
}

static int run_suite(struct options *o, const struct arguments *a,
                     struct suite_spec *s, struct diag *d)
{
    struct suite_report report = {0};
    if (s->suite->threads) {
        char *threads = str_fmt("%u", s->suite->threads);
        setenv("OMP_NUM_THREADS", threads, 1);
        free(threads);
    }
    if (o->engine.repeat == 0)
        o->engine.repeat = s->suite->repeat ? s->suite->repeat : 1;
    progress_show(&o->engine);
    enum err e = suite_run(s, &report, d);
    progress_clear(&o->engine);
    int code = e == ERR_OK ? print(o, a, &report) : EXIT_INCOMPLETE;
    suite_report_fini(&report);
    return code;
}

static int with_manifest(struct options *o, const struct arguments *a,
                         const char *file, struct diag *d)
{
    struct suite *suite = NULL;
    struct suite_programs programs = {0};
    int code = EXIT_USAGE;
    char *root = suite_root(o, file, d);
    if (root && load(file, &suite, d) == ERR_OK &&
        suite_find(suite, file, root, &programs, d) == ERR_OK) {
        struct suite_spec s = {.engine = &o->engine,
                               .suite = suite,
                               .programs = &programs,
                               .file = file,
                               .root = root,
                               .timeout_given = o->engine.timeout > 0};
        if (!s.timeout_given)
            o->engine.timeout = 10;
        code = run_suite(o, a, &s, d);
    }
    suite_programs_fini(&programs);
    if (suite)
        suite_free(suite);
    free(root);
    return code;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct arguments a = {0};
    struct diag d = {0};
    int code = EXIT_USAGE;
    const struct own_options own = {&argp, &a, 0};
    options_parse(&o, argc, argv, "MANIFEST [DIR]",
                  "Run detectors over a folder of programs that is not ours, "
                  "and score them."
                  "\vMANIFEST tells which programs there are, how it is told "
                  "which of them are racy, and how they are built and run: a "
                  "file, or the name of one of ours, dataracebench or "
                  "line-labels. DIR is the suite's folder, by default that of "
                  "the manifest. Without --repeat and --timeout the manifest "
                  "has its say.",
                  ACCEPT_RUN | ACCEPT_DETECTOR | ACCEPT_OUT | ACCEPT_JSON |
                      DEFAULT_UNDECIDED,
                  &own);
    options_only_dynamic(&o);
    signals_catch();
    if (o.words.n == 0 || o.words.n > 2) {
        diag_add(&d, "suite is followed by a manifest and, perhaps, the folder "
                     "of the suite");
    } else {
        char *file = manifest_path(&o, o.words.v[0]);
        code = with_manifest(&o, &a, file, &d);
        free(file);
    }
    print_diag(&d);
    diag_fini(&d);
    options_fini(&o);
    return code;
}

const struct command command_suite = {
    .name = "suite",
    .summary = "run detectors over a suite that is not ours, and score them",
    .run = run,
};
