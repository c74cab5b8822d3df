/* The text of a program of the simulated machine.
 * SPDX-License-Identifier: MIT */
#include "sim.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct sim_program *p;
    const char *at;
    char *why;
    bool bad;
};

static void complain(struct reader *r, const char *what)
{
    if (!r->bad)
        snprintf(r->why, 120, "%s at '%.40s'", what, r->at);
    r->bad = true;
}

static void blanks(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\n')
        r->at++;
}

static bool at_end(struct reader *r)
{
    blanks(r);
    return !*r->at || *r->at == ';' || *r->at == '|';
}

static bool eat(struct reader *r, char c)
{
    blanks(r);
    if (*r->at != c)
        return false;
    r->at++;
    return true;
}

static void word(struct reader *r, char *to)
{
    size_t n = 0;
    blanks(r);
    while (isalnum((unsigned char)*r->at) || *r->at == '_') {
        if (n < SIM_NAME - 1)
            to[n++] = *r->at;
        r->at++;
    }
    to[n] = 0;
    if (!n)
        complain(r, "no word");
}

static int number(struct reader *r)
{
    char *end;
    blanks(r);
    long n = strtol(r->at, &end, 10);
    if (end == r->at)
        complain(r, "no number");
    r->at = end;
    return (int)n;
}

static int reg(struct reader *r)
{
    blanks(r);
    if (!eat(r, 'r') || *r->at < '0' || *r->at >= '0' + SIM_REGS) {
        complain(r, "no register");
        return 0;
    }
    return *r->at++ - '0';
}

static struct sim_value value(struct reader *r)
{
    struct sim_value v = {-1, 0};
    blanks(r);
    if (*r->at == 'r') {
        v.reg = reg(r);
        if (*r->at != '+' && *r->at != '-')
            return v;
    }
    v.plus = number(r);
    return v;
}

static int object(struct reader *r, enum sim_kind kind)
{
    char name[SIM_NAME];
    word(r, name);
    for (int i = 0; i < r->p->objects; i++)
        if (!strcmp(r->p->object[i].name, name) && r->p->object[i].kind == kind)
            return i;
    complain(r, "no such object");
    return 0;
}

static void location(struct reader *r, struct sim_instr *in)
{
    in->object = object(r, SIM_VAR);
    in->index = (struct sim_value){-1, 0};
    if (eat(r, '[')) {
        in->index = value(r);
        if (!eat(r, ']'))
            complain(r, "no ]");
    }
}

static int declare_one(struct reader *r, const char *name, enum sim_kind kind,
                       int start)
{
    struct sim_program *p = r->p;
    int n = 1;
    if (eat(r, '[')) {
        n = number(r);
        if (!eat(r, ']'))
            complain(r, "no ]");
    }
    if (eat(r, '='))
        start = number(r);
    if (p->objects == SIM_OBJECTS || p->slots + n > SIM_SLOTS) {
        complain(r, "too many objects");
        return 0;
    }
    struct sim_object *o = &p->object[p->objects++];
    *o = (struct sim_object){
        .kind = kind, .slot = p->slots, .n = n, .start = start};
    snprintf(o->name, sizeof o->name, "%s", name);
    for (int i = 0; i < n; i++)
        p->owner[p->slots + i] = p->objects - 1;
    p->slots += n;
    return o->slot;
}

static void budgets(struct reader *r)
{
    r->p->timeouts = declare_one(r, "_timeouts", SIM_BUDGET, 0);
    r->p->spurious = declare_one(r, "_spurious", SIM_BUDGET, 0);
}

static void declare(struct reader *r)
{
    static const struct {
        const char *word;
        enum sim_kind kind;
        int start;
    } kinds[] = {{"var", SIM_VAR, 0},          {"mutex", SIM_MUTEX, 1},
                 {"cond", SIM_COND, 0},        {"sem", SIM_SEM, 0},
                 {"rwlock", SIM_RWLOCK, 1000}, {"barrier", SIM_BARRIER, 2}};
    char what[SIM_NAME], name[SIM_NAME];
    word(r, what);
    if (!strcmp(what, "fused")) {
        r->p->fused = true;
        return;
    }
    if (!strcmp(what, "timeouts") || !strcmp(what, "spurious")) {
        r->p->object[*what == 's'].start = number(r);
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].word, what)) {
            while (!at_end(r) && !r->bad) {
                word(r, name);
                declare_one(r, name, kinds[i].kind, kinds[i].start);
            }
            return;
        }
    complain(r, "no declaration");
}

static void operands(struct reader *r, struct sim_instr *in, const char *form)
{
    for (; *form; form++)
        switch (*form) {
        case 'R':
            in->reg = reg(r);
            break;
        case 'L':
            location(r, in);
            break;
        case 'V':
            in->a = value(r);
            break;
        case 'W':
            in->b = value(r);
            break;
        case 'M':
            in->object = object(r, SIM_MUTEX);
            break;
        case 'm':
            in->other = object(r, SIM_MUTEX);
            break;
        case 'C':
            in->object = object(r, SIM_COND);
            break;
        case 'S':
            in->object = object(r, SIM_SEM);
            break;
        case 'X':
            in->object = object(r, SIM_RWLOCK);
            break;
        case 'B':
            in->object = object(r, SIM_BARRIER);
            break;
        case 'T':
            in->target = number(r);
            break;
        default:
            word(r, in->label);
            break;
        }
}

static const struct {
    const char *word, *form;
    enum sim_code code;
} codes[] = {
    {"ld", "RL", SIM_LD},
    {"st", "LV", SIM_ST},
    {"fadd", "RLV", SIM_FADD},
    {"xchg", "RLV", SIM_XCHG},
    {"cas", "RLVW", SIM_CAS},
    {"sum", "RL", SIM_SUM},
    {"fill", "LV", SIM_FILL},
    {"spin", "LV", SIM_SPIN},
    {"lock", "M", SIM_LOCK},
    {"unlock", "M", SIM_UNLOCK},
    {"trylock", "RM", SIM_TRYLOCK},
    {"wait", "Cm", SIM_WAIT},
    {"twait", "RCm", SIM_TWAIT},
    {"signal", "C", SIM_SIGNAL},
    {"bcast", "C", SIM_BCAST},
    {"down", "S", SIM_DOWN},
    {"up", "S", SIM_UP},
    {"trydown", "RS", SIM_TRYDOWN},
    {"rd", "X", SIM_RD},
    {"wr", "X", SIM_WR},
    {"rdun", "X", SIM_RDUN},
    {"wrun", "X", SIM_WRUN},
    {"barrier", "B", SIM_ARRIVE},
    {"yield", "", SIM_YIELD},
    {"exit", "", SIM_EXIT},
    {"create", "T", SIM_CREATE},
    {"join", "T", SIM_JOIN},
    {"set", "RV", SIM_SET},
    {"jeq", "VWl", SIM_JEQ},
    {"jne", "VWl", SIM_JNE},
    {"jlt", "VWl", SIM_JLT},
    {"jmp", "l", SIM_JMP},
};

static struct sim_instr *append(struct reader *r, enum sim_code code)
{
    if (r->p->length == SIM_CODE) {
        complain(r, "too long");
        r->p->length = 0;
    }
    struct sim_instr *in = &r->p->code[r->p->length++];
    *in = (struct sim_instr){.code = code, .index = {-1, 0}};
    return in;
}

static void statement(struct reader *r)
{
    char what[SIM_NAME];
    word(r, what);
    if (eat(r, ':')) {
        memcpy(append(r, SIM_LABEL)->label, what, sizeof what);
        if (!at_end(r))
            statement(r);
        return;
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (!strcmp(codes[i].word, what)) {
            operands(r, append(r, codes[i].code), codes[i].form);
            return;
        }
    complain(r, "no statement");
}

static void resolve(struct reader *r, int from, int to)
{
    for (int i = from; i < to; i++) {
        struct sim_instr *in = &r->p->code[i];
        if (in->code < SIM_JEQ || in->code > SIM_JMP)
            continue;
        in->target = -1;
        for (int k = from; k < to; k++)
            if (r->p->code[k].code == SIM_LABEL &&
                !strcmp(r->p->code[k].label, in->label))
                in->target = k;
        if (in->target < 0)
            complain(r, in->label);
    }
}

static void body(struct reader *r)
{
    struct sim_program *p = r->p;
    if (p->bodies == SIM_THREADS) {
        complain(r, "too many threads");
        return;
    }
    int from = p->length;
    p->body[p->bodies++] = from;
    do {
        if (!at_end(r))
            statement(r);
        if (!at_end(r))
            complain(r, "too much");
    } while (!r->bad && eat(r, ';'));
    append(r, SIM_END);
    resolve(r, from, p->length);
}

static void relate(struct reader *r)
{
    for (int i = 0; i < r->p->length && !r->bad; i++) {
        const struct sim_instr *in = &r->p->code[i];
        if (in->code != SIM_CREATE && in->code != SIM_JOIN)
            continue;
        if (in->target < 0 || in->target >= r->p->bodies) {
            complain(r, "no such body");
            return;
        }
        (in->code == SIM_JOIN ? r->p->joined : r->p->created)[in->target] =
            true;
    }
}

bool sim_parse(struct sim_program *p, const char *text, char *why)
{
    struct reader r = {p, text, why, false};
    memset(p, 0, sizeof *p);
    budgets(&r);
    do {
        if (!at_end(&r))
            declare(&r);
    } while (!r.bad && eat(&r, ';'));
    while (!r.bad && eat(&r, '|'))
        body(&r);
    if (!r.bad && *r.at)
        complain(&r, "too much");
    p->body[p->bodies] = p->length;
    relate(&r);
    return !r.bad;
}

int sim_slot(const struct sim_program *p, const char *name)
{
    for (int i = 0; i < p->objects; i++)
        if (!strcmp(p->object[i].name, name))
            return p->object[i].slot;
    return -1;
}
