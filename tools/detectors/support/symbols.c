/* The data symbols of an ELF program, sorted by address.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/symbols.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_address(const void *a, const void *b)
{
    const struct symbol *x = a, *y = b;
    return (x->address > y->address) - (x->address < y->address);
}

static void read_table(Elf *elf, Elf_Scn *section, const GElf_Shdr *header,
                       struct symbols *s)
{
    Elf_Data *data = elf_getdata(section, NULL);
    if (!data || header->sh_entsize == 0)
        return;
    size_t n = header->sh_size / header->sh_entsize;
    for (size_t i = 0; i < n; i++) {
        GElf_Sym sym;
        if (!gelf_getsym(data, (int)i, &sym))
            return;
        if (GELF_ST_TYPE(sym.st_info) != STT_OBJECT || sym.st_size == 0)
            continue;
        const char *name = elf_strptr(elf, header->sh_link, sym.st_name);
        if (name && *name) {
            struct symbol found = {sym.st_value, sym.st_size, str_dup(name)};
            vec_push(s, found);
        }
    }
}

static enum err read_elf(Elf *elf, struct symbols *s)
{
    GElf_Ehdr ehdr;
    if (!elf || !gelf_getehdr(elf, &ehdr))
        return ERR_INVALID;
    if (ehdr.e_type != ET_EXEC)
        return ERR_UNSUPPORTED;
    for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn)) != NULL;) {
        GElf_Shdr header;
        if (gelf_getshdr(scn, &header) && header.sh_type == SHT_SYMTAB)
            read_table(elf, scn, &header, s);
    }
    if (s->n)
        qsort(s->v, s->n, sizeof *s->v, by_address);
    return ERR_OK;
}

enum err symbols_load(const char *path, struct symbols *s)
{
    if (elf_version(EV_CURRENT) == EV_NONE)
        return ERR_UNSUPPORTED;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_from_errno(errno);
    Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
    enum err e = read_elf(elf, s);
    elf_end(elf);
    close(fd);
    return e;
}

void symbols_fini(struct symbols *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->v[i].name);
    vec_fini(s);
}

const char *symbols_name(const struct symbols *s, uint64_t address)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->v[mid].address <= address)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0)
        return NULL;
    const struct symbol *last = &s->v[low - 1];
    return address - last->address < last->size ? last->name : NULL;
}

char *symbols_replace(const struct symbols *s, const char *text, char **names)
{
    struct buf out = {0};
    struct strv found = {0};
    for (const char *hex; (hex = strstr(text, "0x")) != NULL;) {
        char *end;
        uint64_t address = strtoull(hex, &end, 16);
        const char *name = symbols_name(s, address);
        buf_add(&out, text, (size_t)(hex - text));
        if (end <= hex + 1) /* "0x" without digits */
            end = strchr(hex, 'x') + 1;
        if (name)
            buf_adds(&out, name);
        else
            buf_add(&out, hex, (size_t)(end - hex));
        if (name && !strv_has(&found, name))
            strv_add(&found, name);
        text = end;
    }
    buf_adds(&out, text);
    struct buf list = {0};
    for (size_t i = 0; i < found.n; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", found.v[i]);
    *names = found.n ? buf_take(&list) : NULL;
    strv_fini(&found);
    return buf_take(&out);
}
