/* Where the runtime keeps its own, and where the program's heap and stacks are:
 * at addresses that no other mapping of Linux on x86-64 takes, the same in
 * every process, so that what a program makes of addresses is the same, too.
 * Nothing here is reached by the restoring of the program's variables.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_LAYOUT_H
#define LOCKSTEP_EXPLORE_RUNTIME_LAYOUT_H

#include "explore/shared.h"

/* The state of the runtime: private to each process, zero at first. */
#define LAYOUT_STATE 0x110000000000ull
#define LAYOUT_STATE_SIZE (1ull << 28)
#define LAYOUT_POOL 0x110800000000ull
#define LAYOUT_POOL_SIZE (64ull << 10)
#define LAYOUT_PROGRAM (LAYOUT_POOL + LAYOUT_POOL_SIZE - 8)
#define LAYOUT_OBJECTS 0x110900000000ull
#define LAYOUT_OBJECTS_SIZE (64ull << 20)
#define LAYOUT_VISIBLE 0x110f00000000ull
#define LAYOUT_VISIBLE_SIZE (1ull << 20)
#define LAYOUT_SHADOW 0x111000000000ull
#define LAYOUT_SHADOW_SIZE (1ull << 30)

/* The insides of pipes, and the table of descriptors. */
#define LAYOUT_CHANNELS 0x110a00000000ull
#define LAYOUT_CHANNELS_SIZE (32ull << 20)
#define LAYOUT_TABLE 0x110b00000000ull
#define LAYOUT_TABLE_SIZE (64ull << 10)

/* Addresses of what is nowhere in memory: each waiter of a condition, and the
 * budget of time-outs. */
#define LAYOUT_PLACES (1ull << 61)
#define LAYOUT_BUDGET 0x170000000000ull
#define LAYOUT_SPURIOUS 0x170000000010ull
#define LAYOUT_THREADS 0x170000001000ull /* the ends of threads */
#define LAYOUT_ROUNDS (1ull << 60)       /* of barriers */
#define LAYOUT_HIDDEN 0x178000000000ull  /* the hidden state of functions */
#define LAYOUT_KEYS (LAYOUT_HIDDEN + 0x10)
#define LAYOUT_UMASK (LAYOUT_HIDDEN + 0x20)
#define LAYOUT_OUTSIDE (LAYOUT_HIDDEN + 0x30) /* files, the kernel's things */
#define LAYOUT_ENVIRON (LAYOUT_HIDDEN + 0x40)
#define LAYOUT_HANDLERS (LAYOUT_HIDDEN + 0x50) /* of the end */
#define LAYOUT_SIGNALS (LAYOUT_HIDDEN + 0x10000)
#define LAYOUT_FDS 0x179000000000ull /* the table, the descriptors */

/* An arena of the heap for each thread. */
#define LAYOUT_HEAP 0x120000000000ull
#define LAYOUT_ARENA_SIZE (1ull << 30)

/* A stack for each thread, its lowest part a guard. */
#define LAYOUT_STACKS 0x140000000000ull
#define LAYOUT_STACK_SIZE (8ull << 20)
#define LAYOUT_GUARD (256ull << 10) /* no frame should jump over it */

/* Maps all of it but the shared block; ends the process if that fails. */
void layout_map(void);

#endif
