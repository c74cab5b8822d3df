/* The options that verbs share.
 * SPDX-License-Identifier: MIT */
#include "cli/options.h"

#include "cli/command.h"
#include "cli/pictures_option.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum key {
    KEY_DETECTOR = 'd',
    KEY_FAMILY = 'f',
    KEY_JOBS = 'j',
    KEY_REPEAT = 'r',
    KEY_TIMEOUT = 't',
    KEY_OUT = 'o',
    KEY_JSON = 0x100,
    KEY_FORMAT,
    KEY_COLOR,
    KEY_REQUIRE,
    KEY_CASES,
    KEY_TIMING,
    KEY_ALL,
};

enum { KEY_PICTURES = 0x180 };

struct option_entry {
    unsigned accepted; /* 0: by every verb */
    struct argp_option argp;
};

static const struct option_entry all_options[] = {
    {ACCEPT_DETECTOR,
     {"detector", KEY_DETECTOR, "ID,...", 0, "Only these detectors", 0}},
    {ACCEPT_DETECTOR,
     {"family", KEY_FAMILY, "WHICH", 0,
      "Only detectors that read sources (static), that watch programs run "
      "(dynamic), or that try their schedules (exploring)",
      0}},
    {ACCEPT_RUN, {"jobs", KEY_JOBS, "N", 0, "Children at a time (cores)", 0}},
    {ACCEPT_RUN, {"repeat", KEY_REPEAT, "N", 0, "Runs of each program", 0}},
    {ACCEPT_RUN,
     {"timeout", KEY_TIMEOUT, "S", 0,
      "Seconds for a plain run; a slow detector gets a multiple (10)", 0}},
    {ACCEPT_RUN,
     {"require", KEY_REQUIRE, "ID,...", 0,
      "Detectors that must be there: else the exit code is 3", 0}},
    {ACCEPT_TIMING, {"timing", KEY_TIMING, 0, 0, "Tell what the run cost", 0}},
    {ACCEPT_OUT,
     {"out", KEY_OUT, "DIR", 0,
      "Folder for programs and raw reports ($XDG_CACHE_HOME/lockstep)", 0}},
    {ACCEPT_JSON, {"json", KEY_JSON, 0, 0, "Print JSON", 0}},
    {ACCEPT_FORMAT,
     {"format", KEY_FORMAT, "ID[=FILE]", 0,
      "Print in this format (table), or write it to a file; may be given "
      "several times",
      0}},
    {ACCEPT_FORMAT,
     {"all", KEY_ALL, 0, 0,
      "Tell machines of all findings, not only of what differs from the record",
      0}},
    {0,
     {"color", KEY_COLOR, "WHEN", 0,
      "auto, always or never; auto heeds NO_COLOR", 0}},
    {0, {"cases", KEY_CASES, "DIR", 0, "Another corpus", 0}},
    {ACCEPT_FORMAT,
     {"pictures", KEY_PICTURES, "DIR", 0,
      "Show the pictures that `bench --save` wrote there, where the format "
      "does",
      0}},
};

#define OPTION_COUNT (sizeof all_options / sizeof *all_options)

static void add_detectors(struct strv *l, const char *list,
                          struct argp_state *state)
{
    size_t first = l->n;
    strv_split(l, list, ',');
    if (l->n == first)
        argp_error(state, "'%s' names no detector", list);
    for (size_t i = first; i < l->n; i++)
        if (!detector_by_id(l->v[i]))
            argp_error(state,
                       "no detector is called '%s'; `lockstep doctor` lists "
                       "them",
                       l->v[i]);
}

static void set_family(struct options *o, const char *which,
                       struct argp_state *state)
{
    if (!str_eq(which, "all") && !str_eq(which, "static") &&
        !str_eq(which, "dynamic") && !str_eq(which, "exploring"))
        argp_error(state,
                   "--family is static, dynamic, exploring or all, not '%s'",
                   which);
    o->family = str_eq(which, "all") ? NULL : which;
}

/* Leaves the detectors of the family, of those named or of all. */
static void choose_family(struct options *o, struct argp_state *state)
{
    struct strv chosen = {0};
    struct strv *named = &o->engine.detectors;
    o->by_name = named->n > 0;
    if (!o->family)
        return;
    for (const struct detector *const *d = detectors; *d; d++)
        if (str_eq(detector_family_id((*d)->family), o->family) &&
            (named->n == 0 || strv_has(named, (*d)->id)))
            strv_add(&chosen, (*d)->id);
    if (chosen.n == 0)
        argp_error(state, "no detector of --detector is %s", o->family);
    strv_fini(named);
    *named = chosen;
}

double options_number(const char *option, const char *text, double min,
                      double max, struct argp_state *state)
{
    char *end;
    double x = strtod(text, &end);
    if (end == text || *end || !(x >= min && x <= max))
        argp_error(state, "--%s: '%s' is no number from %g to %g", option, text,
                   min, max);
    return x;
}

static bool wants_color(const char *when, struct argp_state *state)
{
    if (str_eq(when, "always"))
        return true;
    if (!str_eq(when, "never") && !str_eq(when, "auto"))
        argp_error(state, "--color is auto, always or never, not '%s'", when);
    const char *no = getenv("NO_COLOR");
    return str_eq(when, "auto") && isatty(STDOUT_FILENO) && !(no && *no);
}

static void add_pictures(struct options *o, const char *dir,
                         struct argp_state *state)
{
    enum err e = pictures_read(dir, &o->pictures);
    if (e != ERR_OK)
        argp_error(state,
                   "--pictures: no picture (*.svg) can be read in %s: %s", dir,
                   err_text(e));
    o->style.pictures = &o->pictures;
}

static void replace(char **field, const char *value)
{
    free(*field);
    *field = str_dup(value);
}

/* The input of the shared parser. */
struct parsing {
    struct options *o;
    const struct own_options *own;
    bool takes_words;
};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    const struct parsing *p = state->input;
    struct options *o = p->o;
    switch (key) {
    case ARGP_KEY_INIT:
        if (p->own)
            state->child_inputs[0] = p->own->input;
        return 0;
    case KEY_DETECTOR:
        add_detectors(&o->engine.detectors, arg, state);
        return 0;
    case KEY_FAMILY:
        set_family(o, arg, state);
        return 0;
    case KEY_REQUIRE:
        add_detectors(&o->engine.required, arg, state);
        return 0;
    case KEY_JOBS:
        o->engine.jobs = (unsigned)options_number("jobs", arg, 1, 1024, state);
        return 0;
    case KEY_REPEAT:
        o->engine.repeat =
            (unsigned)options_number("repeat", arg, 1, 100000, state);
        return 0;
    case KEY_TIMEOUT:
        o->engine.timeout = options_number("timeout", arg, 0.1, 86400, state);
        return 0;
    case KEY_OUT:
        replace(&o->out, arg);
        return 0;
    case KEY_CASES:
        replace(&o->cases, arg);
        return 0;
    case KEY_JSON:
        o->json = o->format_given = true;
        o->format = format_by_id("json");
        return 0;
    case KEY_FORMAT:
        if (outputs_add(&o->files, arg, &o->format, state))
            o->format_given = true;
        return 0;
    case KEY_ALL:
        o->style.all = true;
        return 0;
    case KEY_COLOR:
        o->style.color = wants_color(arg, state);
        return 0;
    case KEY_TIMING:
        o->style.timing = true;
        return 0;
    case KEY_PICTURES:
        add_pictures(o, arg, state);
        return 0;
    case ARGP_KEY_SUCCESS:
        choose_family(o, state);
        return 0;
    case ARGP_KEY_ARG:
        if (!p->takes_words)
            argp_error(state, "'%s': this verb takes no CASE", arg);
        strv_add(&o->words, arg);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int terminal_width(void)
{
    struct winsize w;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col > 0)
        return w.ws_col;
    return 80;
}

static void set_defaults(struct options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *o = (struct options){.format = format_by_id("table")};
    o->engine.jobs = cores > 0 ? (unsigned)cores : 1;
    o->engine.repeat = 1;
    o->engine.timeout = 10;
    o->style.color = wants_color("auto", NULL);
    o->style.width = terminal_width();
}

void options_parse(struct options *o, int argc, char **argv,
                   const char *args_doc, const char *doc, unsigned accepted,
                   const struct own_options *own)
{
    struct argp_option table[OPTION_COUNT + 1] = {0};
    size_t n = 0;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (all_options[i].accepted == 0 ||
            (all_options[i].accepted & accepted))
            table[n++] = all_options[i].argp;
    const struct argp_child children[] = {{own ? own->argp : NULL, 0, NULL, 0},
                                          {0}};
    const struct argp argp = {
        table, parse_one, args_doc, doc, own ? children : NULL, NULL, NULL};
    struct parsing parsing = {o, own, *args_doc != '\0'};
    set_defaults(o);
    if (own && own->repeat)
        o->engine.repeat = own->repeat;
    if (accepted & DEFAULT_UNDECIDED)
        o->engine.repeat = 0, o->engine.timeout = 0;
    if (accepted & DEFAULT_ONE_JOB)
        o->engine.jobs = 1;
    argp_parse(&argp, argc, argv, 0, NULL, &parsing);
    locate(o);
    char *header = fs_join(o->cases, "case.h");
    o->engine.env = (struct detector_env){o->configs, o->lib, o->tool};
    o->engine.include_dir = fs_is_file(header) ? o->cases : o->home_cases;
    o->engine.out = o->out;
    free(header);
}

void options_only_dynamic(struct options *o)
{
    if (o->engine.detectors.n)
        return;
    for (const struct detector *const *d = detectors; *d; d++)
        if ((*d)->family == DETECTOR_DYNAMIC)
            strv_add(&o->engine.detectors, (*d)->id);
}

void options_fini(struct options *o)
{
    strv_fini(&o->engine.detectors);
    strv_fini(&o->engine.required);
    strv_fini(&o->words);
    outputs_fini(&o->files);
    free(o->cases);
    free(o->home_cases);
    free(o->configs);
    free(o->lib);
    free(o->tool);
    free(o->out);
    strv_fini(&o->pictures);
}

void print_diag(const struct diag *d)
{
    for (size_t i = 0; i < d->messages.n; i++)
        fprintf(stderr, "lockstep: %s\n", d->messages.v[i]);
}

static int load(const struct options *o, struct corpus *c)
{
    struct strv ids = {0};
    struct diag d = {0};
    for (const struct detector *const *p = detectors; *p; p++)
        strv_add(&ids, (*p)->id);
    enum err e = corpus_load(o->cases, &ids, c, &d);
    print_diag(&d);
    diag_fini(&d);
    strv_fini(&ids);
    /* Who named cases can do without the others, as long as those can be read:
     * one is being written, perhaps. */
    if (e == ERR_INVALID && o->words.n && c->cases.n)
        e = ERR_OK;
    return e == ERR_OK ? EXIT_PASSED : EXIT_USAGE;
}

static int choose(const struct options *o, const struct corpus *c,
                  struct selections *what)
{
    struct diag d = {0};
    for (size_t i = 0; i < o->words.n; i++) {
        struct selection s = {0};
        if (corpus_find(c, o->words.v[i], &s.c, &s.variant, &d) == ERR_OK)
            vec_push(what, s);
    }
    for (size_t i = 0; o->words.n == 0 && i < c->cases.n; i++)
        vec_push(what, ((struct selection){&c->cases.v[i], NULL}));
    int code = d.messages.n ? EXIT_USAGE : EXIT_PASSED;
    print_diag(&d);
    diag_fini(&d);
    return code;
}

int options_choose(const struct options *o, const char *needy, struct choice *c)
{
    int code = load(o, &c->corpus);
    if (code == EXIT_PASSED && needy && o->words.n == 0) {
        fprintf(stderr,
                "lockstep: %s needs a CASE; `lockstep list` prints them\n",
                needy);
        code = EXIT_USAGE;
    }
    return code == EXIT_PASSED ? choose(o, &c->corpus, &c->what) : code;
}

void choice_fini(struct choice *c)
{
    vec_fini(&c->what);
    corpus_fini(&c->corpus);
}
