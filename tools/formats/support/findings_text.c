/* Findings as compilers print theirs.
 * SPDX-License-Identifier: MIT */
#include "formats/support/findings_text.h"

#include "formats/support/style.h"

#include <stdlib.h>
#include <string.h>

/* One place, told by the finding that knows most, and all who said so. */
struct group {
    const struct finding *finding;
    const char *object; /* as the first one names it that does, or NULL */
    struct strv detectors;
    enum grade grade; /* the best of all; GRADE_NONE: they have none */
};

VEC_TYPE(groups, struct group);

/* A detector that knows one access only may mean any race that has it. */
static bool part_of(const struct finding *one, const struct finding *whole)
{
    const struct frame *place = NULL;
    for (size_t i = 0; i < one->accesses.n; i++) {
        const struct access *a = &one->accesses.v[i];
        if (a->role == ROLE_CREATED)
            continue;
        if (place)
            return false;
        place = access_place(a);
    }
    for (size_t i = 0; place && i < whole->accesses.n; i++) {
        const struct frame *f = access_place(&whole->accesses.v[i]);
        if (f && whole->accesses.v[i].role != ROLE_CREATED &&
            f->line == place->line && str_eq(f->file, place->file))
            return one->kind == whole->kind;
    }
    return false;
}

static size_t told(const struct finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++)
        n += f->accesses.v[i].role != ROLE_CREATED;
    return n;
}

static void join(struct group *g, const struct finding *f)
{
    if (told(f) > told(g->finding))
        g->finding = f;
    if (!g->object)
        g->object = f->object;
    if (f->grade > g->grade)
        g->grade = f->grade;
    if (!strv_has(&g->detectors, f->detector))
        strv_add(&g->detectors, f->detector);
}

static void add(struct groups *l, const struct finding *f)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *other = l->v[i].finding;
        if (finding_same(other, f) || part_of(f, other) || part_of(other, f)) {
            join(&l->v[i], f);
            return;
        }
    }
    struct group g = {.finding = f, .object = f->object, .grade = f->grade};
    strv_add(&g.detectors, f->detector);
    vec_push(l, g);
}

static void print_place(const struct frame *f, FILE *out)
{
    if (!f) {
        fputs("(place lost): ", out);
        return;
    }
    style_text(style_path(f->file), out);
    fprintf(out, ":%d:", f->line);
    if (f->col > 0)
        fprintf(out, "%d:", f->col);
    fputs(" ", out);
}

static void print_access(const struct access *a, FILE *out)
{
    static const char *const words[] = {
        "read",  "write", "atomic read", "atomic write", "waits",
        "taken", "locks", "created",     "here",
    };
    const struct frame *f = access_place(a);
    fprintf(out, "%s%s",
            a->previous && a->role != ROLE_HOLDS ? "previous " : "",
            words[a->role]);
    if (f && f->function) {
        fputs(" in ", out);
        style_text(f->function, out);
        fputs("()", out);
    }
    if (a->thread)
        fputs(", ", out);
    style_text(a->thread, out);
}

/* Who said so, and whether it is what they should have said. */
static void print_ids(const struct group *g, FILE *out)
{
    fputs(" [", out);
    for (size_t i = 0; i < g->detectors.n; i++)
        fprintf(out, "%s%s", i ? ", " : "", g->detectors.v[i]);
    bool other = g->grade != GRADE_NONE && g->grade < GRADE_PARTIAL;
    fputs(other ? "], not the recorded bug\n" : "]\n", out);
}

/* The places of a race follow as notes, in one form for all detectors; of
 * other kinds the detector's own words say more. */
static void print_message(const struct group *g, FILE *out)
{
    const struct finding *f = g->finding;
    if (f->kind != KIND_DATA_RACE && f->message)
        style_text(f->message, out);
    else
        fputs(kind_text(f->kind), out);
    if (f->kind == KIND_DATA_RACE && g->object) {
        fputs(" on `", out);
        style_text(g->object, out);
        fputs("`", out);
    }
}

static void print_group(const struct group *g, const struct format_options *o,
                        FILE *out)
{
    const struct finding *f = g->finding;
    bool placed = f->accesses.n > 0;
    fputs(style(o->color, TONE_BOLD), out);
    print_place(placed ? access_place(&f->accesses.v[0]) : NULL, out);
    fprintf(out, "%s%swarning:%s ", style(o->color, TONE_PLAIN),
            style(o->color, TONE_WARN), style(o->color, TONE_PLAIN));
    print_message(g, out);
    print_ids(g, out);
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct access *a = &f->accesses.v[i];
        if (a->role == ROLE_CREATED)
            continue;
        fputs("  ", out);
        print_place(access_place(a), out);
        fprintf(out, "%snote:%s ", style(o->color, TONE_DIM),
                style(o->color, TONE_PLAIN));
        print_access(a, out);
        fputc('\n', out);
    }
}

void findings_text(const struct result *results, size_t n, size_t most,
                   const struct format_options *o, FILE *out)
{
    struct groups l = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < results[i].findings.n; j++)
            add(&l, &results[i].findings.v[j]);
    for (size_t i = 0; i < l.n && i < most; i++)
        print_group(&l.v[i], o, out);
    if (l.n > most)
        fprintf(out, "  ... and %zu more places; --json has them all\n",
                l.n - most);
    for (size_t i = 0; i < l.n; i++)
        strv_fini(&l.v[i].detectors);
    vec_fini(&l);
}
