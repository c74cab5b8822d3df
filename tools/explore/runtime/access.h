/* A plain access, on its way to the race detector and, where its place is known
 * to be raced for, a step of its own.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_ACCESS_H
#define LOCKSTEP_EXPLORE_RUNTIME_ACCESS_H

#include "explore/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The current thread is about to read or write n bytes. Nothing happens before
 * main. */
void access_plain(uint64_t address, size_t n, enum event_kind kind,
                  uint64_t pc);

/* The current thread is about to free a block of n bytes. */
void access_free(uint64_t address, size_t n, uint64_t pc);

/* Makes the 8 bytes around an address a place whose accesses are steps, from
 * the next execution on. */
void access_reveal(uint64_t address);

/* Whether accesses there are steps now. */
bool access_is_step(uint64_t address, size_t n);

/* Takes over what is visible, as shared memory says. */
void access_reset(void);

#endif
