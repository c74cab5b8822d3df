/* How programs end.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/exits.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

static void check_leaks(void)
{
    struct state *s = state();
    for (uint32_t i = 1; i < s->threads_used; i++) {
        const struct thread *t = &s->threads[i];
        if (!t->used || !t->ended || t->joined || t->detached)
            continue;
        bug_now(BUG_LEAK, (int)i, t->created_pc,
                "thread %u has ended and is never joined", i);
        return;
    }
}

/* The last line that the program printed says best what was wrong. */
static void check_code(int code, uint64_t pc)
{
    const struct shared *m = state()->shared;
    char line[SHARED_TEXT] = "";
    uint64_t end =
        m->output_count < SHARED_OUTPUT ? m->output_count : SHARED_OUTPUT;
    if (end && m->output[end - 1] == '\n')
        end--;
    uint64_t start = end;
    while (start > 0 && m->output[start - 1] != '\n')
        start--;
    uint64_t n = end - start < sizeof line ? end - start : sizeof line - 1;
    memcpy(line, &m->output[start], n);
    bug_now(BUG_EXIT, code, pc, "exit code %d%s%s", code, *line ? ": " : "",
            line);
}

/* Nobody can unlock it any more: whether that is a mistake who knows. */
static void doubt_freed_locks(void)
{
    for (struct object *o = object_next(NULL); o; o = object_next(o)) {
        if (o->kind != OBJECT_MUTEX || o->owner < 0)
            continue;
        const struct heap_block *b = heap_find(o->address);
        if (b && b->freed_pc)
            doubt(DOUBT_UNMODELLED, "free of a mutex that is held");
    }
}

void exits_check(int code, uint64_t pc)
{
    doubt_freed_locks();
    if (code != 0)
        check_code(code, pc);
    else
        check_leaks();
}

/* The destructors of the program, which run last, as they do when the C library
 * ends it. */
extern void (*const __fini_array_start[])(void)
    __attribute__((visibility("hidden")));
extern void (*const __fini_array_end[])(void)
    __attribute__((visibility("hidden")));

static void handlers_point(uint64_t pc)
{
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_HANDLERS, pc);
    point_touch(p, LAYOUT_HANDLERS, 1, TOUCH_READ);
    point(p);
}

static void run_handlers(int code, uint64_t pc)
{
    struct state *s = state();
    /* The linker's names for the ends of one array. */
    /* cppcheck-suppress comparePointers */
    size_t destructors = (size_t)(__fini_array_end - __fini_array_start);
    if (point_learned(LEARNED_HANDLERS))
        handlers_point(pc);
    while (s->exit_handlers_count > 0) {
        uint32_t i = --s->exit_handlers_count;
        if (s->exit_handlers[i].run)
            s->exit_handlers[i].run();
        else
            s->exit_handlers[i].run_argument(code,
                                             s->exit_handlers[i].argument);
    }
    while (destructors-- > 0)
        __fini_array_start[destructors]();
}

void exits_last(void)
{
    state()->exiting = true;
    run_handlers(0, 0);
    state()->current->ended = true;
    point_end(SEARCH_ENDED);
}

static _Noreturn void leave(int code, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_EXIT, (uint64_t)code, pc);
    point_touch(p, 0, TOUCH_EVERYTHING, TOUCH_WRITE);
    point(p);
    state()->exit_called = true;
    state()->exit_code = code & 0xff;
    exits_check(code & 0xff, pc);
    point_end(SEARCH_ENDED);
}

_Noreturn void exits_normally(int code, uint64_t pc)
{
    if (state()->exiting) /* C17 7.22.4.4: undefined */
        doubt(DOUBT_UNMODELLED, "exit, again");
    state()->exiting = true;
    run_handlers(code, pc);
    leave(code, pc);
}

void __wrap_exit(int code) __attribute__((noreturn));
void __wrap_exit(int code)
{
    if (!active())
        _exit(code);
    exits_normally(code, PC);
}

void __wrap__exit(int code) __attribute__((noreturn));
void __wrap__exit(int code)
{
    if (!active())
        _exit(code);
    leave(code, PC);
}

void __wrap__Exit(int code) __attribute__((noreturn));
void __wrap__Exit(int code)
{
    if (!active())
        _exit(code);
    leave(code, PC);
}

/* A place for one more; which one depends on who comes first. */
static uint32_t new_handler(uint64_t pc)
{
    runtime_map();
    struct state *s = state();
    if (active() && s->threads_used > 1) { /* else it is before all others */
        point_learn(LEARNED_HANDLERS);
        struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_HANDLERS, pc);
        point_touch(p, LAYOUT_HANDLERS, 1, TOUCH_WRITE);
        point(p);
    }
    if (s->exit_handlers_count == STATE_HANDLERS) {
        if (!active())
            _exit(125);
        doubt(DOUBT_UNMODELLED, "more than 256 exit handlers");
        point_end(SEARCH_ENDED_CAP);
    }
    uint32_t i = s->exit_handlers_count++;
    memset(&s->exit_handlers[i], 0, sizeof s->exit_handlers[i]);
    return i;
}

int __wrap_atexit(void (*run)(void));
int __wrap_atexit(void (*run)(void))
{
    uint32_t i = new_handler(PC);
    state()->exit_handlers[i].run = run;
    return 0;
}

int __wrap_on_exit(void (*run)(int, void *), void *argument);
int __wrap_on_exit(void (*run)(int, void *), void *argument)
{
    uint32_t i = new_handler(PC);
    state()->exit_handlers[i].run_argument = run;
    state()->exit_handlers[i].argument = argument;
    return 0;
}

/* The order of a death and of what the others do matters as much as that of an
 * exit. */
static void death_point(uint64_t pc)
{
    struct pending *p = point_begin(EVENT_EXIT, 0, pc);
    point_touch(p, 0, TOUCH_EVERYTHING, TOUCH_WRITE);
    point(p);
}

_Noreturn void exits_killed(int signal, const char *what, uint64_t pc)
{
    death_point(pc);
    bug_now(BUG_CRASH, signal, pc, "%s", what);
    point_end(SEARCH_ENDED);
}

void __wrap_abort(void) __attribute__((noreturn));
void __wrap_abort(void)
{
    if (!active())
        _exit(128 + SIGABRT);
    death_point(PC);
    bug_now(BUG_CRASH, SIGABRT, PC, "the program aborts");
    point_end(SEARCH_ENDED);
}

void __wrap___assert_fail(const char *what, const char *file, unsigned line,
                          const char *function) __attribute__((noreturn));
void __wrap___assert_fail(const char *what, const char *file, unsigned line,
                          const char *function)
{
    if (!active())
        _exit(128 + SIGABRT);
    death_point(PC);
    bug_now(BUG_ASSERTION, SIGABRT, PC, "%s:%u: %s: assertion `%s' failed",
            file, line, function, what);
    point_end(SEARCH_ENDED);
}

static bool is_larger(int stack)
{
    return state()->threads[stack].stack > LAYOUT_STACK_SIZE - LAYOUT_GUARD;
}

static void on_fault(int number, siginfo_t *info, void *context)
{
    const ucontext_t *c = context;
    uint64_t address = (uint64_t)info->si_addr;
    int stack = fiber_of_stack(address);
    if (active()) {
        uint64_t pc = (uint64_t)c->uc_mcontext.gregs[REG_RIP];
        if (number == SIGSEGV && stack >= 0 && is_larger(stack))
            doubt(DOUBT_UNMODELLED, "a stack of more than 8 MB");
        else if (number == SIGSEGV && stack >= 0)
            bug_now(BUG_CRASH, number, pc, "the stack of thread %d is full",
                    stack);
        else
            bug_now(BUG_CRASH, number, pc, "%s at address 0x%llx",
                    sigdescr_np(number), (unsigned long long)address);
        state()->shared->told_death = true;
    }
    _exit(128 + number);
}

void exits_catch_faults(void)
{
    enum { SIZE = 64 << 10 };
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    stack_t stack = {.ss_size = SIZE};
    stack.ss_sp = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    sigaltstack(&stack, NULL);
    struct sigaction a = {.sa_sigaction = on_fault,
                          .sa_flags = SA_SIGINFO | SA_ONSTACK};
    for (unsigned i = 0; i < sizeof faults / sizeof *faults; i++)
        sigaction(faults[i], &a, NULL);
}
