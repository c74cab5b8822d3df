/* Locations and code flows of SARIF.
 * SPDX-License-Identifier: MIT */
#include "formats/support/sarif_places.h"

#include "formats/support/escape.h"
#include "formats/support/json_text.h"
#include "formats/support/words.h"

#include <stdlib.h>

static json_t *region(const struct spot *s)
{
    size_t n = 0;
    const char *text = s->source ? source_line(s->source, s->line, &n) : NULL;
    json_t *j =
        json_pack("{s:i, s:i, s:i, s:i}", "startLine", s->line, "startColumn",
                  s->column, "endLine", s->line, "endColumn", s->end);
    if (text) {
        struct buf b = {0};
        escape_mend(&b, text, n);
        json_object_set_new(j, "snippet",
                            json_pack("{s:o}", "text", json_text(buf_str(&b))));
        buf_fini(&b);
    }
    return j;
}

static json_t *message(const char *text)
{
    struct buf b = {0};
    escape_sarif(&b, text);
    json_t *j = json_pack("{s:s}", "text", buf_str(&b));
    buf_fini(&b);
    return j;
}

json_t *sarif_location(const struct spot *s, const char *function,
                       const char *text)
{
    struct buf uri = {0};
    escape_uri(&uri, s->path);
    json_t *j = json_pack("{s:{s:{s:s, s:s}, s:o}}", "physicalLocation",
                          "artifactLocation", "uri", buf_str(&uri), "uriBaseId",
                          "%SRCROOT%", "region", region(s));
    if (function)
        json_object_set_new(j, "logicalLocations",
                            json_pack("[{s:o, s:s}]", "name",
                                      json_text(function), "kind", "function"));
    if (text)
        json_object_set_new(j, "message", message(text));
    buf_fini(&uri);
    return j;
}

/* An access as a location with its words, or NULL if it is not inside. */
static json_t *place(struct places *p, const struct result *r,
                     const struct access *a)
{
    const struct frame *f = access_place(a);
    struct spot spot;
    if (a->role == ROLE_CREATED || !places_spot(p, r, f, &spot))
        return NULL;
    char *words = words_access(a);
    json_t *j = sarif_location(&spot, f->function, words);
    free(words);
    spot_fini(&spot);
    return j;
}

json_t *sarif_related(struct places *p, const struct result *r,
                      const struct finding *f, size_t primary)
{
    json_t *l = json_array();
    for (size_t i = 0; i < f->accesses.n; i++) {
        json_t *j = i == primary ? NULL : place(p, r, &f->accesses.v[i]);
        if (!j)
            continue;
        json_object_set_new(j, "id", json_integer((json_int_t)i + 1));
        json_array_append_new(l, j);
    }
    return l;
}

/* A lock is held before another one is waited for. */
static bool is_earlier(const struct access *a)
{
    return a->previous || a->role == ROLE_HOLDS;
}

/* An access of which the thread is not known is by one of its own. */
static bool same_thread(const struct access *a, const struct access *b)
{
    return a == b || (a->thread && str_eq(a->thread, b->thread));
}

/* Adds those of the thread of accesses[from], the earlier or the later. */
static size_t add_steps(struct places *p, const struct result *r,
                        const struct finding *f, size_t from, bool earlier,
                        json_t *steps)
{
    size_t n = 0;
    for (size_t i = from; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        bool mine =
            same_thread(a, &f->accesses.v[from]) && is_earlier(a) == earlier;
        json_t *j = mine ? place(p, r, a) : NULL;
        if (!j)
            continue;
        json_array_append_new(
            steps, json_pack("{s:o, s:i, s:s}", "location", j, "executionOrder",
                             earlier ? 1 : 2, "importance", "essential"));
        n++;
    }
    return n;
}

static bool seen_before(const struct finding *f, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (same_thread(&f->accesses.v[j], &f->accesses.v[i]))
            return true;
    return false;
}

json_t *sarif_code_flows(struct places *p, const struct result *r,
                         const struct finding *f)
{
    json_t *threads = json_array();
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++) {
        json_t *steps = json_array();
        char *id = f->accesses.v[i].thread ? str_dup(f->accesses.v[i].thread)
                                           : str_fmt("thread %zu", i + 1);
        size_t added = 0;
        if (!seen_before(f, i)) {
            added = add_steps(p, r, f, i, true, steps);
            added += add_steps(p, r, f, i, false, steps);
        }
        if (added)
            json_array_append_new(threads,
                                  json_pack("{s:o, s:O}", "id", json_text(id),
                                            "locations", steps));
        n += added;
        json_decref(steps);
        free(id);
    }
    if (n >= 2)
        return json_pack("[{s:o}]", "threadFlows", threads);
    json_decref(threads);
    return NULL;
}
