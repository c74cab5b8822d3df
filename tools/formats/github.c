/* Commands to the runner of GitHub Actions: an annotation for each failure, and
 * no line that it could take for another command.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/escape.h"
#include "formats/support/problems.h"

static enum err write_github(const struct report *r,
                             const struct format_options *o, FILE *out);

const struct format format_github = {
    .id = "github",
    .title = "annotations of GitHub Actions, of what fails the gate",
    .write = write_github,
};

static void add_problem(struct buf *b, const struct problem *p)
{
    buf_addf(b, "::%s file=", p->fails ? "error" : "notice");
    escape_command_property(b, p->spot.path);
    buf_addf(b, ",line=%d,endLine=%d,col=%d,endColumn=%d,title=", p->spot.line,
             p->spot.line, p->spot.column, p->spot.end);
    escape_command_property(b, p->title);
    buf_adds(b, "::");
    escape_command(b, p->text);
    buf_adds(b, "\n");
}

/* A detector that broke has no place in a file. */
static void add_incomplete(struct buf *b, const struct strv *l)
{
    for (size_t i = 0; i < l->n; i++) {
        buf_adds(b, "::error title=incomplete::");
        escape_command(b, l->v[i]);
        buf_adds(b, "\n");
    }
}

static enum err write_github(const struct report *r,
                             const struct format_options *o, FILE *out)
{
    struct places places;
    struct problems l = {0};
    struct buf b = {0};
    places_init(&places, r, o);
    problems_find(r, o, &places, &l);
    for (size_t i = 0; i < l.n; i++)
        add_problem(&b, &l.v[i]);
    add_incomplete(&b, &r->gate.incomplete);
    fwrite(buf_str(&b), 1, b.len, out);
    buf_fini(&b);
    problems_fini(&l);
    places_fini(&places);
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}
