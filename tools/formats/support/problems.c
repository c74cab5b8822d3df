/* What a machine is to be told.
 * SPDX-License-Identifier: MIT */
#include "formats/support/problems.h"

#include "formats/support/programs.h"
#include "formats/support/words.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <xxhash.h>

static void add_accesses(struct buf *b, const struct problem *p,
                         struct places *places)
{
    for (size_t i = 0; i < p->finding->accesses.n; i++) {
        const struct access *a = &p->finding->accesses.v[i];
        const struct frame *f = access_place(a);
        struct spot spot = {0};
        if (a->role == ROLE_CREATED)
            continue;
        char *words = words_access(a);
        buf_addf(b, "\n%s", words);
        if (places_spot(places, p->result, f, &spot))
            buf_addf(b, ": %s:%d", spot.path, f->line);
        else if (f)
            buf_addf(b, ": %s:%d", f->file, f->line);
        spot_fini(&spot);
        free(words);
    }
}

/* What the gate says of each of these results. */
static void add_gate(struct buf *b, const struct report *r,
                     const struct result *results, size_t n,
                     const struct strv *detectors)
{
    for (size_t i = 0; i < n; i++) {
        const struct result *one = &results[i];
        char *gate = words_gate_text(r, one);
        if (*gate && strv_has(detectors, one->detector->id))
            buf_addf(b, "\ngate, %s: %s", one->detector->id, gate);
        free(gate);
    }
}

/* In the columns of detectors: the watchdog speaks in those of others. */
static void add_columns(struct strv *l, const struct finding *f,
                        const struct result *results, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < results[i].findings.n; j++)
            if (results[i].differs &&
                finding_same(&results[i].findings.v[j], f) &&
                !strv_has(l, results[i].detector->id))
                strv_add(l, results[i].detector->id);
}

static void add_group(const struct report *r, const struct group *g,
                      const struct program *program, struct places *places,
                      struct problems *out)
{
    struct problem p = {.result = g->result,
                        .finding = g->finding,
                        .rule = kind_id(g->finding->kind),
                        .fails = g->differs};
    struct strv columns = {0};
    struct buf b = {0};
    p.primary = places_primary(places, p.result, p.finding, &p.spot);
    p.title = words_finding(g->finding, g->object);
    strv_add_all(&p.detectors, &g->detectors);
    add_columns(&columns, g->finding, program->first, program->n);
    buf_addf(&b, "%s (", p.title);
    for (size_t i = 0; i < p.detectors.n; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", p.detectors.v[i]);
    buf_adds(&b, ")");
    add_accesses(&b, &p, places);
    add_gate(&b, r, program->first, program->n, &columns);
    p.text = buf_take(&b);
    strv_fini(&columns);
    vec_push(out, p);
}

static void add_unlike(const struct report *r, const struct result *one,
                       struct places *places, struct problems *out)
{
    struct problem p = {.result = one,
                        .rule =
                            r->merged ? PROBLEM_BAD_END : PROBLEM_UNLIKE_RECORD,
                        .fails = true};
    char *gate = words_gate_text(r, one);
    p.primary = places_primary(places, one, NULL, &p.spot);
    p.title = words_cell(one);
    p.text = str_fmt("%s: %s", p.title, gate);
    strv_add(&p.detectors, one->detector->id);
    vec_push(out, p);
    free(gate);
}

void problems_find(const struct report *r, const struct format_options *o,
                   struct places *places, struct problems *out)
{
    struct programs l = {0};
    programs_list(r, &l);
    for (size_t i = 0; i < l.n; i++) {
        struct groups groups = {0};
        groups_add(&groups, l.v[i].first, l.v[i].n);
        for (size_t j = 0; j < groups.n; j++)
            if (o->all || groups.v[j].differs)
                add_group(r, &groups.v[j], &l.v[i], places, out);
        for (size_t j = 0; j < l.v[i].n; j++) {
            const struct result *one = &l.v[i].first[j];
            if (one->differs && one->findings.n == 0)
                add_unlike(r, one, places, out);
        }
        groups_fini(&groups);
    }
    vec_fini(&l);
}

void problems_fini(struct problems *l)
{
    for (size_t i = 0; i < l->n; i++) {
        struct problem *p = &l->v[i];
        spot_fini(&p->spot);
        free(p->title);
        free(p->text);
        strv_fini(&p->detectors);
    }
    vec_fini(l);
}

char *problem_fingerprint(const struct problem *p, unsigned nth)
{
    struct buf b = {0};
    size_t n = 0;
    const char *line =
        p->spot.source ? source_line(p->spot.source, p->spot.line, &n) : NULL;
    buf_addf(&b, "%s\n%s\n%s\n%u\n", p->rule, p->spot.path,
             p->finding       ? p->finding->object ? p->finding->object : ""
             : p->detectors.n ? p->detectors.v[0]
                              : "",
             nth);
    buf_add(&b, line, n);
    XXH128_hash_t h = XXH3_128bits(b.data, b.len);
    buf_fini(&b);
    return str_fmt("%016" PRIx64 "%016" PRIx64, (uint64_t)h.high64,
                   (uint64_t)h.low64);
}
