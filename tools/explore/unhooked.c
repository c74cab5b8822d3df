/* At -O0 a hook stands right before the access that it is for: so each access
 * of memory beyond the stack uses up what the last hook has announced, or has
 * none.
 * SPDX-License-Identifier: MIT */
#include "explore/unhooked.h"

#include "base/str.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ALL = 1 << 30 };

/* Bytes that hooks have announced and no instruction has accessed yet. */
struct announced {
    long read, written;
    long size; /* what a hook of a range would get */
};

/* One instruction: its name, and its operands. */
struct line {
    char name[32], operands[256];
};

/* Atomic operations do all by themselves; yet clang loads once more what they
 * have loaded, for nothing. */
static void hooked_atomic(struct announced *a, const char *hook)
{
    const char *bits = hook + strcspn(hook, "0123456789");
    a->read = strstr(hook, "_load") ? strtol(bits, NULL, 10) / 8 : 0;
    a->written = 0;
}

/* A copy has one hook for each side. */
static void hooked(struct announced *a, const char *hook)
{
    const char *digits = hook + strcspn(hook, "0123456789");
    long n = *digits ? strtol(digits, NULL, 10) : a->size;
    bool reads = strstr(hook, "read") != NULL;
    bool writes = strstr(hook, "write") != NULL;
    if (str_starts(hook, "func_"))
        return;
    if (str_starts(hook, "atomic")) {
        hooked_atomic(a, hook);
        return;
    }
    a->read = reads ? n : writes ? a->read : 0;
    a->written = writes ? n : reads ? a->written : 0;
}

static void called(struct announced *a, const char *operands)
{
    if (str_starts(operands, "__tsan_"))
        hooked(a, operands + strlen("__tsan_"));
    else
        a->read = a->written = 0;
}

/* The operand in memory, or NULL; *last: it is the last one. */
static char *memory_operand(char *operands, bool *last)
{
    char *start = operands, *found = NULL;
    int depth = 0;
    for (char *p = operands;; p++) {
        depth += (*p == '(') - (*p == ')');
        if (*p == '(' && !found)
            found = start;
        if (*p != '\0' && (*p != ',' || depth > 0))
            continue;
        bool end = *p == '\0';
        if (found == start) {
            *last = end;
            *p = '\0';
            return found;
        }
        if (end)
            return NULL;
        start = p + 1 + strspn(p + 1, " \t");
    }
}

static bool is_shareable(const char *operand)
{
    return !strstr(operand, "%rsp") && !strstr(operand, "(%rbp") &&
           !strchr(operand, '@') && *operand != '*' && *operand != '%' &&
           !(str_starts(operand, ".L") && strstr(operand, "%rip"));
}

static bool accesses(const char *name)
{
    static const char *const none[] = {"lea",      "nop",    "call", "j",
                                       "prefetch", "data16", "endbr"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (str_starts(name, none[i]))
            return false;
    return true;
}

static bool moves(const char *name)
{
    return str_starts(name, "mov") || str_starts(name, "vmov") ||
           str_starts(name, "set") || str_starts(name, "fst") ||
           str_starts(name, "fist") || str_starts(name, "fnst") ||
           str_starts(name, "pop") || str_starts(name, "vextract");
}

static bool only_reads(const char *name)
{
    static const char *const list[] = {"push", "cmp",  "test", "fld",
                                       "fild", "mul",  "imul", "div",
                                       "idiv", "ucom", "com"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_starts(name, list[i]))
            return true;
    return false;
}

static long size_of(const char *name, const char *operands)
{
    static const struct {
        const char *start;
        long n;
    } list[] = {{"movzb", 1}, {"movsb", 1},  {"movzw", 2},     {"movsw", 2},
                {"movsl", 4}, {"movss", 4},  {"movsd", 8},     {"movlp", 8},
                {"movhp", 8}, {"movap", 16}, {"movup", 16},    {"movdq", 16},
                {"set", 1},   {"fldt", 10},  {"fstpt", 10},    {"flds", 4},
                {"fsts", 4},  {"fstps", 4},  {"fldl", 8},      {"fstl", 8},
                {"fstpl", 8}, {"vmovss", 4}, {"vmovsd", 8},    {"push", 8},
                {"pop", 8},   {"cvtss", 4},  {"cvtsi2sdl", 4}, {"movd", 4}};
    static const char letters[] = "bwl", *at;
    if (strstr(operands, "%ymm"))
        return 32;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_starts(name, list[i].start))
            return list[i].n;
    if (strstr(operands, "%xmm") && !str_starts(name, "movq"))
        return 16;
    size_t length = strlen(name);
    at = length ? strchr(letters, name[length - 1]) : NULL;
    return at && *at ? 1L << (at - letters) : 8;
}

/* Whether a hook was there for it; it uses that up. */
static bool use(long *announced, long n, const char *name)
{
    bool covered = *announced > 0;
    bool of_bits = str_starts(name, "movz") || str_starts(name, "movs");
    if (*announced < ALL)
        *announced = of_bits && *announced <= 8 ? 0 : *announced - n;
    if (*announced < 0)
        *announced = 0;
    return covered;
}

/* Below what a function without a frame of its own may use of the stack. */
static void add_call(struct buf *out, const char *prepare, const char *what)
{
    buf_addf(out,
             "\tleaq\t-128(%%rsp), %%rsp\n\tpushq\t%%rdi\n\tpushq\t%%rsi\n"
             "%s\tcall\tlockstep_unhooked_%s\n"
             "\tpopq\t%%rsi\n\tpopq\t%%rdi\n\tleaq\t128(%%rsp), %%rsp\n",
             prepare, what);
}

static void add_access(struct buf *out, const char *operand, long n,
                       const char *what)
{
    char *prepare =
        str_fmt("\tleaq\t%s, %%rdi\n\tmovl\t$%ld, %%esi\n", operand, n);
    add_call(out, prepare, what);
    free(prepare);
}

static void simple(struct announced *a, const struct line *l, struct buf *out)
{
    bool last = false;
    char operands[sizeof l->operands];
    memcpy(operands, l->operands, sizeof operands);
    const char *m = memory_operand(operands, &last);
    if (!m || !is_shareable(m))
        return;
    long n = size_of(l->name, l->operands);
    bool reads = !last || only_reads(l->name) || !moves(l->name);
    bool writes = last && !only_reads(l->name);
    if (last && !strchr(l->operands, ',') && str_starts(l->name, "f"))
        writes = moves(l->name), reads = !writes;
    if (reads && !use(&a->read, n, l->name))
        add_access(out, m, n, "read");
    if (writes && !use(&a->written, n, l->name))
        add_access(out, m, n, "write");
}

/* rep movsq and rep stosq: from where rsi, to where rdi points. */
static void repeated(struct announced *a, const char *what, struct buf *out)
{
    const char *string = strpbrk(what, "ms");
    if (!string)
        return;
    char letter = str_starts(string, "movs") || str_starts(string, "stos")
                      ? string[4]
                      : '\0';
    int n = letter == 'q' ? 8 : letter == 'l' ? 4 : letter == 'w' ? 2 : 1;
    char *to = str_fmt("\tleaq\t(,%%rcx,%d), %%rsi\n", n);
    char *from = str_fmt("\tmovq\t%%rsi, %%rdi\n%s", to);
    if (*string == 'm' && a->read == 0)
        add_call(out, from, "read");
    if (a->written == 0)
        add_call(out, to, "write");
    a->read = a->written = 0;
    free(to);
    free(from);
}

static bool parse(const char *text, size_t n, struct line *l)
{
    char whole[sizeof l->name + sizeof l->operands];
    if (n < 2 || n >= sizeof l->operands || *text != '\t' || text[1] == '.' ||
        text[1] == '#')
        return false;
    memcpy(whole, text + 1, n - 1);
    whole[n - 1] = '\0';
    whole[strcspn(whole, "#")] = '\0'; /* what clang remarks */
    size_t name = strcspn(whole, " \t");
    if (name >= sizeof l->name)
        return false;
    memcpy(l->name, whole, name);
    l->name[name] = '\0';
    const char *rest = whole + name + strspn(whole + name, " \t");
    size_t length = strlen(rest);
    while (length && (rest[length - 1] == ' ' || rest[length - 1] == '\t'))
        length--;
    memcpy(l->operands, rest, length);
    l->operands[length] = '\0';
    return true;
}

/* Where another function begins, or where one can get from elsewhere; labels of
 * lexical blocks and of places are neither. */
static bool is_block(const char *line)
{
    if (!str_starts(line, ".L"))
        return *line != '\t' && *line != '#';
    size_t n = strcspn(line, ":\n");
    return strchr("0123456789", line[2]) || memchr(line, '_', n);
}

/* The second argument of a hook is the size of what it is for. */
static void note_size(struct announced *a, const struct line *l)
{
    if (str_ends(l->operands, "%esi") || str_ends(l->operands, "%rsi"))
        a->size = *l->operands == '$' ? strtol(l->operands + 1, NULL, 10) : ALL;
}

static void look(struct announced *a, const struct line *l, struct buf *out)
{
    if (str_starts(l->name, "call"))
        called(a, l->operands);
    else if (str_starts(l->name, "rep"))
        repeated(a, str_starts(l->name, "rep;") ? l->name + 4 : l->operands,
                 out);
    else if (accesses(l->name))
        simple(a, l, out);
}

void unhooked_mend(const char *assembly, struct buf *out)
{
    struct announced a = {0};
    bool raw = false; /* inline assembly says what it does by itself: nothing */
    for (const char *p = assembly; *p;) {
        struct line l;
        size_t n = strcspn(p, "\n");
        raw = (raw || str_starts(p, "#APP")) && !str_starts(p, "#NO_APP");
        if (is_block(p))
            a = (struct announced){.size = ALL};
        if (!raw && parse(p, n, &l)) {
            note_size(&a, &l);
            look(&a, &l, out);
        }
        buf_add(out, p, n + (p[n] == '\n'));
        p += n + (p[n] == '\n');
    }
}
