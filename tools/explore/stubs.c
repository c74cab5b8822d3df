/* Symbols by libelf, stubs as text.
 * SPDX-License-Identifier: MIT */
#include "explore/stubs.h"

#include "os/fs.h"

#include <fcntl.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names of variables, not functions, of the C library. */
static const char *const variables[] = {"stdin",
                                        "stdout",
                                        "stderr",
                                        "environ",
                                        "__environ",
                                        "optarg",
                                        "optind",
                                        "opterr",
                                        "optopt",
                                        "timezone",
                                        "tzname",
                                        "daylight",
                                        "__timezone",
                                        "__tzname",
                                        "signgam",
                                        "program_invocation_name",
                                        "program_invocation_short_name",
                                        "in6addr_any",
                                        "in6addr_loopback",
                                        "__progname"};

struct symbols_of {
    struct strv defined, undefined;
    struct strv loose; /* undefined in members of archives: who knows whether
                        * they are linked */
    bool archive;      /* what is read now is a member */
    struct strv bare;  /* objects without hooks */
};

static void read_symbols(Elf *elf, Elf_Scn *scn, const GElf_Shdr *h,
                         struct symbols_of *s)
{
    Elf_Data *data = elf_getdata(scn, NULL);
    size_t n = data && h->sh_entsize ? h->sh_size / h->sh_entsize : 0;
    for (size_t i = 0; i < n; i++) {
        GElf_Sym sym;
        if (!gelf_getsym(data, (int)i, &sym) ||
            GELF_ST_BIND(sym.st_info) == STB_LOCAL)
            continue;
        const char *name = elf_strptr(elf, h->sh_link, sym.st_name);
        if (name && *name)
            strv_add(sym.st_shndx != SHN_UNDEF ? &s->defined
                     : s->archive              ? &s->loose
                                               : &s->undefined,
                     name);
    }
}

/* One object, or one member of an archive. */
static void read_elf(Elf *elf, const char *path, struct symbols_of *s)
{
    size_t names;
    bool hooks = false, code = false;
    if (elf_kind(elf) != ELF_K_ELF || elf_getshdrstrndx(elf, &names) != 0)
        return;
    for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
        GElf_Shdr h;
        if (!gelf_getshdr(scn, &h))
            continue;
        const char *name = elf_strptr(elf, names, h.sh_name);
        hooks = hooks || str_eq(name, "lockstep_unit");
        code = code || (h.sh_flags & SHF_EXECINSTR && h.sh_size > 0);
        if (h.sh_type == SHT_SYMTAB)
            read_symbols(elf, scn, &h, s);
    }
    if (code && !hooks)
        strv_add(&s->bare, str_basename(path));
}

static enum err read_file(const char *path, struct symbols_of *s)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_NOENT;
    Elf *file = elf_begin(fd, ELF_C_READ, NULL);
    enum err e = file ? ERR_OK : ERR_INVALID;
    Elf_Cmd command = ELF_C_READ;
    s->archive = file && elf_kind(file) == ELF_K_AR;
    if (s->archive) {
        for (Elf *member; (member = elf_begin(fd, command, file)) != NULL;) {
            read_elf(member, path, s);
            command = elf_next(member);
            elf_end(member);
        }
    } else if (file) {
        read_elf(file, path, s);
    }
    if (file)
        elf_end(file);
    close(fd);
    return e;
}

/* The first words of the lines of a file, but for comments; prefix cut off. */
static enum err read_list(const char *lib, const char *name, const char *prefix,
                          struct strv *out)
{
    struct buf b = {0};
    char *path = fs_join(lib, name);
    enum err e = fs_read(path, &b);
    for (const char *p = buf_str(&b); *p; p += *p == '\n') {
        size_t n = strcspn(p, "\n");
        if (*p != '#' && n > strlen(prefix))
            strv_take(out, str_ndup(p + strlen(prefix), n - strlen(prefix)));
        p += n;
    }
    buf_fini(&b);
    free(path);
    return e;
}

static bool is_known(const char *name, const struct strv *known,
                     const struct symbols_of *s)
{
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (str_eq(name, variables[i]))
            return true;
    return str_starts(name, "__tsan_") ||
           str_starts(name, "lockstep_unhooked_") ||
           str_eq(name, "lockstep_weak_exchange") ||
           str_starts(name, "__wrap_") || str_starts(name, "__start_") ||
           str_starts(name, "__stop_") || strv_has(known, name) ||
           strv_has(&s->defined, name);
}

/* One that asks the runtime first, which need not come back. */
static void add_refusal(struct buf *text, struct buf *wrap, const char *name)
{
    static const char *const kept[] = {"rdi", "rsi", "rdx", "rcx",
                                       "r8",  "r9",  "rax"};
    buf_addf(text, "\t.text\n\t.globl __wrap_%s\n__wrap_%s:\n", name, name);
    for (size_t i = 0; i < 7; i++)
        buf_addf(text, "\tpushq %%%s\n", kept[i]);
    buf_addf(text, "\tleaq .Lname_%s(%%rip), %%rdi\n\tcall lockstep_refused\n",
             name);
    for (size_t i = 7; i-- > 0;)
        buf_addf(text, "\tpopq %%%s\n", kept[i]);
    buf_addf(text,
             "\tjmp __real_%s\n\t.section .rodata\n"
             ".Lname_%s:\t.string \"%s\"\n",
             name, name, name);
    buf_addf(wrap, "--wrap=%s\n", name);
}

static void add_stub(struct buf *text, struct buf *wrap, const char *name)
{
    buf_addf(text,
             "\t.text\n\t.globl __wrap_%s\n__wrap_%s:\n"
             "\tmovb $1, .Lflag_%s(%%rip)\n\tjmp __real_%s\n"
             "\t.section lockstep_flags,\"aw\",@progbits\n.Lflag_%s:\t.byte 0\n"
             "\t.section lockstep_names,\"a\",@progbits\n\t.string \"%s\"\n",
             name, name, name, name, name, name);
    buf_addf(wrap, "--wrap=%s\n", name);
}

static enum err write_all(const struct symbols_of *s, const struct strv *known,
                          const struct strv *refused, const char *compiler,
                          const char *source, const char *wrap)
{
    struct buf text = {0}, options = {0};
    struct strv done = {0};
    buf_addf(&text,
             "\t.section .note.GNU-stack,\"\",@progbits\n"
             "\t.section lockstep_compiler,\"a\",@progbits\n"
             "\t.string \"%s\"\n",
             compiler);
    for (size_t i = 0; i < s->undefined.n + s->loose.n; i++) {
        bool loose = i >= s->undefined.n;
        const char *name =
            loose ? s->loose.v[i - s->undefined.n] : s->undefined.v[i];
        if (is_known(name, known, s) || strv_has(&done, name))
            continue;
        if (loose)
            buf_addf(&text, "\t.weak __real_%s\n", name);
        if (strv_has(refused, name))
            add_refusal(&text, &options, name);
        else
            add_stub(&text, &options, name);
        strv_add(&done, name);
    }
    for (size_t i = 0; i < s->bare.n; i++)
        buf_addf(&text,
                 "\t.section lockstep_bare,\"a\",@progbits\n"
                 "\t.string \"%s\"\n",
                 s->bare.v[i]);
    enum err e = fs_write(source, buf_str(&text), text.len);
    if (e == ERR_OK)
        e = fs_write(wrap, buf_str(&options), options.len);
    strv_fini(&done);
    buf_fini(&text);
    buf_fini(&options);
    return e;
}

/* A call of such a function would go to the model of the C library's. */
static enum err check_own(const struct symbols_of *s,
                          const struct strv *modelled, struct diag *d)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < modelled->n; i++) {
        const char *name = modelled->v[i];
        if (str_eq(name, "main") || !strv_has(&s->defined, name))
            continue;
        diag_add(d,
                 "the program has a function `%s` of its own, and so has the C "
                 "library, which is modelled: rename it, say by -D%s=own_%s",
                 name, name, name);
        e = ERR_UNSUPPORTED;
    }
    return e;
}

enum err stubs_write(const struct strv *objects, const char *compiler,
                     const char *lib, const char *source, const char *wrap,
                     struct diag *d)
{
    struct symbols_of s = {0};
    struct strv modelled = {0}, known = {0}, refused = {0};
    enum err e = read_list(lib, "explore.wrap", "--wrap=", &modelled);
    strv_add_all(&known, &modelled);
    if (e == ERR_OK)
        e = read_list(lib, "explore.harmless", "", &known);
    if (e == ERR_OK)
        e = read_list(lib, "explore.refused", "", &refused);
    if (e != ERR_OK)
        diag_add(d, "%s/explore.wrap, .harmless or .refused: %s", lib,
                 err_text(e));
    elf_version(EV_CURRENT);
    for (size_t i = 0; e == ERR_OK && i < objects->n; i++) {
        if (strstr(objects->v[i], ".so"))
            continue;
        e = read_file(objects->v[i], &s);
        if (e != ERR_OK)
            diag_add(d, "%s: no object that can be read", objects->v[i]);
    }
    if (e == ERR_OK)
        e = check_own(&s, &modelled, d);
    if (e == ERR_OK)
        e = write_all(&s, &known, &refused, compiler, source, wrap);
    strv_fini(&s.defined);
    strv_fini(&s.undefined);
    strv_fini(&s.loose);
    strv_fini(&s.bare);
    strv_fini(&modelled);
    strv_fini(&known);
    strv_fini(&refused);
    return e;
}
