/* A picture of one live process: its threads, the system call each is in, and
 * their stacks, taken from outside without a debugger.
 *
 * Stacks come from elfutils (libdwfl): every thread is stopped by ptrace for
 * the moment of its unwinding and let go. Debug information is looked up for
 * the user's own modules only, so that the picture of a program is the same
 * whether or not the C library's is installed.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_STACKS_H
#define LOCKSTEP_DETECTORS_SUPPORT_STACKS_H

#include "base/err.h"
#include "model/finding.h"

#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct thread {
    pid_t tid;       /* in the PID namespace of this program */
    pid_t own_tid;   /* in its own: what it calls itself, and lock words hold */
    unsigned number; /* 1 is the main thread, then in order of creation */
    bool ended;      /* a main thread that left by pthread_exit */
    long call;       /* number of the system call it is in; -1: none, runs */
    uint64_t arg[6]; /* of the call */
    struct frames stack; /* innermost first; empty when not to be had */
};

VEC_TYPE(threads, struct thread);

struct stacks {
    pid_t pid;
    pid_t own_pid; /* in its own PID namespace */
    pid_t alive;   /* a thread of it that has not ended */
    struct threads threads;
    Dwfl *dwfl; /* NULL: no modules are known */
};

/* Fills s, which stacks_fini frees. The helper threads of a ThreadSanitizer
 * runtime are left out. ERR_NOENT: there is no such process (any more). When
 * the process may not be traced the threads are there and have no stacks. */
enum err stacks_take(pid_t pid, struct stacks *s);
void stacks_fini(struct stacks *s);

/* Reads n bytes of the process's memory; false if they cannot be had. */
bool stacks_read(const struct stacks *s, uint64_t addr, void *out, size_t n);

/* What is known of the code at pc, which lies within the instruction meant: for
 * a return address pass it less one. f is zeroed, its strings are owned. */
void stacks_describe(const struct stacks *s, uint64_t pc, struct frame *f);

/* The address of a symbol in the module whose file has that name, or 0. */
uint64_t stacks_symbol(const struct stacks *s, const char *module,
                       const char *symbol);

/* A frame of Lockstep's own recorder of locks; it has no file and line. */
bool stacks_is_recorder(const struct frame *f);

/* The user's own frame: innermost, or outermost, that has a file and line and
 * is no library's; NULL if there is none. */
const struct frame *stacks_place(const struct thread *t);
const struct frame *stacks_outermost(const struct thread *t);

#endif
