/* A report on a program of the user's own as bytes and back.
 *
 * Who adds a member to one of these structs is stopped here by the compiler, as
 * in packed.c.
 * SPDX-License-Identifier: MIT */
#include "history/packed_own.h"

#include "history/packed.h"

#include <stdlib.h>

#define SIZE(type, size)                                                       \
    _Static_assert(sizeof(void *) != 8 || sizeof(struct type) == (size),       \
                   "struct " #type " has changed: see above")
SIZE(own_result, 136);
SIZE(suppressed, 16);
SIZE(sighting, 24);
SIZE(landmark, 24);
SIZE(merged_finding, 152);
SIZE(baseline_entry, 88);
#undef SIZE

static void pack_suppressed(struct pack *p, struct suppressed *s)
{
    unsigned count = (unsigned)s->count;
    pack_text(p, &s->name);
    pack_unsigned(p, &count);
    s->count = count;
}

static void pack_ends(struct pack *p, struct own_result *r)
{
    pack_unsigned(p, &r->runs);
    pack_unsigned(p, &r->flagged);
    pack_unsigned(p, &r->hung);
    pack_unsigned(p, &r->timed_out);
    pack_unsigned(p, &r->died);
    pack_unsigned(p, &r->failed);
    pack_unsigned(p, &r->broken);
    pack_text(p, &r->ended);
}

/* `key` is a column of its own. */
static void pack_result(struct pack *p, struct own_result *r,
                        struct own_report *report, struct strv *texts)
{
    const char *id = p->reading ? NULL : r->detector->id;
    pack_borrowed(p, &id, texts);
    if (p->reading)
        r->detector = id ? report_detector(&report->base, id) : NULL;
    p->bad |= !r->detector;
    pack_choice(p, &r->outcome, outcome_id, OUTCOME_CANCELLED);
    pack_ends(p, r);
    pack_text(p, &r->note);
    pack_borrowed(p, &r->hint, texts);
    pack_text(p, &r->command);
    pack_text(p, &r->report_dir);
    pack_real(p, &r->seconds);
    pack_real(p, &r->cpu);
    pack_real(p, &r->build_seconds);
    pack_each(p, &r->suppressed, pack_suppressed);
}

static void pack_landmark(struct pack *p, struct landmark *l)
{
    pack_text(p, &l->file);
    pack_text(p, &l->function);
    pack_text(p, &l->code);
    p->bad |= !l->file || !l->function || !l->code;
}

static void pack_merged(struct pack *p, struct merged_finding *m,
                        struct strv *texts)
{
    size_t n = pack_count(p, m->seen.n);
    packed_finding(p, &m->finding);
    for (size_t i = 0; i < n && !p->bad; i++) {
        if (p->reading)
            vec_push(&m->seen, ((struct sighting){0}));
        pack_text(p, &m->seen.v[i].detector);
        pack_borrowed(p, &m->seen.v[i].under, texts);
        pack_unsigned(p, &m->seen.v[i].runs);
        p->bad |= !m->seen.v[i].detector || !m->seen.v[i].under;
    }
    pack_each(p, &m->landmarks, pack_landmark);
    pack_text(p, &m->fingerprint);
    pack_bool(p, &m->one_sided);
    pack_bool(p, &m->known);
    pack_borrowed(p, &m->reason, texts);
    p->bad |= !m->fingerprint;
}

static void pack_entry(struct pack *p, struct baseline_entry *e)
{
    pack_text(p, &e->fingerprint);
    pack_choice(p, &e->kind, kind_id, KIND_COUNT - 1);
    pack_bool(p, &e->one_sided);
    pack_text(p, &e->message);
    pack_text(p, &e->reason);
    pack_texts(p, &e->detectors);
    pack_each(p, &e->landmarks, pack_landmark);
    pack_bool(p, &e->seen);
}

static void pack_lists(struct pack *p, struct own_report *r, struct strv *texts)
{
    size_t n = pack_count(p, r->results.n);
    for (size_t i = 0; i < n && !p->bad; i++) {
        if (p->reading)
            vec_push(&r->results, ((struct own_result){0}));
        pack_result(p, &r->results.v[i], r, texts);
    }
    n = pack_count(p, r->findings.n);
    for (size_t i = 0; i < n && !p->bad; i++) {
        if (p->reading)
            vec_push(&r->findings, ((struct merged_finding){0}));
        pack_merged(p, &r->findings.v[i], texts);
        r->new_findings += p->reading && !r->findings.v[i].known;
    }
}

void packed_own(struct pack *p, struct own_report *r, struct baseline *known,
                struct source_texts *sources, struct strv *texts)
{
    packed_head(p, &r->base, texts);
    pack_text(p, &r->program);
    pack_text(p, &r->source_dir);
    pack_texts(p, &r->args);
    pack_text(p, &r->build);
    pack_borrowed(p, &r->baseline_path, texts);
    pack_lists(p, r, texts);
    pack_each(p, &known->entries, pack_entry);
    pack_each(p, sources, packed_source);
    p->bad |= !r->program || !r->source_dir;
}
