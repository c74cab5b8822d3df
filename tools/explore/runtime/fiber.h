/* Threads of the program under exploration: each has a stack of its own and the
 * thread control block of a helper pthread that is parked for ever, so that
 * errno, __thread and all that libc keeps by thread just work. One runs at a
 * time, all of them on one kernel thread.
 *
 * The control block is switched by wrfsbase (Linux 5.9, AT_HWCAP2 bit 1), and
 * by arch_prctl(2) where the processor or kernel lacks it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_FIBER_H
#define LOCKSTEP_EXPLORE_RUNTIME_FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fiber {
    void *sp;     /* where it was parked */
    uint64_t fs;  /* its control block */
    char *bottom; /* of its stack, above the guard page */
    char *top;
    char *low; /* the lowest of the stack that was seen in use */
};

/* The pool of fibers: 0 is for the main thread and has its control block. */
void fiber_pool_init(void);

/* Readies fiber number i to call entry(argument), which must not return, when
 * it is switched to. Its stack is as if never used, its __thread variables have
 * their first values (of fiber 0: those of the snapshot). False if there is no
 * thread to borrow a control block from. */
bool fiber_prepare(struct fiber *f, uint32_t i, void (*entry)(void *),
                   void *argument);

/* Parks the caller in `from` and goes on in `to`. */
void fiber_switch(struct fiber *from, const struct fiber *to);

/* The control block that this very code runs with. */
static inline uint64_t fiber_here(void)
{
    return (uint64_t)__builtin_thread_pointer();
}

/* Remembers how deep the stack of fiber i was seen to be. */
void fiber_seen(struct fiber *f, uint32_t i);

/* The number of the fiber whose stack has that address, or -1. */
int fiber_of_stack(uint64_t address);

#endif
