/* Threads from /proc, stacks from libdwfl.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/stacks.h"

#include "base/str.h"
#include "os/fs.h"
#include "watch/locks.h"

#include <dwarf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

#define MAX_FRAMES 64

/* Separate debug files are for the user's modules, and found by build id on
 * this machine only (libdwfl's standard search may ask a server). Those of the
 * system would make what is seen depend on the packages installed. */
static int find_debuginfo(Dwfl_Module *mod, void **userdata, const char *name,
                          Dwarf_Addr base, const char *file, const char *link,
                          GElf_Word crc, char **debuginfo_file)
{
    if (!file || str_starts(file, "/usr/") || str_starts(file, "/lib"))
        return -1;
    return dwfl_build_id_find_debuginfo(mod, userdata, name, base, file, link,
                                        crc, debuginfo_file);
}

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_linux_proc_find_elf,
    .find_debuginfo = find_debuginfo,
};

bool stacks_read(const struct stacks *s, uint64_t addr, void *out, size_t n)
{
    struct iovec to = {.iov_base = out, .iov_len = n};
    struct iovec from = {.iov_base = (void *)(uintptr_t)addr, .iov_len = n};
    ssize_t got = process_vm_readv(s->alive, &to, 1, &from, 1, 0);
    return got >= 0 && (size_t)got == n;
}

/* The last number of a line such as "NSpid:\t812\t3", or fallback. */
static pid_t last_number(const char *text, const char *key, pid_t fallback)
{
    const char *line = strstr(text, key);
    if (!line)
        return fallback;
    line += strlen(key);
    long number = fallback;
    char *end = NULL;
    while (*line && *line != '\n') {
        long n = strtol(line, &end, 10);
        if (end == line)
            break;
        number = n;
        line = end;
    }
    return (pid_t)number;
}

static void read_status(struct thread *t, const char *dir)
{
    struct buf text = {0};
    char *path = fs_join(dir, "status");
    t->own_tid = t->tid;
    if (fs_read(path, &text) == ERR_OK) {
        const char *state = strstr(buf_str(&text), "\nState:\t");
        t->ended = state && (state[8] == 'Z' || state[8] == 'X');
        t->own_tid = last_number(buf_str(&text), "\nNSpid:", t->tid);
    }
    free(path);
    buf_fini(&text);
}

/* "202 0x7f.. 0x80 0x2 0x0 0x0 0x0 sp pc" or "-1 sp pc"; false: "running". */
static bool parse_call(struct thread *t, const char *text)
{
    unsigned long a[6];
    long call = -1;
    if (sscanf(text, "%ld %lx %lx %lx %lx %lx %lx", &call, &a[0], &a[1], &a[2],
               &a[3], &a[4], &a[5]) == 7) {
        t->call = call;
        for (int i = 0; i < 6; i++)
            t->arg[i] = a[i];
    }
    return !str_starts(text, "running");
}

/* A thread that was looked at a moment ago may still be on its way back into
 * the call that this interrupted. */
static void read_call(struct thread *t, const char *dir)
{
    static const struct timespec moment = {.tv_nsec = 2000000};
    char *path = fs_join(dir, "syscall");
    bool known = false;
    t->call = -1;
    for (int tries = 0; tries < 10 && !known; tries++) {
        struct buf text = {0};
        if (tries > 0)
            nanosleep(&moment, NULL);
        known = fs_read(path, &text) != ERR_OK || parse_call(t, buf_str(&text));
        buf_fini(&text);
    }
    free(path);
}

static int by_tid(const void *a, const void *b)
{
    const struct thread *x = a, *y = b;
    return (x->tid > y->tid) - (x->tid < y->tid);
}

static void list_threads(struct stacks *s)
{
    struct strv names = {0};
    char *tasks = str_fmt("/proc/%d/task", (int)s->pid);
    if (fs_list(tasks, &names) == ERR_OK) {
        for (size_t i = 0; i < names.n; i++) {
            struct thread t = {.tid = (pid_t)strtol(names.v[i], NULL, 10)};
            char *dir = fs_join(tasks, names.v[i]);
            read_status(&t, dir);
            read_call(&t, dir);
            vec_push(&s->threads, t);
            if (!t.ended)
                s->alive = t.tid;
            if (t.tid == s->pid)
                s->own_pid = t.own_tid;
            free(dir);
        }
        if (s->threads.n > 0)
            qsort(s->threads.v, s->threads.n, sizeof *s->threads.v, by_tid);
    }
    free(tasks);
    strv_fini(&names);
}

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

struct unwinding {
    struct stacks *s;
    struct thread *thread;
};

bool stacks_is_recorder(const struct frame *f)
{
    return f->module && str_eq(str_basename(f->module), LOCKS_LIBRARY);
}

static int add_frame(Dwfl_Frame *state, void *arg)
{
    struct unwinding *u = arg;
    Dwarf_Addr pc = 0;
    bool activation = false;
    if (!dwfl_frame_pc(state, &pc, &activation))
        return DWARF_CB_ABORT;
    struct frame *f = frames_add(&u->thread->stack);
    stacks_describe(u->s, activation ? pc : pc - 1, f);
    if (stacks_is_recorder(f)) { /* must not pass for the user's code */
        free(f->file);
        f->file = NULL;
        f->line = f->col = 0;
    }
    return u->thread->stack.n < MAX_FRAMES ? DWARF_CB_OK : DWARF_CB_ABORT;
}

static int unwind(Dwfl_Thread *thread, void *arg)
{
    struct unwinding u = {.s = arg};
    pid_t tid = dwfl_thread_tid(thread);
    for (size_t i = 0; i < u.s->threads.n; i++)
        if (u.s->threads.v[i].tid == tid)
            u.thread = &u.s->threads.v[i];
    if (u.thread && !u.thread->ended)
        dwfl_thread_getframes(thread, add_frame, &u);
    return DWARF_CB_OK;
}

static bool attach(struct stacks *s)
{
    s->dwfl = dwfl_begin(&callbacks);
    if (!s->dwfl)
        return false;
    /* A main thread that has ended has no maps; any other thread's serve. */
    dwfl_report_begin(s->dwfl);
    int bad = dwfl_linux_proc_report(s->dwfl, s->alive);
    if (dwfl_report_end(s->dwfl, NULL, NULL) != 0)
        bad = 1;
    return !bad && dwfl_linux_proc_attach(s->dwfl, s->alive, false) == 0;
}

static const struct frame *own_frame(const struct frame *f)
{
    struct frame copy = *f;
    struct access one = {.stack = {.v = &copy, .n = 1, .cap = 1}};
    return access_place(&one) ? f : NULL;
}

const struct frame *stacks_place(const struct thread *t)
{
    const struct frame *own = NULL;
    for (size_t i = 0; i < t->stack.n && !own; i++)
        own = own_frame(&t->stack.v[i]);
    return own;
}

const struct frame *stacks_outermost(const struct thread *t)
{
    const struct frame *own = NULL;
    for (size_t i = t->stack.n; i-- > 0 && !own;)
        own = own_frame(&t->stack.v[i]);
    return own;
}

static bool is_background(const struct frame *f)
{
    return f->function && strstr(f->function, "__tsan") &&
           strstr(f->function, "BackgroundThread");
}

static bool is_tsan(const struct frame *f)
{
    const char *module = f->module ? str_basename(f->module) : "";
    return str_starts(module, "libtsan.so") ||
           str_starts(module, "libclang_rt.tsan");
}

static bool is_libc(const struct frame *f)
{
    return f->module && str_starts(str_basename(f->module), "libc.so");
}

/* The background thread of ThreadSanitizer runs none of the program's code; in
 * a stripped shared runtime its function has no name. */
static bool is_helper(const struct thread *t, pid_t pid)
{
    size_t tsan = 0, libc = 0;
    for (size_t i = 0; i < t->stack.n; i++) {
        if (is_background(&t->stack.v[i]))
            return true;
        tsan += is_tsan(&t->stack.v[i]);
        libc += is_libc(&t->stack.v[i]);
    }
    return t->tid != pid && tsan > 0 && tsan + libc == t->stack.n;
}

static void thread_fini(struct thread *t)
{
    struct access a = {.stack = t->stack};
    access_fini(&a);
}

static void number_threads(struct stacks *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->threads.n; i++) {
        struct thread *t = &s->threads.v[i];
        if (is_helper(t, s->pid)) {
            thread_fini(t);
            continue;
        }
        t->number = (unsigned)n + 1;
        s->threads.v[n++] = *t;
    }
    s->threads.n = n;
}

enum err stacks_take(pid_t pid, struct stacks *s)
{
    *s = (struct stacks){.pid = pid, .own_pid = pid};
    list_threads(s);
    if (s->alive == 0) {
        stacks_fini(s);
        return ERR_NOENT;
    }
    if (attach(s))
        dwfl_getthreads(s->dwfl, unwind, s);
    number_threads(s);
    return ERR_OK;
}

void stacks_fini(struct stacks *s)
{
    for (size_t i = 0; i < s->threads.n; i++)
        thread_fini(&s->threads.v[i]);
    vec_fini(&s->threads);
    if (s->dwfl)
        dwfl_end(s->dwfl);
    *s = (struct stacks){0};
}
