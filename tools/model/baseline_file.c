/* The file of known findings.
 * SPDX-License-Identifier: MIT */
#include "model/baseline.h"

#include "base/str.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT 1

static char *text_of(const json_t *j, const char *key)
{
    const char *s = json_string_value(json_object_get(j, key));
    return str_dup(s ? s : "");
}

static void read_landmarks(const json_t *entry, struct landmarks *out)
{
    const json_t *l = json_object_get(entry, "places");
    for (size_t i = 0; i < json_array_size(l); i++) {
        const json_t *place = json_array_get(l, i);
        vec_push(out, ((struct landmark){text_of(place, "file"),
                                         text_of(place, "function"),
                                         text_of(place, "code")}));
    }
}

/* The ids, be they plain or, as in a report, in objects that tell the rates. */
static void read_detectors(const json_t *entry, struct strv *out)
{
    const json_t *l = json_object_get(entry, "detectors");
    for (size_t i = 0; i < json_array_size(l); i++) {
        const json_t *one = json_array_get(l, i);
        if (json_is_object(one))
            one = json_object_get(one, "detector");
        const char *id = json_string_value(one);
        if (id && !strv_has(out, id))
            strv_add(out, id);
    }
}

static void read_entry(const char *path, size_t number, const json_t *j,
                       struct baseline *out, struct diag *d)
{
    const char *kind = json_string_value(json_object_get(j, "kind"));
    const char *print = json_string_value(json_object_get(j, "fingerprint"));
    enum kind k = kind ? kind_by_id(kind) : KIND_COUNT;
    if (!print || k == KIND_COUNT) {
        diag_at(d, path, 0,
                "entry %zu of \"findings\" has no \"fingerprint\" or no known "
                "\"kind\"; `lockstep baseline update` writes the file",
                number);
        return;
    }
    struct baseline_entry e = {
        .fingerprint = str_dup(print),
        .kind = k,
        .one_sided = json_is_true(json_object_get(j, "one_sided")),
        .message = text_of(j, "message"),
        .reason = str_dup(json_string_value(json_object_get(j, "reason"))),
    };
    read_landmarks(j, &e.landmarks);
    read_detectors(j, &e.detectors);
    vec_push(&out->entries, e);
}

/* A report has the same list beside much else. */
static bool is_ours(const json_t *root)
{
    return json_integer_value(json_object_get(root, "lockstep_baseline")) ==
               FORMAT ||
           json_is_object(json_object_get(root, "program"));
}

enum err baseline_parse(const char *path, const char *text, size_t n,
                        struct baseline *out, struct diag *d)
{
    json_error_t error;
    json_t *root = json_loadb(text, n, 0, &error);
    const json_t *list = json_object_get(root, "findings");
    size_t before = d->messages.n;
    if (!root)
        diag_at(d, path, error.line, "no JSON: %s", error.text);
    else if (!is_ours(root) || !json_is_array(list))
        diag_at(d, path, 0,
                "neither a baseline nor the JSON of `lockstep run -- PROGRAM` "
                "or `lockstep check`; `lockstep baseline update` makes one");
    else
        for (size_t i = 0; i < json_array_size(list); i++)
            read_entry(path, i + 1, json_array_get(list, i), out, d);
    json_decref(root);
    return d->messages.n > before ? ERR_INVALID : ERR_OK;
}

enum err baseline_read(const char *path, struct baseline *out, struct diag *d)
{
    struct buf text = {0};
    enum err e = fs_read(path, &text);
    if (e == ERR_OK)
        e = baseline_parse(path, buf_str(&text), text.len, out, d);
    buf_fini(&text);
    return e;
}

/* Bytes that are no UTF-8 would fail the whole file: they become '?'. */
static json_t *text_json(const char *s)
{
    struct buf clean = {0};
    while (s && *s) {
        size_t n = str_utf8(s);
        buf_add(&clean, n ? s : "?", n ? n : 1);
        s += n ? n : 1;
    }
    json_t *j = json_string(buf_str(&clean));
    buf_fini(&clean);
    return j;
}

static json_t *entry_json(const struct baseline_entry *e)
{
    json_t *places = json_array(), *ids = json_array();
    for (size_t i = 0; i < e->landmarks.n; i++) {
        const struct landmark *s = &e->landmarks.v[i];
        json_array_append_new(places, json_pack("{s:o, s:o, s:o}", "file",
                                                text_json(s->file), "function",
                                                text_json(s->function), "code",
                                                text_json(s->code)));
    }
    for (size_t i = 0; i < e->detectors.n; i++)
        json_array_append_new(ids, text_json(e->detectors.v[i]));
    return json_pack("{s:o, s:s, s:b, s:o, s:o, s:o, s:o}", "fingerprint",
                     text_json(e->fingerprint), "kind", kind_id(e->kind),
                     "one_sided", e->one_sided, "message",
                     text_json(e->message), "detectors", ids, "places", places,
                     "reason", e->reason ? text_json(e->reason) : json_null());
}

static int compare(const void *a, const void *b)
{
    const struct baseline_entry *x = a, *y = b;
    int order = 0;
    if (x->landmarks.n && y->landmarks.n)
        order = strcmp(x->landmarks.v[0].file, y->landmarks.v[0].file);
    if (order == 0 && x->landmarks.n && y->landmarks.n)
        order = strcmp(x->landmarks.v[0].function, y->landmarks.v[0].function);
    return order ? order : strcmp(x->fingerprint, y->fingerprint);
}

enum err baseline_write(const char *path, struct baseline *b)
{
    json_t *list = json_array();
    if (b->entries.n > 1)
        qsort(b->entries.v, b->entries.n, sizeof *b->entries.v, compare);
    for (size_t i = 0; i < b->entries.n; i++)
        json_array_append_new(list, entry_json(&b->entries.v[i]));
    json_t *root =
        json_pack("{s:i, s:o}", "lockstep_baseline", FORMAT, "findings", list);
    char *text = json_dumps(root, JSON_INDENT(2));
    struct buf out = {0};
    buf_addf(&out, "%s\n", text);
    enum err e = fs_write(path, buf_str(&out), out.len);
    buf_fini(&out);
    free(text);
    json_decref(root);
    return e;
}
