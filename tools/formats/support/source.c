/* Sources and raw reports, read once, and their lines.
 * SPDX-License-Identifier: MIT */
#include "formats/support/source.h"

#include "formats/support/line_hash.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void source_free(struct source *f)
{
    free(f->path);
    buf_fini(&f->text);
    vec_fini(&f->starts);
    strv_fini(&f->hashes);
    free(f);
}

void sources_fini(struct sources *s)
{
    for (size_t i = 0; i < s->all.n; i++)
        source_free(s->all.v[i]);
    vec_fini(&s->all);
}

/* A report may name what never ends, such as a device. */
static enum err read_regular(const char *path, struct buf *out)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return ERR_NOENT;
    if ((size_t)st.st_size > SOURCE_MOST)
        return ERR_INVALID;
    return fs_read(path, out);
}

enum err source_read(const struct format_options *o, const char *path,
                     struct buf *out)
{
    return o->read ? o->read(o->read_arg, path, out) : read_regular(path, out);
}

static void find_lines(struct source *f)
{
    const char *text = buf_str(&f->text);
    for (size_t at = 0; at < f->text.len;) {
        const char *end = memchr(text + at, '\n', f->text.len - at);
        vec_push(&f->starts, at);
        at = end ? (size_t)(end - text) + 1 : f->text.len;
    }
}

struct source *sources_get(struct sources *s, const char *path)
{
    struct source *f = NULL;
    for (size_t i = s->all.n; i > 0 && !f; i--)
        if (str_eq(s->all.v[i - 1]->path, path))
            f = s->all.v[i - 1];
    if (!f) {
        f = mem_new(1, sizeof *f);
        f->path = str_dup(path);
        f->there = source_read(s->options, path, &f->text) == ERR_OK;
        if (f->there)
            find_lines(f);
        vec_push(&s->all, f);
    }
    return f->there ? f : NULL;
}

const char *source_line(const struct source *f, int line, size_t *n)
{
    if (line < 1 || (size_t)line > f->starts.n)
        return NULL;
    const char *text = buf_str(&f->text) + f->starts.v[line - 1];
    size_t end = (size_t)line < f->starts.n ? f->starts.v[line] : f->text.len;
    *n = end - f->starts.v[line - 1];
    while (*n > 0 && (text[*n - 1] == '\n' || text[*n - 1] == '\r'))
        (*n)--;
    return text;
}

bool source_is_text(const struct source *f)
{
    return !f->text.len || !memchr(f->text.data, '\0', f->text.len);
}

const char *source_hash(struct source *f, int line)
{
    if (f->hashes.n == 0)
        line_hashes(buf_str(&f->text), f->text.len, &f->hashes);
    bool there = line >= 1 && (size_t)line <= f->hashes.n;
    return there ? f->hashes.v[line - 1] : NULL;
}
