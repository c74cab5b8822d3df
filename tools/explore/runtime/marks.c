/* Sections whose ends the linker knows.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/marks.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/state.h"

#include <string.h>

#define ENDS(name)                                                             \
    extern char __start_##name[] __attribute__((weak, visibility("hidden")));  \
    extern char __stop_##name[] __attribute__((weak, visibility("hidden")))

ENDS(lockstep_unit);
ENDS(lockstep_asm);
ENDS(lockstep_optimised);
ENDS(lockstep_bare);
ENDS(lockstep_flags);
ENDS(lockstep_names);
ENDS(lockstep_compiler);

static void all(enum doubt why, const char *from, const char *to)
{
    for (; from < to; from += strlen(from) + 1)
        doubt(why, from);
}

void marks_start(void)
{
    if (&__start_lockstep_compiler[0] != &__stop_lockstep_compiler[0])
        strncpy(state()->shared->compiler, __start_lockstep_compiler,
                sizeof state()->shared->compiler - 1);
    all(DOUBT_ASSEMBLY, __start_lockstep_asm, __stop_lockstep_asm);
    all(DOUBT_OPTIMISED, __start_lockstep_optimised, __stop_lockstep_optimised);
    all(DOUBT_UNINSTRUMENTED, __start_lockstep_bare, __stop_lockstep_bare);
    if (&__start_lockstep_unit[0] == &__stop_lockstep_unit[0])
        doubt(DOUBT_UNINSTRUMENTED, "the whole program");
}

static void called(const char *flag, const char *end, const char *name)
{
    for (; flag < end; flag++, name += strlen(name) + 1)
        if (*flag)
            doubt(DOUBT_UNMODELLED, name);
}

void marks_end(void)
{
    called(__start_lockstep_flags, __stop_lockstep_flags,
           __start_lockstep_names);
}
