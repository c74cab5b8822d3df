/* Running a program of the user's own from the command line.
 * SPDX-License-Identifier: MIT */
#include "cli/own.h"

#include "cli/command.h"
#include "cli/own_arguments.h"
#include "cli/own_output.h"
#include "cli/progress.h"
#include "cli/run_matrix.h"
#include "cli/signals.h"
#include "os/fs.h"

#include <stdlib.h>

bool own_is_meant(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (str_eq(argv[i], "--"))
            return true;
    return false;
}

static int exit_code(const struct own_report *r)
{
    bool judged = false;
    if (r->base.cancelled)
        return signals_exit_code();
    for (size_t i = 0; i < r->results.n; i++)
        judged |= r->results.v[i].outcome < OUTCOME_ERROR;
    if (r->base.gate.failures.n)
        return EXIT_FAILED;
    if (r->base.gate.incomplete.n)
        return EXIT_INCOMPLETE;
    return judged ? EXIT_PASSED : EXIT_SKIPPED;
}

/* Opens the history: a run that cannot be kept is not begun. */
static enum err open_history(struct own_arguments *a, struct diag *d)
{
    char *db = fs_join(a->shared.out, HISTORY_FILE);
    enum err e = history_open(db, HISTORY_WRITE, &a->shared.engine.history, d);
    free(db);
    return e;
}

static int run_spec(struct own_arguments *a, struct own_spec *spec,
                    struct diag *d)
{
    struct own_report report = {0};
    struct options *o = &a->shared;
    if (open_history(a, d) != ERR_OK)
        return EXIT_INCOMPLETE;
    progress_show(&o->engine);
    enum err e = own_run(spec, &report, d);
    progress_clear(&o->engine);
    int code =
        e == ERR_INVALID || e == ERR_NOENT ? EXIT_USAGE : EXIT_INCOMPLETE;
    if (e == ERR_OK) {
        own_keep_json(&report);
        code = own_print(o, &o->style, &report, true) == ERR_OK
                   ? exit_code(&report)
                   : EXIT_INCOMPLETE;
    }
    own_report_fini(&report);
    history_close(o->engine.history);
    return code;
}

static enum err load_baseline(const struct own_arguments *a, struct baseline *b,
                              struct diag *d)
{
    enum err e = a->baseline ? baseline_read(a->baseline, b, d) : ERR_OK;
    if (e != ERR_OK && d->messages.n == 0)
        diag_at(d, a->baseline, 0,
                "cannot be read: %s; `lockstep baseline update %s REPORT` "
                "makes one",
                err_text(e), a->baseline);
    return e;
}

int own_main(int argc, char **argv, bool builds)
{
    struct own_arguments a = {.builds = builds};
    struct own_spec spec = {0};
    struct baseline known = {0};
    struct diag d = {0};
    char *words = run_words(argc, argv);
    own_arguments_parse(&a, argc, argv);
    a.shared.engine.words = words;
    signals_catch();
    int code = EXIT_USAGE;
    if (own_arguments_spec(&a, &spec, &d) == ERR_OK &&
        load_baseline(&a, &known, &d) == ERR_OK) {
        spec.baseline = a.baseline ? &known : NULL;
        code = run_spec(&a, &spec, &d);
    }
    print_diag(&d);
    diag_fini(&d);
    vec_fini(&spec.suppressions);
    baseline_fini(&known);
    own_arguments_fini(&a);
    free(words);
    return code;
}
