/* lockstep catalogue: the page of all cases, in Markdown.
 * SPDX-License-Identifier: MIT */
#include "cli/catalogue.h"
#include "cli/command.h"
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

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct choice c = {0};
    options_parse(&o, argc, argv, "",
                  "Print the page of all cases, in Markdown: what fails how, "
                  "and who sees it, as recorded.",
                  0, NULL);
    int code = options_choose(&o, NULL, &c);
    if (code == EXIT_PASSED)
        code = print(&c.corpus);
    choice_fini(&c);
    options_fini(&o);
    return code;
}

const struct command command_catalogue = {
    .name = "catalogue",
    .summary = "print the page of all cases, in Markdown",
    .run = run,
};
