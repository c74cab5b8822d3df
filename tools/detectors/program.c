/* Looks into an executable, by libelf: symbols, needed libraries, compilers.
 * SPDX-License-Identifier: MIT */
#include "detectors/program.h"

#include "base/str.h"
#include "os/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the symbols of one file speak of. */
struct signs {
    bool tsan, other_sanitizer;
    bool shared_gcc, shared_clang; /* its runtime is a shared object */
    bool clang;                    /* a part was compiled by it */
    bool c11, openmp;
    bool interpreter;
    unsigned dwarf;
};

static void note_symbol(const char *name, bool defined, struct signs *s)
{
    if (str_eq(name, "__tsan_init"))
        s->tsan = true;
    else if (str_eq(name, "__asan_init") || str_eq(name, "__msan_init") ||
             str_eq(name, "__lsan_init") || str_eq(name, "__hwasan_init"))
        s->other_sanitizer = true;
    else if (str_eq(name, "thrd_create") && !defined)
        s->c11 = true;
    else if (str_eq(name, "GOMP_parallel") || str_starts(name, "__kmpc_fork"))
        s->openmp = true;
}

static void read_symbols(Elf *elf, Elf_Scn *section, const GElf_Shdr *head,
                         struct signs *s)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t n = data && head->sh_entsize ? head->sh_size / head->sh_entsize : 0;
    for (size_t i = 0; i < n; i++) {
        GElf_Sym symbol;
        if (!gelf_getsym(data, (int)i, &symbol))
            return;
        const char *name = elf_strptr(elf, head->sh_link, symbol.st_name);
        if (name)
            note_symbol(name, symbol.st_shndx != SHN_UNDEF, s);
    }
}

static void read_needed(Elf *elf, Elf_Scn *section, const GElf_Shdr *head,
                        struct signs *s)
{
    Elf_Data *data = elf_getdata(section, NULL);
    size_t n = data && head->sh_entsize ? head->sh_size / head->sh_entsize : 0;
    for (size_t i = 0; i < n; i++) {
        GElf_Dyn entry;
        if (!gelf_getdyn(data, (int)i, &entry) || entry.d_tag != DT_NEEDED)
            continue;
        const char *name = elf_strptr(elf, head->sh_link, entry.d_un.d_val);
        if (!name)
            continue;
        s->shared_gcc |= str_starts(name, "libtsan.so");
        s->shared_clang |= str_starts(name, "libclang_rt.tsan");
        s->openmp |=
            str_starts(name, "libgomp.so") || str_starts(name, "libomp.so");
    }
}

/* The section has a line of each compiler that had a part in the file. */
static void read_comment(Elf_Scn *section, struct signs *s)
{
    static const char word[] = "clang version";
    Elf_Data *data = elf_getdata(section, NULL);
    s->clang |= data && data->d_buf &&
                memmem(data->d_buf, data->d_size, word, sizeof word - 1);
}

/* A unit begins with its length, of 4 or 12 bytes, and the version. Compressed
 * sections are left alone: elf_compress undoes that. */
static void read_debug(Elf_Scn *section, const GElf_Shdr *head, struct signs *s)
{
    if ((head->sh_flags & SHF_COMPRESSED) && elf_compress(section, 0, 0) < 0)
        return;
    Elf_Data *data = elf_getdata(section, NULL);
    uint32_t length;
    uint16_t version;
    if (!data || !data->d_buf || data->d_size < 14)
        return;
    memcpy(&length, data->d_buf, sizeof length);
    size_t at = length == UINT32_MAX ? 12 : 4;
    memcpy(&version, (const char *)data->d_buf + at, sizeof version);
    if (version > s->dwarf)
        s->dwarf = version;
}

static void read_sections(Elf *elf, struct signs *s)
{
    size_t names = 0;
    if (elf_getshdrstrndx(elf, &names) != 0)
        return;
    for (Elf_Scn *at = NULL; (at = elf_nextscn(elf, at));) {
        GElf_Shdr head;
        if (!gelf_getshdr(at, &head))
            continue;
        const char *name = elf_strptr(elf, names, head.sh_name);
        if (head.sh_type == SHT_SYMTAB || head.sh_type == SHT_DYNSYM)
            read_symbols(elf, at, &head, s);
        else if (head.sh_type == SHT_DYNAMIC)
            read_needed(elf, at, &head, s);
        else if (name && str_eq(name, ".comment"))
            read_comment(at, s);
        else if (name && str_eq(name, ".debug_info"))
            read_debug(at, &head, s);
    }
}

static void read_segments(Elf *elf, struct signs *s)
{
    size_t n = 0;
    elf_getphdrnum(elf, &n);
    for (size_t i = 0; i < n; i++) {
        GElf_Phdr head;
        if (gelf_getphdr(elf, (int)i, &head) && head.p_type == PT_INTERP)
            s->interpreter = true;
    }
}

static enum program_runtime runtime_of(const struct signs *s)
{
    if (s->tsan && s->shared_gcc)
        return PROGRAM_TSAN_GCC;
    if (s->tsan)
        return s->shared_clang || s->clang ? PROGRAM_TSAN_CLANG
                                           : PROGRAM_TSAN_GCC;
    return s->other_sanitizer ? PROGRAM_OTHER_SANITIZER : PROGRAM_PLAIN;
}

static void conclude(const struct signs *s, struct program *out)
{
    out->form = s->interpreter ? PROGRAM_DYNAMIC : PROGRAM_STATIC;
    out->runtime = runtime_of(s);
    out->model = s->c11      ? MODEL_C11_NATIVE
                 : s->openmp ? MODEL_OPENMP
                             : MODEL_PTHREAD;
    out->dwarf = s->dwarf;
}

enum err program_read(const char *path, struct program *out)
{
    struct signs s = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    elf_version(EV_CURRENT);
    Elf *elf = elf_begin(fd, ELF_C_READ_MMAP_PRIVATE, NULL);
    char *real = fs_real(path);
    *out = (struct program){.path = real ? real : str_dup(path),
                            .form = PROGRAM_SCRIPT,
                            .model = MODEL_PTHREAD};
    if (elf && elf_kind(elf) == ELF_K_ELF) {
        read_segments(elf, &s);
        read_sections(elf, &s);
        conclude(&s, out);
    }
    elf_end(elf);
    close(fd);
    return ERR_OK;
}

void program_fini(struct program *p)
{
    free(p->path);
    *p = (struct program){0};
}
