/* What `lockstep cc` calls before accesses that have no hook: every register
 * stays as it is.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"

#define BODY __attribute__((used, noinline))

/* The range is in rdi and rsi; the place is where the call comes back to. */
#define UNHOOKED(name)                                                         \
    __attribute__((naked, visibility("default"))) void name(void);             \
    __attribute__((naked, visibility("default"))) void name(void)              \
    {                                                                          \
        __asm__("pushfq\n\t"                                                   \
                "pushq %rax\n\t"                                               \
                "pushq %rcx\n\t"                                               \
                "pushq %rdx\n\t"                                               \
                "pushq %r8\n\t"                                                \
                "pushq %r9\n\t"                                                \
                "pushq %r10\n\t"                                               \
                "pushq %r11\n\t"                                               \
                "pushq %rbp\n\t"                                               \
                "movq %rsp, %rbp\n\t"                                          \
                "movq 72(%rbp), %rdx\n\t"                                      \
                "subq $512, %rsp\n\t"                                          \
                "andq $-16, %rsp\n\t"                                          \
                "fxsave (%rsp)\n\t"                                            \
                "cld\n\t"                                                      \
                "call " #name "_body\n\t"                                      \
                "fxrstor (%rsp)\n\t"                                           \
                "movq %rbp, %rsp\n\t"                                          \
                "popq %rbp\n\t"                                                \
                "popq %r11\n\t"                                                \
                "popq %r10\n\t"                                                \
                "popq %r9\n\t"                                                 \
                "popq %r8\n\t"                                                 \
                "popq %rdx\n\t"                                                \
                "popq %rcx\n\t"                                                \
                "popq %rax\n\t"                                                \
                "popfq\n\t"                                                    \
                "ret");                                                        \
    }

UNHOOKED(lockstep_unhooked_read)
BODY void lockstep_unhooked_read_body(uint64_t at, size_t n, uint64_t pc);
BODY void lockstep_unhooked_read_body(uint64_t at, size_t n, uint64_t pc)
{
    access_plain(at, n, EVENT_READ, pc);
}

UNHOOKED(lockstep_unhooked_write)
BODY void lockstep_unhooked_write_body(uint64_t at, size_t n, uint64_t pc);
BODY void lockstep_unhooked_write_body(uint64_t at, size_t n, uint64_t pc)
{
    access_plain(at, n, EVENT_WRITE, pc);
}
