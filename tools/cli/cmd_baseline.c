/* lockstep baseline: the findings that are known.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "formats/support/style.h"
#include "model/baseline.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEY_PRUNE = 0x400, KEY_REASON };

struct arguments {
    bool prune;
    const char *reason;
};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    switch (key) {
    case KEY_PRUNE:
        a->prune = true;
        return 0;
    case KEY_REASON:
        a->reason = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option own_options[] = {
    {"prune", KEY_PRUNE, 0, 0,
     "Of update: take away what none of the reports has", 0},
    {"reason", KEY_REASON, "TEXT", 0,
     "Of update: why what is added is accepted", 0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

static void print_entry(const struct baseline_entry *e)
{
    printf("%.8s %s", e->fingerprint, kind_text(e->kind));
    for (size_t i = 0; i < e->detectors.n; i++) {
        fputs(i ? ", " : " [", stdout);
        style_text(e->detectors.v[i], stdout);
    }
    puts(e->detectors.n ? "]" : "");
    for (size_t i = 0; i < e->landmarks.n; i++) {
        fputs("  ", stdout);
        style_text(e->landmarks.v[i].file, stdout);
        fputs(", ", stdout);
        style_text(e->landmarks.v[i].function, stdout);
        fputs("(): ", stdout);
        style_text(e->landmarks.v[i].code, stdout);
        putchar('\n');
    }
    if (e->landmarks.n == 0) {
        fputs("  ", stdout);
        style_text(e->message, stdout);
        putchar('\n');
    }
    if (e->reason) {
        fputs("  accepted: ", stdout);
        style_text(e->reason, stdout);
        putchar('\n');
    }
}

static int fail(const char *path, enum err e, struct diag *d)
{
    if (d->messages.n == 0)
        diag_at(d, path, 0, "%s", err_text(e));
    return EXIT_USAGE;
}

static int show(const struct strv *words, struct diag *d)
{
    struct baseline b = {0};
    if (words->n != 2) {
        diag_add(d, "baseline show takes one FILE");
        return EXIT_USAGE;
    }
    enum err e = baseline_read(words->v[1], &b, d);
    for (size_t i = 0; e == ERR_OK && i < b.entries.n; i++)
        print_entry(&b.entries.v[i]);
    if (e == ERR_OK)
        printf("%zu known finding%s\n", b.entries.n,
               b.entries.n == 1 ? "" : "s");
    baseline_fini(&b);
    return e == ERR_OK ? EXIT_PASSED : fail(words->v[1], e, d);
}

/* "-" is stdin. */
static enum err read_report(const char *path, struct baseline *out,
                            struct diag *d)
{
    if (!str_eq(path, "-"))
        return baseline_read(path, out, d);
    return baseline_read("/dev/stdin", out, d);
}

static enum err add_reports(const struct strv *words, const struct arguments *a,
                            struct baseline *known, size_t *added,
                            struct diag *d)
{
    for (size_t i = 2; i < words->n; i++) {
        struct baseline from = {0};
        enum err e = read_report(words->v[i], &from, d);
        if (e == ERR_OK)
            *added += baseline_add(known, &from, a->reason);
        else
            fail(words->v[i], e, d);
        baseline_fini(&from);
        if (e != ERR_OK)
            return e;
    }
    return ERR_OK;
}

static int update(const struct strv *words, const struct arguments *a,
                  struct diag *d)
{
    struct baseline known = {0};
    size_t added = 0, pruned = 0;
    if (words->n < 2) {
        diag_add(d, "baseline update takes a FILE and, to add what they have, "
                    "the JSON of runs, `-` for stdin");
        return EXIT_USAGE;
    }
    const char *path = words->v[1];
    enum err e =
        access(path, F_OK) == 0 ? baseline_read(path, &known, d) : ERR_OK;
    if (e == ERR_OK)
        e = add_reports(words, a, &known, &added, d);
    if (e == ERR_OK && a->prune)
        pruned = baseline_prune(&known);
    if (e == ERR_OK)
        e = baseline_write(path, &known);
    if (e == ERR_OK)
        printf("%s: %zu known finding%s, %zu added, %zu taken away\n", path,
               known.entries.n, known.entries.n == 1 ? "" : "s", added, pruned);
    baseline_fini(&known);
    return e == ERR_OK ? EXIT_PASSED : fail(path, e, d);
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct arguments a = {0};
    struct diag d = {0};
    const struct own_options own = {&argp, &a, 0};
    options_parse(&o, argc, argv, "show FILE\nupdate FILE [REPORT...]",
                  "Print or extend the findings that are known, for "
                  "`lockstep run --baseline FILE -- PROGRAM` and `check`."
                  "\vREPORT is what `lockstep run --json -- PROGRAM` printed, "
                  "or kept beside its raw reports; `-` is stdin. An entry is "
                  "known by the kind of mistake and, of each place, the file's "
                  "name, the function and the line's code: lines may move.",
                  0, &own);
    const char *what = o.words.n ? o.words.v[0] : "";
    int code = EXIT_USAGE;
    if (str_eq(what, "show"))
        code = show(&o.words, &d);
    else if (str_eq(what, "update"))
        code = update(&o.words, &a, &d);
    else
        diag_add(&d, "baseline is followed by show or update, not '%s'", what);
    print_diag(&d);
    diag_fini(&d);
    options_fini(&o);
    return code;
}

const struct command command_baseline = {
    .name = "baseline",
    .summary = "print or extend the known findings of a program of your own",
    .run = run,
};
