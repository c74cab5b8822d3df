/* Two looks ahead: at the addresses that a function takes, and at the pieces
 * that a block accesses.
 * SPDX-License-Identifier: MIT */
#include "explore/own_frame.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* Apart from what lies by the frame pointer. */
#define BY_STACK_POINTER (1l << 40)

static bool frame_of(const char *operand, const char *rest, long *at)
{
    char *end;
    long d = strtol(operand, &end, 10);
    size_t n = strlen(rest);
    if (*end != '(' ||
        (!str_starts(end + 1, "%rbp") && !str_starts(end + 1, "%rsp")))
        return false;
    *at = end[3] == 's' ? d + BY_STACK_POINTER : d;
    return strncmp(end + strlen("(%rbp"), rest, n) == 0;
}

bool own_frame_at(const char *operand, long *at)
{
    return frame_of(operand, ")", at);
}

static const char *next_line(const char *text)
{
    text += strcspn(text, "\n");
    return text + (*text == '\n');
}

static void add(struct spans *l, long from, long to)
{
    vec_push(l, ((struct span){from, to}));
}

/* gcc: addq %rbp, %rax; subq $88, %rax. */
static void take_sum(struct own_frame *f, const char *next)
{
    struct instruction l;
    if (instruction_parse(next, strcspn(next, "\n"), &l) &&
        str_eq(l.name, "subq") && *l.operands == '$') {
        long d = -strtol(l.operands + 1, NULL, 10);
        add(&f->taken, d, d + 1);
    } else {
        f->wild = true;
    }
}

static void take(struct own_frame *f, const struct instruction *l,
                 const char *next)
{
    long at;
    bool last;
    char operands[sizeof l->operands];
    memcpy(operands, l->operands, sizeof operands);
    if (str_starts(l->name, "lea")) {
        const char *m = instruction_memory(operands, &last);
        if (m && (frame_of(m, ")", &at) || frame_of(m, ",", &at)))
            add(&f->taken, at, at + 1);
    } else if (str_starts(operands, "%rbp, ") &&
               !str_eq(operands, "%rbp, %rsp")) {
        take_sum(f, next);
    }
}

void own_frame_function(struct own_frame *f, const char *text)
{
    struct instruction l;
    f->taken.n = 0;
    f->wild = false;
    for (const char *p = next_line(text); *p; p = next_line(p)) {
        if (instruction_is_function(p))
            return;
        if (instruction_parse(p, strcspn(p, "\n"), &l))
            take(f, &l, next_line(p));
    }
}

static int by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

/* Spans that touch become one. */
static void join(struct spans *l)
{
    size_t n = 0;
    if (l->n == 0)
        return;
    qsort(l->v, l->n, sizeof *l->v, by_place);
    for (size_t i = 1; i < l->n; i++)
        if (l->v[i].from > l->v[n].to)
            l->v[++n] = l->v[i];
        else if (l->v[i].to > l->v[n].to)
            l->v[n].to = l->v[i].to;
    l->n = n + 1;
}

void own_frame_block(struct own_frame *f, const char *text)
{
    struct instruction l;
    own_frame_called(f);
    f->pieces.n = 0;
    for (const char *p = next_line(text); *p && !instruction_is_block(p);
         p = next_line(p)) {
        bool last;
        long at;
        if (!instruction_parse(p, strcspn(p, "\n"), &l) ||
            !instruction_accesses(l.name))
            continue;
        long n = instruction_size(&l);
        const char *m = instruction_memory(l.operands, &last);
        if (m && own_frame_at(m, &at))
            add(&f->pieces, at, at + n);
    }
    join(&f->pieces);
}

void own_frame_follow(struct own_frame *f, const struct instruction *l)
{
    long at;
    bool last;
    char operands[sizeof l->operands];
    memcpy(operands, l->operands, sizeof operands);
    const char *m = instruction_memory(operands, &last);
    bool takes = str_starts(l->name, "lea") && m && own_frame_at(m, &at);
    const char *to = strrchr(l->operands, ',');
    to = to ? to + 1 + strspn(to + 1, " \t") : l->operands;
    if (str_eq(to, "%rdi") || str_eq(to, "%edi")) {
        size_t n = strlen(f->holder);
        bool copies = str_eq(l->name, "movq") && n &&
                      strncmp(l->operands, f->holder, n) == 0 &&
                      l->operands[n] == ',';
        f->argument = takes || copies;
        f->passed = takes ? at : f->held;
    } else if (takes && strlen(to) < sizeof f->holder) {
        memcpy(f->holder, to, strlen(to) + 1);
        f->held = at;
    } else if (*to == '%' && !str_eq(to, "%esi") && !str_eq(to, "%rsi")) {
        *f->holder = '\0';
    }
}

bool own_frame_announce(struct own_frame *f, long n, bool reads, bool writes)
{
    bool known = f->argument;
    f->argument = false;
    *f->holder = '\0';
    if (known && reads)
        add(&f->read, f->passed, f->passed + n);
    if (known && writes)
        add(&f->written, f->passed, f->passed + n);
    return known;
}

void own_frame_called(struct own_frame *f)
{
    f->read.n = f->written.n = 0;
    f->argument = false;
    *f->holder = '\0';
}

static bool covers(const struct span *s, long at, long n)
{
    return s->from <= at && at + n <= s->to;
}

static bool any_covers(const struct spans *l, long at, long n)
{
    for (size_t i = 0; i < l->n; i++)
        if (covers(&l->v[i], at, n))
            return true;
    return false;
}

static bool is_known_outside(const struct own_frame *f,
                             const struct span *piece)
{
    for (size_t i = 0; i < f->taken.n; i++)
        if (covers(piece, f->taken.v[i].from, 1))
            return true;
    return f->wild;
}

bool own_frame_is_bare(const struct own_frame *f, long at, long n, bool write)
{
    if (any_covers(write ? &f->written : &f->read, at, n))
        return false;
    for (size_t i = 0; i < f->pieces.n; i++)
        if (covers(&f->pieces.v[i], at, n))
            return is_known_outside(f, &f->pieces.v[i]);
    return false;
}

void own_frame_fini(struct own_frame *f)
{
    vec_fini(&f->taken);
    vec_fini(&f->pieces);
    vec_fini(&f->read);
    vec_fini(&f->written);
}
