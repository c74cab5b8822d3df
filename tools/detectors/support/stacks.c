/* Takes the picture: unwinds the threads by libdwfl.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/stacks.h"

#include "base/str.h"
#include "detectors/support/stacks_threads.h"
#include "watch/locks.h"

#include <string.h>
#include <sys/uio.h>

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
    stacks_threads(s);
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
