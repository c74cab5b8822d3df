/* A report on a program of the user's own, in whatever form.
 * SPDX-License-Identifier: MIT */
#include "cli/own_output.h"

#include "cli/own_json.h"
#include "cli/own_text.h"
#include "engine/own.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

#define REPORT "report.json"

char *own_kept(const struct own_report *r)
{
    char *dir = own_run_dir(r), *path = dir ? fs_join(dir, REPORT) : NULL;
    free(dir);
    return path;
}

enum err own_keep_json(const struct own_report *r)
{
    char *path = own_kept(r);
    json_t *j = path ? own_json(r) : NULL;
    char *text = j ? json_dumps(j, JSON_INDENT(2)) : NULL;
    enum err e = text ? fs_write(path, text, strlen(text)) : ERR_NOENT;
    free(text);
    json_decref(j);
    free(path);
    return e;
}

/* As JSON and for a terminal it tells more than the report of a corpus can. */
static enum err write(void *arg, const struct format *format,
                      const struct format_options *o, FILE *out)
{
    const struct own_report *const *r = arg;
    if (str_eq(format->id, "json")) {
        json_t *j = own_json(*r);
        json_dumpf(j, out, JSON_INDENT(2));
        fputc('\n', out);
        json_decref(j);
    } else if (str_eq(format->id, "table")) {
        char *kept = own_kept(*r);
        own_text(*r, kept && fs_is_file(kept) ? kept : NULL, o, out);
        free(kept);
    } else {
        return format->write(&(*r)->base, o, out);
    }
    return fflush(out) == 0 && !ferror(out) ? ERR_OK : ERR_IO;
}

enum err own_print(const struct options *o, const struct format_options *style,
                   const struct own_report *r, bool print)
{
    enum err e = ERR_OK;
    if (print)
        e = write(&r, o->format, style, stdout);
    enum err files = outputs_write_by(&o->files, write, &r, style);
    return e == ERR_OK ? files : e;
}
