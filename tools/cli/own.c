/* Running a program of the user's own from the command line.
 * SPDX-License-Identifier: MIT */
#include "cli/own.h"

#include "cli/command.h"
#include "cli/own_arguments.h"
#include "cli/own_json.h"
#include "cli/own_text.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define REPORT "report.json" /* in the folder of the run */

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

/* Kept with the raw reports, for `lockstep baseline update`. The path, owned by
 * the caller, or NULL. */
static char *keep(const struct own_report *r, const json_t *j)
{
    char *dir = own_run_dir(r), *path = dir ? fs_join(dir, REPORT) : NULL;
    char *text = path ? json_dumps(j, JSON_INDENT(2)) : NULL;
    if (text && fs_write(path, text, strlen(text)) != ERR_OK) {
        free(path);
        path = NULL;
    }
    free(text);
    free(dir);
    return path;
}

/* As JSON it tells more than the report of a corpus can. */
static enum err print_stdout(const struct own_arguments *a,
                             const struct own_report *r, const json_t *j,
                             const char *kept)
{
    const struct options *o = &a->shared;
    if (o->json || str_eq(o->format->id, "json")) {
        json_dumpf(j, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (str_eq(o->format->id, "table")) {
        own_text(r, kept, &o->style, stdout);
    } else {
        return o->format->write(&r->base, &o->style, stdout);
    }
    return ERR_OK;
}

static enum err print(const struct own_arguments *a, const struct own_report *r)
{
    json_t *j = own_json(r);
    char *kept = keep(r, j);
    enum err e = print_stdout(a, r, j, kept);
    enum err files =
        outputs_write(&a->shared.files, &r->base, &a->shared.style);
    free(kept);
    json_decref(j);
    return e == ERR_OK ? files : e;
}

static int run_spec(struct own_arguments *a, struct own_spec *spec,
                    struct diag *d)
{
    struct own_report report = {0};
    progress_show(&a->shared.engine);
    enum err e = own_run(spec, &report, d);
    progress_clear(&a->shared.engine);
    int code =
        e == ERR_INVALID || e == ERR_NOENT ? EXIT_USAGE : EXIT_INCOMPLETE;
    if (e == ERR_OK) {
        code =
            print(a, &report) == ERR_OK ? exit_code(&report) : EXIT_INCOMPLETE;
    }
    own_report_fini(&report);
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
    own_arguments_parse(&a, argc, argv);
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
    return code;
}
