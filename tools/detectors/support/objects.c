/* Names of objects: from DWARF, from the symbol table, from the source's text.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/objects.h"

#include "base/str.h"
#include "os/fs.h"

#include <ctype.h>
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <string.h>

static bool unsigned_of(Dwarf_Die *die, unsigned name, Dwarf_Word *value)
{
    Dwarf_Attribute attr;
    return dwarf_attr_integrate(die, name, &attr) &&
           dwarf_formudata(&attr, value) == 0;
}

static bool type_of(Dwarf_Die *die, Dwarf_Die *type)
{
    Dwarf_Attribute attr;
    return dwarf_attr_integrate(die, DW_AT_type, &attr) &&
           dwarf_formref_die(&attr, type);
}

/* The C library's synchronisation types, whose inside is not the user's. */
static bool is_opaque(Dwarf_Die *type)
{
    const char *name = dwarf_diename(type);
    return dwarf_tag(type) == DW_TAG_typedef && name &&
           (str_starts(name, "pthread_") || str_starts(name, "omp_") ||
            str_eq(name, "sem_t") || str_eq(name, "mtx_t") ||
            str_eq(name, "cnd_t"));
}

/* Steps into the member of a structure at *offset, and adds its name. */
static bool enter_member(Dwarf_Die *type, Dwarf_Word *offset, struct buf *name)
{
    Dwarf_Die member, inner;
    if (dwarf_child(type, &member) != 0)
        return false;
    do {
        Dwarf_Word at = 0, size = 0;
        if (dwarf_tag(&member) != DW_TAG_member || !type_of(&member, &inner))
            continue;
        unsigned_of(&member, DW_AT_data_member_location, &at);
        if (dwarf_aggregate_size(&inner, &size) != 0 || *offset < at ||
            *offset >= at + size)
            continue;
        if (dwarf_diename(&member))
            buf_addf(name, ".%s", dwarf_diename(&member));
        *offset -= at;
        *type = inner;
        return true;
    } while (dwarf_siblingof(&member, &member) == 0);
    return false;
}

static bool enter_element(Dwarf_Die *type, Dwarf_Word *offset, struct buf *name)
{
    Dwarf_Die inner;
    Dwarf_Word size = 0;
    if (!type_of(type, &inner) || dwarf_aggregate_size(&inner, &size) != 0 ||
        size == 0)
        return false;
    buf_addf(name, "[%lu]", (unsigned long)(*offset / size));
    *offset %= size;
    *type = inner;
    return true;
}

static void descend(Dwarf_Die *type, Dwarf_Word offset, struct buf *name)
{
    Dwarf_Die inner;
    bool deeper = true;
    while (deeper && !is_opaque(type)) {
        switch (dwarf_tag(type)) {
        case DW_TAG_structure_type:
        case DW_TAG_union_type:
            deeper = enter_member(type, &offset, name);
            break;
        case DW_TAG_array_type:
            deeper = enter_element(type, &offset, name);
            break;
        case DW_TAG_typedef:
        case DW_TAG_const_type:
        case DW_TAG_volatile_type:
        case DW_TAG_atomic_type:
            deeper = type_of(type, &inner);
            if (deeper)
                *type = inner;
            break;
        default:
            deeper = false;
        }
    }
}

/* Whether the variable lies at a fixed address that covers addr. */
static bool covers(Dwarf_Die *variable, Dwarf_Addr addr, struct buf *name)
{
    Dwarf_Attribute attr;
    Dwarf_Op *op;
    size_t n = 0;
    Dwarf_Die type;
    Dwarf_Word size = 0;
    if (!dwarf_attr(variable, DW_AT_location, &attr) ||
        dwarf_getlocation(&attr, &op, &n) != 0 || n != 1)
        return false;
    Dwarf_Attribute indirect;
    Dwarf_Addr at = op[0].number;
    if (op[0].atom == DW_OP_addrx || op[0].atom == DW_OP_GNU_addr_index) {
        if (dwarf_getlocation_attr(&attr, op, &indirect) != 0 ||
            dwarf_formaddr(&indirect, &at) != 0)
            return false;
    } else if (op[0].atom != DW_OP_addr) {
        return false;
    }
    if (addr < at || !type_of(variable, &type) ||
        dwarf_aggregate_size(&type, &size) != 0 || addr >= at + size)
        return false;
    Dwarf_Attribute named;
    const char *own =
        dwarf_formstring(dwarf_attr_integrate(variable, DW_AT_name, &named));
    if (!own)
        return false;
    buf_adds(name, own);
    descend(&type, addr - at, name);
    return true;
}

/* Looks through a unit, into functions and blocks for their static objects. */
static bool search(Dwarf_Die *parent, Dwarf_Addr addr, struct buf *name)
{
    Dwarf_Die die;
    if (dwarf_child(parent, &die) != 0)
        return false;
    do {
        int tag = dwarf_tag(&die);
        if (tag == DW_TAG_variable && covers(&die, addr, name))
            return true;
        if ((tag == DW_TAG_subprogram || tag == DW_TAG_lexical_block) &&
            search(&die, addr, name))
            return true;
    } while (dwarf_siblingof(&die, &die) == 0);
    return false;
}

char *objects_static(const struct stacks *s, uint64_t addr)
{
    Dwfl_Module *mod = s->dwfl ? dwfl_addrmodule(s->dwfl, addr) : NULL;
    if (!mod)
        return NULL;
    struct buf name = {0};
    Dwarf_Die *unit = NULL;
    Dwarf_Addr bias = 0;
    while ((unit = dwfl_module_nextcu(mod, unit, &bias)))
        if (search(unit, addr - bias, &name))
            return buf_take(&name);
    GElf_Sym sym;
    GElf_Off offset = 0;
    const char *symbol =
        dwfl_module_addrinfo(mod, addr, &offset, &sym, NULL, NULL, NULL);
    return symbol && offset < sym.st_size ? str_dup(symbol) : NULL;
}

/* The start of line number n (from 1), or NULL. */
static const char *line_at(const char *text, int n)
{
    while (text && --n > 0) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text;
}

/* Just behind "name(" in s, the name standing as a word of its own. */
static const char *call_in(const char *s, const char *end, const char *name)
{
    size_t n = strlen(name);
    for (const char *p = s; (p = strstr(p, name)) && p < end; p += n) {
        if (p > s && (isalnum((unsigned char)p[-1]) || p[-1] == '_'))
            continue;
        const char *q = p + n;
        while (isspace((unsigned char)*q))
            q++;
        if (*q == '(')
            return q + 1;
    }
    return NULL;
}

/* The text up to the comma or parenthesis that ends the argument. */
static char *argument_text(const char *s)
{
    struct buf out = {0};
    int depth = 0;
    while (isspace((unsigned char)*s) || *s == '&')
        s++;
    for (; *s; s++) {
        if (depth == 0 && (*s == ',' || *s == ')'))
            break;
        depth += (*s == '(' || *s == '[') - (*s == ')' || *s == ']');
        if (!isspace((unsigned char)*s))
            buf_add(&out, s, 1);
        if (out.len > 80)
            break;
    }
    if (out.len == 0 || out.len > 80) {
        buf_fini(&out);
        return NULL;
    }
    return buf_take(&out);
}

/* The text of the source from the place's line on; *end is the line's. */
static const char *source_at(const struct frame *place, struct buf *text,
                             const char **end)
{
    if (!place || !place->file || fs_read(place->file, text) != ERR_OK)
        return NULL;
    const char *line = line_at(buf_str(text), place->line);
    const char *newline = line ? strchr(line, '\n') : NULL;
    if (line)
        *end = newline ? newline : line + strlen(line);
    return line;
}

char *objects_argument(const struct frame *place, const char *function)
{
    struct buf text = {0};
    const char *end = NULL;
    const char *line = *function ? source_at(place, &text, &end) : NULL;
    const char *call = line ? call_in(line, end, function) : NULL;
    char *name = call ? argument_text(call) : NULL;
    buf_fini(&text);
    return name;
}

bool objects_calls(const struct frame *place, const char *function)
{
    struct buf text = {0};
    const char *end = NULL;
    const char *line = source_at(place, &text, &end);
    bool found = line && call_in(line, end, function);
    buf_fini(&text);
    return found;
}

bool objects_mentions(const struct frame *place, const char *words)
{
    struct buf text = {0};
    const char *end = NULL;
    const char *line = source_at(place, &text, &end);
    const char *found = line ? strstr(line, words) : NULL;
    bool inside = found && found < end;
    buf_fini(&text);
    return inside;
}
