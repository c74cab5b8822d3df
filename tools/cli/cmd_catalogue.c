/* lockstep catalogue: the page of all cases, in Markdown.
 * SPDX-License-Identifier: MIT */
#include "cli/catalogue.h"
#include "cli/command.h"
#include "cli/facts.h"
#include "cli/options.h"
#include "model/class_note.h"
#include "os/fs.h"

#include <stdlib.h>

/* The cases of a corpus stand together by class. */
static void find_classes(const struct corpus *corpus, struct strv *classes)
{
    for (size_t i = 0; i < corpus->cases.n; i++)
        if (!strv_has(classes, corpus->cases.v[i].class))
            strv_add(classes, corpus->cases.v[i].class);
}

static enum err read_note(const struct corpus *corpus, const char *class,
                          struct strv *notes, struct diag *d)
{
    char *path = str_fmt("%s/%s/README.md", corpus->dir, class);
    struct buf text = {0};
    enum err e = fs_read(path, &text);
    char *note = e == ERR_OK ? class_note(buf_str(&text)) : NULL;
    if (e != ERR_OK)
        diag_at(d, path, 0, "cannot be read: %s; it says what the class is",
                err_text(e));
    else if (!note)
        diag_at(d, path, 0, "has no paragraph that says what the class is");
    if (note)
        strv_take(notes, note);
    buf_fini(&text);
    free(path);
    return note ? ERR_OK : ERR_INVALID;
}

/* A corpus without the list has nothing to tell. */
static enum err read_not_built(const struct corpus *corpus,
                               struct not_built **out, struct diag *d)
{
    char *path = fs_join(corpus->dir, "not-built.yaml");
    struct buf text = {0};
    enum err e = fs_read(path, &text);
    if (e == ERR_NOENT)
        buf_adds(&text, "pairs: []\n");
    else if (e != ERR_OK)
        diag_at(d, path, 0, "cannot be read: %s", err_text(e));
    if (e == ERR_OK || e == ERR_NOENT)
        e = not_built_read(path, buf_str(&text), text.len, out, d);
    buf_fini(&text);
    free(path);
    return e;
}

static int print(const struct corpus *corpus)
{
    struct strv classes = {0}, notes = {0};
    struct not_built *not_built = NULL;
    struct diag d = {0};
    find_classes(corpus, &classes);
    enum err e = read_not_built(corpus, &not_built, &d);
    for (size_t i = 0; i < classes.n; i++) {
        enum err one = read_note(corpus, classes.v[i], &notes, &d);
        e = e == ERR_OK ? one : e;
    }
    struct catalogue c = {corpus, &classes, &notes, not_built};
    if (e == ERR_OK)
        catalogue_print(&c, stdout);
    print_diag(&d);
    diag_fini(&d);
    not_built_free(not_built);
    strv_fini(&classes);
    strv_fini(&notes);
    return e == ERR_OK ? EXIT_PASSED : EXIT_USAGE;
}

/* ---- a page about detectors ---- */

struct arguments {
    struct options shared;
    const char *page, *costs;
};

enum key { KEY_FACTS = 0x200, KEY_COSTS };

static const struct argp_option table[] = {
    {"facts", KEY_FACTS, "PAGE", 0,
     "Print this page about detectors instead, with the facts between its "
     "marks made anew",
     0},
    {"costs", KEY_COSTS, "FILE", 0,
     "What detectors cost: the JSON of `lockstep run --json`", 0},
    {0},
};

static error_t parse_one(int key, char *text, struct argp_state *state)
{
    struct arguments *a = state->input;
    if (key != KEY_FACTS && key != KEY_COSTS)
        return ARGP_ERR_UNKNOWN;
    *(key == KEY_FACTS ? &a->page : &a->costs) = text;
    return 0;
}

/* True if path is NULL: then there is nothing to read. */
static bool read_file(const char *path, struct buf *text, struct diag *d)
{
    enum err e = path ? fs_read(path, text) : ERR_OK;
    if (e)
        diag_at(d, path, 0, "cannot be read: %s", err_text(e));
    return e == ERR_OK;
}

static int print_facts(const struct arguments *a, const struct corpus *corpus)
{
    struct buf page = {0}, costs = {0};
    struct diag d = {0};
    if (read_file(a->page, &page, &d) && read_file(a->costs, &costs, &d)) {
        struct facts f = {.corpus = corpus,
                          .page = a->page,
                          .page_text = buf_str(&page),
                          .costs = a->costs,
                          .costs_text = a->costs ? buf_str(&costs) : NULL,
                          .links = "../cases/"};
        facts_print(&f, stdout, &d);
    }
    print_diag(&d);
    int code = d.messages.n ? EXIT_USAGE : EXIT_PASSED;
    diag_fini(&d);
    buf_fini(&page);
    buf_fini(&costs);
    return code;
}

static int run(int argc, char **argv)
{
    static const struct argp argp = {table, parse_one, NULL, NULL,
                                     NULL,  NULL,      NULL};
    struct arguments a = {0};
    const struct own_options own = {&argp, &a, 0};
    struct choice c = {0};
    options_parse(&a.shared, argc, argv, "",
                  "Print the page of all cases, in Markdown: what fails how, "
                  "and who sees it, as recorded.",
                  0, &own);
    int code = options_choose(&a.shared, NULL, &c);
    if (code == EXIT_PASSED)
        code = a.page ? print_facts(&a, &c.corpus) : print(&c.corpus);
    choice_fini(&c);
    options_fini(&a.shared);
    return code;
}

const struct command command_catalogue = {
    .name = "catalogue",
    .summary = "print the page of all cases, in Markdown",
    .run = run,
};
