/* Debugging information by libdwfl.
 * SPDX-License-Identifier: MIT */
#include "explore/places.h"

#include "base/mem.h"
#include "base/str.h"
#include "os/fs.h"

#include <elfutils/libdwfl.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct places {
    Dwfl *dwfl;
    Dwfl_Module *module;
    GElf_Addr shift; /* from addresses as it ran to those reported */
};

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = dwfl_standard_find_debuginfo,
    .section_address = dwfl_offline_section_address,
};

enum err places_open(const char *program, uint64_t base, struct places **out)
{
    struct places *p = mem_new(1, sizeof *p);
    GElf_Addr start;
    p->dwfl = dwfl_begin(&callbacks);
    if (p->dwfl)
        p->module = dwfl_report_offline(p->dwfl, program, program, -1);
    if (!p->module || dwfl_report_end(p->dwfl, NULL, NULL) != 0) {
        places_close(p);
        return ERR_INVALID;
    }
    dwfl_module_info(p->module, NULL, &start, NULL, NULL, NULL, NULL, NULL);
    p->shift = base ? start - base : 0;
    *out = p;
    return ERR_OK;
}

void places_close(struct places *p)
{
    if (!p)
        return;
    if (p->dwfl)
        dwfl_end(p->dwfl);
    free(p);
}

bool places_code(struct places *p, uint64_t pc, struct code_place *out)
{
    if (pc == 0)
        return false;
    GElf_Addr at = pc - 1 + p->shift;
    *out = (struct code_place){0};
    out->function = dwfl_module_addrname(p->module, at);
    Dwfl_Line *line = dwfl_module_getsrc(p->module, at);
    if (!line)
        return false;
    out->file = dwfl_lineinfo(line, NULL, &out->line, &out->column, NULL, NULL);
    return out->file != NULL;
}

char *places_variable(struct places *p, uint64_t address)
{
    GElf_Off offset;
    GElf_Sym sym;
    const char *name = dwfl_module_addrinfo(p->module, address + p->shift,
                                            &offset, &sym, NULL, NULL, NULL);
    if (!name || GELF_ST_TYPE(sym.st_info) != STT_OBJECT ||
        offset >= sym.st_size)
        return NULL;
    return offset ? str_fmt("%s[+%llu]", name, (unsigned long long)offset)
                  : str_dup(name);
}

char *places_line(const char *file, int line)
{
    struct buf text = {0};
    fs_read(file, &text);
    const char *s = buf_str(&text);
    for (int i = 1; i < line && *s; i++) {
        s += strcspn(s, "\n");
        s += *s == '\n';
    }
    s += strspn(s, " \t");
    size_t n = strcspn(s, "\n");
    const char *mark = memmem(s, n, "/* @site", 8);
    if (mark)
        n = (size_t)(mark - s);
    while (n > 0 && s[n - 1] == ' ')
        n--;
    char *found = str_ndup(s, n);
    buf_fini(&text);
    return found;
}
