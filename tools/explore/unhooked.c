/* At -O0 a hook stands right before the access that it is for: so each access
 * of memory beyond the frame uses up what the last hook has announced, or has
 * none. What is in the frame is told by where it is.
 * SPDX-License-Identifier: MIT */
#include "explore/unhooked.h"

#include "base/str.h"
#include "explore/own_frame.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = 1 << 30 };

/* Bytes that hooks have announced and no instruction has accessed yet. */
struct announced {
    long read, written;
    long size;   /* what a hook of a range would get */
    bool once;   /* one instruction accesses them all */
    bool begun;  /* one has accessed some */
    bool atomic; /* for clang's idle load alone */
};

struct mending {
    struct announced a; /* beyond the frame, or who knows where */
    struct own_frame f;
    bool clang;
    struct buf *out;
};

static void forget(struct announced *a)
{
    a->read = a->written = 0;
    a->once = a->atomic = a->begun = false;
}

/* Atomic operations do all by themselves; yet clang loads once more what they
 * have loaded, for nothing. */
static void hooked_atomic(struct mending *g, const char *hook)
{
    const char *bits = hook + strcspn(hook, "0123456789");
    bool loads = g->clang && strstr(hook, "_load");
    g->a.read = loads ? strtol(bits, NULL, 10) / 8 : 0;
    g->a.written = 0;
    g->a.once = g->a.atomic = true;
}

/* A copy has one hook for each side. */
static void hooked(struct mending *g, const char *hook)
{
    struct announced *a = &g->a;
    const char *digits = hook + strcspn(hook, "0123456789");
    long n = *digits ? strtol(digits, NULL, 10) : a->size;
    bool reads = strstr(hook, "read") != NULL;
    bool writes = strstr(hook, "write") != NULL;
    if (str_starts(hook, "func_"))
        return;
    if (str_starts(hook, "atomic")) {
        hooked_atomic(g, hook);
        return;
    }
    if (a->atomic || a->begun || (!reads && !writes))
        forget(a);
    if (own_frame_announce(&g->f, n, reads, writes))
        return;
    a->once = *digits && n <= 8;
    a->read = reads ? n : writes ? a->read : 0;
    a->written = writes ? n : reads ? a->written : 0;
}

static void called(struct mending *g, const char *operands)
{
    if (str_starts(operands, "__tsan_")) {
        hooked(g, operands + strlen("__tsan_"));
        return;
    }
    forget(&g->a);
    own_frame_called(&g->f);
}

/* Not the table of addresses of other units, nor what is written nowhere. */
static bool is_shareable(const char *operand)
{
    if (strstr(operand, "@GOT") || strstr(operand, "@got"))
        return false;
    if (str_starts(operand, "%fs:")) /* the thread's own variables */
        return strchr(operand, '@') || strchr(operand, '(');
    return !str_starts(operand, ".L");
}

/* Whether a hook was there for it; it uses that up. */
static bool use(struct announced *a, long *announced, long n, const char *name)
{
    bool covered = *announced > 0;
    a->begun = true;
    bool of_bits = str_starts(name, "movz") || str_starts(name, "movs");
    if (*announced < ALL)
        *announced = a->once || (of_bits && *announced <= 8) || *announced < n
                         ? 0
                         : *announced - n;
    return covered;
}

/* Below what a function without a frame of its own may use of the stack. */
enum { BELOW = 128, SAVED = 16 };

static void add_call(struct buf *out, const char *prepare, const char *what)
{
    buf_addf(out,
             "\tleaq\t-%d(%%rsp), %%rsp\n\tpushq\t%%rdi\n\tpushq\t%%rsi\n"
             "%s\tcall\tlockstep_unhooked_%s\n"
             "\tpopq\t%%rsi\n\tpopq\t%%rdi\n\tleaq\t%d(%%rsp), %%rsp\n",
             BELOW, prepare, what, BELOW);
}

/* The place of an operand, to rdi; flags stay as they are. */
static char *address_of(const char *operand)
{
    if (str_starts(operand, "%fs:"))
        return str_fmt("\tleaq\t%s, %%rdi\n\tmovq\t%%fs:0, %%rsi\n"
                       "\tleaq\t(%%rdi,%%rsi), %%rdi\n",
                       operand + strlen("%fs:"));
    if (strstr(operand, "(%rsp"))
        return str_fmt("\tleaq\t%d%s%s, %%rdi\n", BELOW + SAVED,
                       *operand == '(' || *operand == '-' ? "" : "+", operand);
    return str_fmt("\tleaq\t%s, %%rdi\n", operand);
}

static void add_access(struct buf *out, const char *operand, long n,
                       const char *what)
{
    char *address = address_of(operand);
    char *prepare = str_fmt("%s\tmovl\t$%ld, %%esi\n", address, n);
    add_call(out, prepare, what);
    free(prepare);
    free(address);
}

/* Own variables by an index: an array of which others may know. */
static bool is_bare(struct mending *g, const struct instruction *l,
                    const char *operand, bool write)
{
    long at, n = instruction_size(l);
    if (own_frame_at(operand, &at))
        return own_frame_is_bare(&g->f, at, n, write);
    bool by_index = strstr(operand, "(%rbp,") || strstr(operand, "(%rsp,");
    if (by_index && !g->f.wild && g->f.taken.n == 0)
        return false;
    return !use(&g->a, write ? &g->a.written : &g->a.read, n, l->name);
}

static void simple(struct mending *g, const struct instruction *l)
{
    bool last = false;
    char operands[sizeof l->operands];
    memcpy(operands, l->operands, sizeof operands);
    const char *m = instruction_memory(operands, &last), *name = l->name;
    if (!m || !is_shareable(m))
        return;
    long n = instruction_size(l);
    bool reads =
        !last || instruction_only_reads(name) || !instruction_moves(name);
    bool writes = last && !instruction_only_reads(name);
    if (last && !strchr(l->operands, ',') && str_starts(name, "f"))
        writes = instruction_moves(name), reads = !writes;
    if (reads && is_bare(g, l, m, false))
        add_access(g->out, m, n, "read");
    if (writes && is_bare(g, l, m, true))
        add_access(g->out, m, n, "write");
}

/* rep movsq and rep stosq: from where rsi, to where rdi points. */
static void repeated(struct announced *a, const char *what, struct buf *out)
{
    const char *string = strpbrk(what, "ms");
    if (!string)
        return;
    char letter = '\0';
    if (str_starts(string, "movs") || str_starts(string, "stos"))
        letter = string[4];
    int n = letter == 'q' ? 8 : letter == 'l' ? 4 : letter == 'w' ? 2 : 1;
    char *to = str_fmt("\tleaq\t(,%%rcx,%d), %%rsi\n", n);
    char *from = str_fmt("\tmovq\t%%rsi, %%rdi\n%s", to);
    if (*string == 'm' && (a->read == 0 || a->once))
        add_call(out, from, "read");
    if (a->written == 0 || a->once)
        add_call(out, to, "write");
    a->read = a->written = 0;
    free(to);
    free(from);
}

/* The second argument of a hook is the size of what it is for. */
static void note_size(struct announced *a, const struct instruction *l)
{
    if (str_ends(l->operands, "%esi") || str_ends(l->operands, "%rsi"))
        a->size = *l->operands == '$' ? strtol(l->operands + 1, NULL, 10) : ALL;
}

static void look(struct mending *g, const struct instruction *l)
{
    if (str_starts(l->name, "call"))
        called(g, l->operands);
    else if (str_starts(l->name, "rep"))
        repeated(&g->a, str_starts(l->name, "rep;") ? l->name + 4 : l->operands,
                 g->out);
    else if (instruction_accesses(l->name))
        simple(g, l);
    own_frame_follow(&g->f, l);
}

static void begin(struct mending *g, const char *line)
{
    if (instruction_is_function(line))
        own_frame_function(&g->f, line);
    if (instruction_is_block(line)) {
        forget(&g->a);
        g->a.size = ALL;
        own_frame_block(&g->f, line);
    }
    if (g->a.begun && !g->a.once && str_starts(line, "\t.loc"))
        forget(&g->a); /* another statement */
}

void unhooked_mend(const char *assembly, bool clang, struct buf *out)
{
    struct mending g = {.clang = clang, .out = out};
    bool raw = false; /* inline assembly says what it does by itself: nothing */
    for (const char *p = assembly; *p;) {
        struct instruction l;
        size_t n = strcspn(p, "\n");
        raw = (raw || str_starts(p, "#APP")) && !str_starts(p, "#NO_APP");
        begin(&g, p);
        if (!raw && instruction_parse(p, n, &l)) {
            note_size(&g.a, &l);
            look(&g, &l);
        }
        buf_add(out, p, n + (p[n] == '\n'));
        p += n + (p[n] == '\n');
    }
    own_frame_fini(&g.f);
}
