/* Allocation that does not fail.
 * SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>

static void *or_die(void *p)
{
    if (!p) {
        fputs("lockstep: out of memory\n", stderr);
        abort();
    }
    return p;
}

void *mem_new(size_t n, size_t size)
{
    return or_die(calloc(n ? n : 1, size));
}

void *mem_resize(void *old, size_t n, size_t size)
{
    return or_die(reallocarray(old, n ? n : 1, size));
}
