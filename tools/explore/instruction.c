/* Source of the names: the manuals of the processor; gcc's and LLVM's output.
 * SPDX-License-Identifier: MIT */
#include "explore/instruction.h"

#include "base/str.h"

#include <string.h>

bool instruction_parse(const char *text, size_t n, struct instruction *l)
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

/* A name alone is a place, too. */
static bool is_memory(const char *operand)
{
    return *operand != '\0' && *operand != '$' && *operand != '*' &&
           (*operand != '%' || str_starts(operand, "%fs:"));
}

char *instruction_memory(char *operands, bool *last)
{
    char *start = operands;
    int depth = 0;
    for (char *p = operands;; p++) {
        depth += (*p == '(') - (*p == ')');
        if (*p != '\0' && (*p != ',' || depth > 0))
            continue;
        bool end = *p == '\0';
        size_t n = (size_t)(p - start);
        if (n && depth == 0 && is_memory(start) &&
            strcspn(start, " \t{") >= n) {
            *last = end;
            *p = '\0';
            return start;
        }
        if (end)
            return NULL;
        start = p + 1 + strspn(p + 1, " \t");
    }
}

bool instruction_accesses(const char *name)
{
    static const char *const none[] = {"lea",      "nop",    "call",  "j",
                                       "prefetch", "data16", "endbr", "loop"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (str_starts(name, none[i]))
            return false;
    return true;
}

bool instruction_moves(const char *name)
{
    return str_starts(name, "mov") || str_starts(name, "vmov") ||
           str_starts(name, "set") || str_starts(name, "fst") ||
           str_starts(name, "fist") || str_starts(name, "fnst") ||
           str_starts(name, "pop") || str_starts(name, "vextract");
}

bool instruction_only_reads(const char *name)
{
    static const char *const list[] = {"push", "cmp",  "test", "fld",
                                       "fild", "mul",  "imul", "div",
                                       "idiv", "ucom", "com"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_starts(name, list[i]))
            return true;
    return false;
}

long instruction_size(const struct instruction *l)
{
    const char *name = l->name, *operands = l->operands;
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
    static const char letters[] = "bwl";
    if (strstr(operands, "%zmm"))
        return 64;
    if (strstr(operands, "%ymm"))
        return 32;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_starts(name, list[i].start))
            return list[i].n;
    if (strstr(operands, "%xmm") && !str_starts(name, "movq"))
        return 16;
    size_t length = strlen(name);
    const char *at = length ? strchr(letters, name[length - 1]) : NULL;
    return at && *at ? 1L << (at - letters) : 8;
}

bool instruction_is_function(const char *line)
{
    return !str_starts(line, ".L") && !strchr("\t# \n", *line);
}

bool instruction_is_block(const char *line)
{
    if (!str_starts(line, ".L"))
        return instruction_is_function(line);
    size_t n = strcspn(line, ":\n");
    return strchr("0123456789", line[2]) || memchr(line, '_', n);
}
