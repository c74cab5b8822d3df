/* Programs by chance.
 * SPDX-License-Identifier: MIT */
#include "generate.h"

#include "base/buf.h"
#include "base/str.h"
#include "explore/search/random.h"

#include <stdlib.h>
#include <string.h>

struct maker {
    struct random random;
    struct buf text;
    unsigned label, threads, thread, budget;
    unsigned flavour; /* bits: which sorts of statements there are */
    bool barrier;
};

enum {
    MEMORY = 1,
    ATOMICS = 2,
    MUTEXES = 4,
    CONDITIONS = 8,
    SEMAPHORES = 16,
    RWLOCKS = 32,
    WIDE = 64,
    TRIES = 128,
    ENDS = 256,
    SPINS = 512,
    FLAVOURS = 1024,
};

static unsigned below(struct maker *m, unsigned n)
{
    return random_below(&m->random, n);
}

static const char *var(struct maker *m)
{
    static const char *const names[] = {"x", "y", "a[0]", "a[1]", "a[r1]"};
    return names[below(m, m->flavour & WIDE ? 5 : 2)];
}

static void some(struct maker *m, unsigned n, bool nested);

static void memory(struct maker *m)
{
    unsigned r = below(m, 3);
    switch (below(m, 4)) {
    case 0:
        buf_addf(&m->text, "ld r%u %s;", r, var(m));
        break;
    case 1:
        buf_addf(&m->text, "st %s %u;", var(m), below(m, 3));
        break;
    case 2:
        buf_addf(&m->text, "st %s r%u+1;", var(m), r);
        break;
    default: {
        const char *v = var(m);
        buf_addf(&m->text, "ld r%u %s; st %s r%u+1;", r, v, v, r);
    }
    }
}

static void atomics(struct maker *m)
{
    unsigned r = below(m, 3);
    switch (below(m, 3)) {
    case 0:
        buf_addf(&m->text, "fadd r%u %s 1;", r, var(m));
        break;
    case 1:
        buf_addf(&m->text, "xchg r%u %s %u;", r, var(m), below(m, 3));
        break;
    default:
        buf_addf(&m->text, "cas r%u %s %u %u;", r, var(m), below(m, 2),
                 1 + below(m, 2));
    }
}

static void wide(struct maker *m)
{
    const char *array = below(m, 2) ? "a" : "b";
    if (below(m, 2))
        buf_addf(&m->text, "sum r%u %s;", below(m, 3), array);
    else
        buf_addf(&m->text, "fill %s %u;", array, below(m, 3));
}

static void branch(struct maker *m)
{
    unsigned l = m->label++;
    buf_addf(&m->text, "jeq r%u %u l%u;", below(m, 3), below(m, 2), l);
    some(m, 1, true);
    buf_addf(&m->text, "l%u:;", l);
}

static void locked(struct maker *m, bool nested)
{
    char c = (char)('m' + below(m, 2)); /* m, n */
    buf_addf(&m->text, "lock %c;", c);
    if (!nested || below(m, 2))
        some(m, 1 + below(m, 2), true);
    buf_addf(&m->text, "unlock %c;", c);
}

static void tried(struct maker *m)
{
    unsigned l = m->label++;
    if (below(m, 2)) {
        buf_addf(&m->text, "trylock r2 m; jeq r2 0 l%u;", l);
        some(m, 1, true);
        buf_addf(&m->text, "unlock m; l%u:;", l);
    } else {
        buf_addf(&m->text, "trydown r2 s;");
    }
}

static void condition(struct maker *m)
{
    unsigned l = m->label++;
    switch (below(m, 6)) {
    case 0:
        buf_adds(&m->text, "lock m; wait c m; unlock m;");
        break;
    case 1:
        buf_adds(&m->text, "lock m; twait r1 c m; unlock m;");
        break;
    case 2:
        buf_adds(&m->text, "signal c;");
        break;
    case 3:
        buf_adds(&m->text, "bcast c;");
        break;
    case 4:
        buf_addf(&m->text,
                 "lock m; k%u: ld r0 x; jne r0 0 l%u; wait c m; jmp k%u; "
                 "l%u: unlock m;",
                 l, l, l, l);
        break;
    default:
        buf_addf(&m->text, "lock m; st x 1; %s; unlock m;",
                 below(m, 2) ? "signal c" : "bcast c");
    }
}

static void rwlock(struct maker *m)
{
    bool read = below(m, 2);
    buf_adds(&m->text, read ? "rd w;" : "wr w;");
    some(m, 1, true);
    buf_adds(&m->text, read ? "rdun w;" : "wrun w;");
}

static void statement(struct maker *m, bool nested)
{
    for (;;) {
        unsigned sort = 1U << below(m, 11);
        if (sort == FLAVOURS && below(m, 3) == 0) {
            branch(m);
            return;
        }
        if (!(m->flavour & sort))
            continue;
        switch (sort) {
        case MEMORY:
            memory(m);
            return;
        case ATOMICS:
            atomics(m);
            return;
        case MUTEXES:
            locked(m, nested);
            return;
        case CONDITIONS:
            condition(m);
            return;
        case SEMAPHORES:
            buf_adds(&m->text, below(m, 2) ? "down s;" : "up s;");
            return;
        case RWLOCKS:
            rwlock(m);
            return;
        case WIDE:
            wide(m);
            return;
        case TRIES:
            tried(m);
            return;
        case SPINS:
            buf_addf(&m->text, "spin %s %u;", var(m), below(m, 3));
            return;
        default:
            buf_adds(&m->text, below(m, 8) ? "yield;" : "exit;");
            return;
        }
    }
}

static void some(struct maker *m, unsigned n, bool nested)
{
    while (n-- > 0 && m->budget > 0) {
        m->budget--;
        statement(m, nested);
    }
}

static void body(struct maker *m, unsigned size, bool parent)
{
    buf_adds(&m->text, " | ");
    m->budget = size + below(m, 2);
    unsigned n = 1 + below(m, size);
    if (parent) {
        buf_addf(&m->text, "create %u;", m->threads - 1);
        some(m, n / 2, false);
        if (below(m, 2))
            buf_addf(&m->text, "join %u;", m->threads - 1);
    }
    if (m->barrier && m->thread < 2) {
        some(m, n / 2, false);
        buf_adds(&m->text, "barrier q;");
        some(m, n / 2, false);
        if (size > 3)
            buf_adds(&m->text, "barrier q;");
    } else {
        some(m, n, false);
    }
    if (m->text.data[m->text.len - 1] == ';')
        m->text.data[--m->text.len] = 0;
}

char *generate(uint64_t seed, unsigned size)
{
    struct maker m = {.random = {seed * 7919}};
    m.flavour = below(&m, FLAVOURS);
    if (!(m.flavour & ~(unsigned)ENDS))
        m.flavour |= MEMORY;
    m.threads = 2 + below(&m, 3);
    m.barrier = below(&m, 6) == 0;
    bool parent = below(&m, 4) == 0;
    buf_addf(&m.text,
             "var x y a[3] b[20]; mutex m n; cond c; sem s=%u; rwlock w; "
             "barrier q=2; timeouts %u; spurious %u",
             below(&m, 3), below(&m, 2), below(&m, 8) == 0);
    for (m.thread = 0; m.thread < m.threads; m.thread++)
        body(&m, size, parent && m.thread == 0);
    return buf_take(&m.text);
}

/* The text without what stands from one separator to the next. */
static char *without(const char *text, size_t from)
{
    size_t to = from + 1 + strcspn(text + from + 1, ";|");
    if (text[from] == '|')
        from++; /* a body stays, empty */
    if (text[from] != ';' && text[to] == ';')
        to++;
    return str_fmt("%.*s %s", (int)from, text, text + to);
}

static bool shrink_once(char **text, bool (*wrong)(const char *, void *),
                        void *data)
{
    size_t body = strcspn(*text, "|");
    for (size_t i = body; (*text)[i]; i++) {
        if ((*text)[i] != '|' && (*text)[i] != ';')
            continue;
        char *less = without(*text, i);
        if (strlen(less) < strlen(*text) && wrong(less, data)) {
            free(*text);
            *text = less;
            return true;
        }
        free(less);
    }
    return false;
}

char *shrink(const char *text, bool (*wrong)(const char *, void *), void *data)
{
    char *less = str_dup(text);
    while (shrink_once(&less, wrong, data))
        ;
    return less;
}
