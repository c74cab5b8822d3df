/* What is known of the code of a live process: functions, files and lines.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/stacks.h"

#include "base/str.h"
#include "os/fs.h"

#include <dwarf.h>

/* libdw finds units by .debug_aranges, which clang leaves out; so the ranges of
 * every unit are asked. */
static Dwarf_Line *find_line(Dwfl_Module *mod, Dwarf_Addr pc, Dwarf_Die *unit)
{
    Dwarf_Die *u = NULL;
    Dwarf_Addr bias = 0;
    while ((u = dwfl_module_nextcu(mod, u, &bias)))
        if (dwarf_haspc(u, pc - bias) > 0) {
            *unit = *u;
            return dwarf_getsrc_die(u, pc - bias);
        }
    return NULL;
}

/* A file name of DWARF, absolute where the compiler's folder is known to be. */
static char *source_path(Dwarf_Die *unit, const char *file)
{
    Dwarf_Attribute attr;
    const char *dir = dwarf_formstring(dwarf_attr(unit, DW_AT_comp_dir, &attr));
    if (file[0] == '/' || !dir || dir[0] != '/')
        return str_dup(file);
    return fs_join(dir, file);
}

static void describe_line(Dwfl_Module *mod, Dwarf_Addr pc, struct frame *f)
{
    Dwarf_Die unit;
    Dwarf_Line *line = find_line(mod, pc, &unit);
    const char *file = line ? dwarf_linesrc(line, NULL, NULL) : NULL;
    if (!file || dwarf_lineno(line, &f->line) != 0)
        return;
    if (dwarf_linecol(line, &f->col) != 0)
        f->col = 0;
    f->file = source_path(&unit, file);
}

void stacks_describe(const struct stacks *s, uint64_t pc, struct frame *f)
{
    *f = (struct frame){0};
    Dwfl_Module *mod = s->dwfl ? dwfl_addrmodule(s->dwfl, pc) : NULL;
    if (!mod)
        return;
    f->module = str_dup(
        dwfl_module_info(mod, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
    GElf_Off offset = 0;
    GElf_Sym sym;
    f->function =
        str_dup(dwfl_module_addrinfo(mod, pc, &offset, &sym, NULL, NULL, NULL));
    describe_line(mod, pc, f);
}

struct search {
    const char *module, *symbol;
    uint64_t address;
};

static int look_into(Dwfl_Module *mod, void **userdata, const char *name,
                     Dwarf_Addr start, void *arg)
{
    (void)userdata;
    (void)start;
    struct search *w = arg;
    if (!str_eq(str_basename(name), w->module))
        return DWARF_CB_OK;
    int n = dwfl_module_getsymtab(mod);
    for (int i = 0; i < n && !w->address; i++) {
        GElf_Sym sym;
        GElf_Addr address = 0;
        const char *symbol =
            dwfl_module_getsym_info(mod, i, &sym, &address, NULL, NULL, NULL);
        if (sym.st_shndx != SHN_UNDEF && str_eq(symbol, w->symbol))
            w->address = address;
    }
    return DWARF_CB_ABORT;
}

uint64_t stacks_symbol(const struct stacks *s, const char *module,
                       const char *symbol)
{
    struct search w = {.module = module, .symbol = symbol};
    if (s->dwfl)
        dwfl_getmodules(s->dwfl, look_into, &w, 0);
    return w.address;
}
