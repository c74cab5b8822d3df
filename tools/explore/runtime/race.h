/* Happens-before race detection, on every access: an access races with an
 * earlier one of another thread to the same byte, one of them a write and one
 * of them not atomic, that did not happen before it. No access is forgotten
 * that a later one could race with, so within one execution the first race on
 * each place is always found. After FastTrack (Flanagan, Freund, PLDI 2009), by
 * bytes. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_RACE_H
#define LOCKSTEP_EXPLORE_RUNTIME_RACE_H

#include "explore/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An access, as it is remembered. The word is all of it but the place, written
 * at once, which is faster. */
struct race_record {
    union {
        uint64_t word;
        struct {
            uint32_t epoch; /* of its thread's clock */
            uint8_t thread;
            uint8_t mask; /* of the 8 bytes, those that it touched */
            uint8_t
                kind; /* EVENT_READ, _WRITE, _FREE, _ATOMIC_READ or _WRITE */
            uint8_t pad;
        };
    };
    uint64_t pc;
};

#define RACE_MASK ((uint64_t)0xff << 40) /* of the word */

/* Notes an access of n bytes by the current thread, and tells of the races and
 * of the uses of freed memory by bug_race() and bug_freed(). */
void race_access(uint64_t address, size_t n, enum event_kind kind, uint64_t pc);

/* Forgets all accesses. */
void race_reset(void);

#endif
