/* Allocation that does not fail: out of memory ends the process.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_MEM_H
#define LOCKSTEP_BASE_MEM_H

#include <stddef.h>

/* Zeroed memory for n > 0 objects of size bytes; the caller frees it. On
 * exhaustion or overflow prints one line to stderr and aborts. */
void *mem_new(size_t n, size_t size);

/* As realloc for n objects; the new part is not zeroed. */
void *mem_resize(void *old, size_t n, size_t size);

#endif
