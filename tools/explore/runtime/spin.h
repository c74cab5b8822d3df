/* A thread that spins changes nothing: it reads, finds nothing new and looks
 * again, for ever, and every turn would be another schedule. When it is about
 * to read the same value at the same place in exactly the same state as before
 * - the same program counter, registers and live stack, nothing of it written
 * to anything else in between - it has come full circle. It cannot do anything
 * else until what it looks at is written to, so it is parked until then. Counts
 * of turns mean nothing here: only exact repetition does.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_SPIN_H
#define LOCKSTEP_EXPLORE_RUNTIME_SPIN_H

#include "explore/runtime/state.h"

#include <stddef.h>

/* The callee-saved registers and the stack pointer at the entry of the last
 * hook that a spinning thread may call: rsp, rbx, rbp, r12 to r15. */
extern uint64_t spin_entry[7];

/* A function that notes them and goes on in NAME_body. */
#define SPIN_ENTRY(name)                                                       \
    __attribute__((naked, visibility("default"))) void name(void);             \
    __attribute__((naked, visibility("default"))) void name(void)              \
    {                                                                          \
        __asm__("movq %rsp, spin_entry(%rip)\n\t"                              \
                "movq %rbx, spin_entry+8(%rip)\n\t"                            \
                "movq %rbp, spin_entry+16(%rip)\n\t"                           \
                "movq %r12, spin_entry+24(%rip)\n\t"                           \
                "movq %r13, spin_entry+32(%rip)\n\t"                           \
                "movq %r14, spin_entry+40(%rip)\n\t"                           \
                "movq %r15, spin_entry+48(%rip)\n\t"                           \
                "jmp " #name "_body");                                         \
    }

/* The whole state of t, which has just noted it, on the way to pc. False if
 * what was noted is of another place. */
bool spin_state(const struct thread *t, uint64_t pc, uint64_t *hash);

/* The current thread is about to look at n bytes, its operation is p; closes
 * the choice if it has come full circle. */
void spin_look(struct pending *p, size_t n);

/* Whether that look is closed as memory is now. */
bool spin_closed(const struct pending *p);

/* The current thread has been quiet, without an operation, for long and makes
 * another plain access: whether that belongs to a circle, which no operation
 * would ever end. */
bool spin_circles(uint64_t address, size_t n, enum event_kind kind,
                  uint64_t pc);

/* t does its operation. */
void spin_did(struct thread *t);

/* t wrote there: unless that is its own stack, it is not as it was. */
static inline void spin_wrote(struct thread *t, uint64_t address)
{
    t->spin.mark += address < (uint64_t)t->fiber.bottom ||
                    address >= (uint64_t)t->fiber.top;
}

#endif
