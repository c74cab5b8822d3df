/* Where a report goes.
 * SPDX-License-Identifier: MIT */
#include "cli/outputs.h"

#include "os/fs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void outputs_fini(struct outputs *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].path);
    vec_fini(l);
}

static const struct format *format_called(const char *id,
                                          struct argp_state *state)
{
    struct buf known = {0};
    const struct format *found = format_by_id(id);
    for (const struct format *const *f = formats; !found && *f; f++)
        buf_addf(&known, " %s", (*f)->id);
    if (!found)
        argp_error(state, "no format is called '%s'; there is:%s", id,
                   buf_str(&known));
    buf_fini(&known);
    return found;
}

bool outputs_add(struct outputs *l, const char *word,
                 const struct format **printed, struct argp_state *state)
{
    const char *path = strchr(word, '=');
    char *id = path ? str_ndup(word, (size_t)(path - word)) : str_dup(word);
    const struct format *format = format_called(id, state);
    free(id);
    if (path && !path[1])
        argp_error(state, "--format: '%s' names no file", word);
    if (path)
        vec_push(l, ((struct output){format, str_dup(path + 1)}));
    else
        *printed = format;
    return !path;
}

static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

static enum err write_special(const char *path, const char *text, size_t n)
{
    FILE *f = fopen(path, "we");
    if (!f)
        return err_from_errno(errno);
    enum err e = fwrite(text, 1, n, f) == n ? ERR_OK : err_from_errno(errno);
    if (fclose(f) != 0 && e == ERR_OK)
        e = err_from_errno(errno);
    return e;
}

/* Of a link, what it leads to is written. */
static enum err put(const char *path, const char *text, size_t n)
{
    if (is_special(path))
        return write_special(path, text, n);
    char *real = fs_real(path);
    enum err e = fs_write(real ? real : path, text, n);
    free(real);
    return e;
}

static enum err write_one(const struct output *out, write_report *write,
                          void *arg, const struct format_options *o)
{
    char *text = NULL;
    size_t n = 0;
    struct format_options plain = *o;
    plain.color = false;
    plain.width = 0;
    FILE *f = open_memstream(&text, &n);
    enum err e = f ? write(arg, out->format, &plain, f) : ERR_IO;
    if (f && fclose(f) != 0 && e == ERR_OK)
        e = ERR_IO;
    if (e == ERR_OK)
        e = put(out->path, text, n);
    if (e != ERR_OK)
        fprintf(stderr, "lockstep: %s: cannot be written: %s\n", out->path,
                err_text(e));
    free(text);
    return e;
}

enum err outputs_write_by(const struct outputs *l, write_report *write,
                          void *arg, const struct format_options *o)
{
    enum err first = ERR_OK;
    for (size_t i = 0; i < l->n; i++) {
        enum err e = write_one(&l->v[i], write, arg, o);
        if (first == ERR_OK)
            first = e;
    }
    return first;
}

static enum err write_matrix(void *arg, const struct format *format,
                             const struct format_options *o, FILE *out)
{
    const struct report *const *r = arg;
    return format->write(*r, o, out);
}

enum err outputs_write(const struct outputs *l, const struct report *r,
                       const struct format_options *o)
{
    return outputs_write_by(l, write_matrix, &r, o);
}
