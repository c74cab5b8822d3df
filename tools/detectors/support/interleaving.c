/* The schedule that fails, for people.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/interleaving.h"

#include "base/str.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>

/* Columns of what a step does, before its place. */
#define WIDTH 48

static const char *text_of(const json_t *j, const char *key)
{
    const char *s = json_string_value(json_object_get(j, key));
    return s ? s : "";
}

static int number_of(const json_t *j, const char *key)
{
    return (int)json_integer_value(json_object_get(j, key));
}

/* "locks mutex `lock`", "writes `n` = 3" */
static char *deed(const json_t *step)
{
    struct buf b = {0};
    const char *object = text_of(step, "object"),
               *value = text_of(step, "value");
    buf_adds(&b, text_of(step, "does"));
    buf_addf(&b, "%s%s", *object ? " " : "", object);
    buf_addf(&b, "%s%s", *value ? " = " : "", value);
    return b.len ? buf_take(&b) : str_dup("");
}

static void add_step(struct buf *b, const json_t *step)
{
    bool turn = json_is_true(json_object_get(step, "switch"));
    int left_out = number_of(step, "left_out");
    const char *file = text_of(step, "file");
    char *what = deed(step);
    if (left_out > 0)
        buf_addf(b, "         ... %d steps left out\n", left_out);
    buf_addf(b, "  %s T%-3d %-*s", turn ? ">" : " ", number_of(step, "thread"),
             *file ? WIDTH : 0, what);
    if (*file)
        buf_addf(b, " %s:%d, in %s()", str_basename(file),
                 number_of(step, "line"), text_of(step, "function"));
    buf_adds(b, "\n");
    free(what);
}

static void add_bug(struct buf *b, const json_t *bug)
{
    const json_t *steps = json_object_get(bug, "steps"), *each;
    const char *text = text_of(bug, "text");
    size_t i;
    if (json_array_size(steps) == 0)
        return;
    buf_addf(b, "%s%s%s%s\n", b->len ? "\n" : "", text_of(bug, "kind"),
             *text ? ": " : "", text);
    json_array_foreach(json_object_get(bug, "places"), i, each)
    {
        buf_addf(b, "  %s\n", text_of(each, "text"));
    }
    buf_adds(b, "How it happens (> marks a switch of threads):\n");
    json_array_foreach(steps, i, each)
    {
        add_step(b, each);
    }
}

enum err interleaving_write(const struct explore_report *x, const char *dir)
{
    const json_t *bug;
    struct buf b = {0};
    enum err e = ERR_OK;
    size_t i;
    json_array_foreach(json_object_get(x->result, "bugs"), i, bug)
    {
        add_bug(&b, bug);
    }
    if (b.len) {
        char *path = fs_join(dir, INTERLEAVING_FILE);
        e = fs_write(path, buf_str(&b), b.len);
        free(path);
    }
    buf_fini(&b);
    return e;
}
