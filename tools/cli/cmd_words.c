/* lockstep words: what a shell can complete.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"

static void print_verbs(void)
{
    for (const struct command *const *c = commands; *c; c++)
        puts((*c)->name);
}

static void print_detectors(void)
{
    for (const struct detector *const *d = detectors; *d; d++)
        puts((*d)->id);
}

static void print_formats(void)
{
    for (const struct format *const *f = formats; *f; f++)
        puts((*f)->id);
}

/* Each by its bare name too, where that is unique: that is what people type. */
static int print_cases(struct options *o)
{
    struct choice c = {0};
    strv_fini(&o->words);
    int code = options_choose(o, NULL, &c);
    for (size_t i = 0; code == EXIT_PASSED && i < c.what.n; i++) {
        puts(c.what.v[i].c->id);
        const char *name = case_short_name(&c.corpus, c.what.v[i].c);
        if (!str_eq(name, c.what.v[i].c->id))
            puts(name);
    }
    choice_fini(&c);
    return code;
}

static int print(struct options *o)
{
    const char *what = o->words.n == 1 ? o->words.v[0] : "";
    if (str_eq(what, "verbs"))
        print_verbs();
    else if (str_eq(what, "detectors"))
        print_detectors();
    else if (str_eq(what, "formats"))
        print_formats();
    else if (str_eq(what, "cases"))
        return print_cases(o);
    else {
        fputs("lockstep: words is followed by verbs, detectors, formats or "
              "cases\n",
              stderr);
        return EXIT_USAGE;
    }
    return EXIT_PASSED;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    options_parse(&o, argc, argv, "verbs|detectors|formats|cases",
                  "Print what there is of a kind, a line each, for shells to "
                  "complete.",
                  0, NULL);
    int code = print(&o);
    options_fini(&o);
    return code;
}

const struct command command_words = {
    .name = "words",
    .summary = "print verbs, detectors, formats or cases, a line each",
    .run = run,
};
