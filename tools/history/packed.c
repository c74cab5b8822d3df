/* The structs of a report as bytes and back.
 *
 * Who adds a member to one of these structs is stopped here by the compiler:
 * pack it too, or say why not, correct the size, and add a step to the schema
 * in schema.c, for old packs do not have the member.
 * SPDX-License-Identifier: MIT */
#include "history/packed.h"

#define SIZE(type, size)                                                       \
    _Static_assert(sizeof(void *) != 8 || sizeof(struct type) == (size),       \
                   "struct " #type " has changed: see above")
SIZE(frame, 32);
SIZE(access, 40);
SIZE(finding, 80);
SIZE(result, 240);
SIZE(detector_report, 72);
SIZE(host_report, 32);
SIZE(gate_report, 56);
SIZE(timing_report, 40);
#undef SIZE

static void pack_frame(struct pack *p, struct frame *f)
{
    pack_text(p, &f->function);
    pack_text(p, &f->file);
    pack_int(p, &f->line);
    pack_int(p, &f->col);
    pack_text(p, &f->module);
}

static void pack_access(struct pack *p, struct access *a)
{
    pack_choice(p, &a->role, role_id, ROLE_ACCESS);
    pack_bool(p, &a->previous);
    pack_text(p, &a->thread);
    pack_each(p, &a->stack, pack_frame);
}

void packed_finding(struct pack *p, struct finding *f)
{
    pack_text(p, &f->detector);
    pack_choice(p, &f->kind, kind_id, KIND_COUNT - 1);
    pack_text(p, &f->native);
    pack_text(p, &f->message);
    pack_text(p, &f->object);
    pack_each(p, &f->accesses, pack_access);
    pack_bool(p, &f->by_rule);
    pack_choice(p, &f->thanks_to, aid_id, AID_ANNOTATION);
    pack_choice(p, &f->grade, grade_id, GRADE_EXACT);
}

void packed_findings(struct pack *p, struct findings *l)
{
    pack_each(p, l, packed_finding);
}

static void pack_cost(struct pack *p, struct run_cost *c)
{
    pack_real(p, &c->wall);
    pack_real(p, &c->cpu);
}

static void pack_counts(struct pack *p, struct result *r)
{
    pack_unsigned(p, &r->runs);
    pack_unsigned(p, &r->crashed);
    pack_unsigned(p, &r->flagged);
    pack_unsigned(p, &r->annotated);
    pack_unsigned(p, &r->hung);
    pack_unsigned(p, &r->broken);
    pack_unsigned(p, &r->unended);
}

static void pack_build(struct pack *p, struct build_cost *b)
{
    pack_cost(p, &b->took);
    pack_bool(p, &b->made);
    pack_bool(p, &b->found);
}

/* `number` and `differs` are columns of their own. */
void packed_result(struct pack *p, struct result *r)
{
    pack_choice(p, &r->outcome, outcome_id, OUTCOME_CANCELLED);
    pack_choice(p, &r->grade, grade_id, GRADE_EXACT);
    pack_choice(p, &r->weakest, grade_id, GRADE_EXACT);
    pack_counts(p, r);
    packed_findings(p, &r->findings);
    pack_texts(p, &r->natives);
    pack_real(p, &r->seconds);
    pack_real(p, &r->cpu);
    pack_each(p, &r->costs, pack_cost);
    pack_build(p, &r->build);
    pack_text(p, &r->command);
    pack_text(p, &r->note);
    pack_text(p, &r->report_dir);
    if (p->reading && p->at == p->end)
        return; /* it was packed before there were claims */
    pack_choice(p, &r->claim, claimed_id, CLAIM_VERIFIED);
    pack_text(p, &r->claim_terms);
}

/* Who reads it asks the detector itself for its `home`. */
static void pack_detector(struct pack *p, struct detector_report *d,
                          struct strv *texts)
{
    pack_borrowed(p, &d->id, texts);
    pack_borrowed(p, &d->title, texts);
    pack_borrowed(p, &d->family, texts);
    pack_bool(p, &d->wanted);
    pack_bool(p, &d->required);
    pack_bool(p, &d->usable);
    pack_bool(p, &d->alive);
    pack_bool(p, &d->tried);
    pack_text(p, &d->version);
    pack_text(p, &d->problem);
    pack_text(p, &d->mend);
    pack_text(p, &d->no_openmp);
    p->bad |= !d->id;
}

static void pack_detectors(struct pack *p, struct detector_reports *l,
                           struct strv *texts)
{
    size_t n = pack_count(p, l->n);
    for (size_t i = 0; i < n && !p->bad; i++) {
        if (p->reading)
            vec_push(l, (struct detector_report){0});
        pack_detector(p, &l->v[i], texts);
    }
}

static void pack_host(struct pack *p, struct host_report *h, struct strv *texts)
{
    pack_text(p, &h->system);
    pack_text(p, &h->cpu);
    pack_unsigned(p, &h->cores);
    pack_borrowed(p, &h->ladder, texts);
}

static void pack_gate(struct pack *p, struct gate_report *g)
{
    pack_bool(p, &g->asked);
    pack_bool(p, &g->passed);
    pack_texts(p, &g->failures);
    pack_texts(p, &g->incomplete);
}

static void pack_timing(struct pack *p, struct timing_report *t)
{
    pack_real(p, &t->wall);
    pack_real(p, &t->children);
    pack_real(p, &t->cpu);
    pack_unsigned(p, &t->jobs);
    pack_unsigned(p, &t->built);
    pack_unsigned(p, &t->reused);
}

void packed_head(struct pack *p, struct report *r, struct strv *texts)
{
    pack_host(p, &r->host, texts);
    pack_detectors(p, &r->detectors, texts);
    pack_gate(p, &r->gate);
    pack_timing(p, &r->timing);
    pack_bool(p, &r->cancelled);
}

void packed_source(struct pack *p, struct source_text *s)
{
    pack_text(p, &s->file);
    pack_text(p, &s->text);
    p->bad |= !s->file;
}

void packed_case(struct pack *p, struct case_texts *c)
{
    pack_text(p, &c->id);
    pack_text(p, &c->dir);
    pack_text(p, &c->manifest);
    pack_each(p, &c->sources, packed_source);
    p->bad |= !c->id || !c->dir;
}
