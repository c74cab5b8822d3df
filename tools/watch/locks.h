/* The table in which a preloaded recorder keeps who holds which lock since
 * where, laid out for a reader in another process.
 *
 * A program that runs with LD_PRELOAD=liblockstep-locks.so has one object of
 * type `struct locks_table` under the dynamic symbol LOCKS_SYMBOL. It lies in
 * ordinary private memory: read it with process_vm_readv. Every thread writes
 * its own row without locks, so a reader sees a true picture only of threads
 * that are blocked. A forked child has its own copy: the row of the thread that
 * forked is renamed to the child's, the others are LOCKS_ENDED.
 *
 * Rows and held[] are filled from the front, with gaps (tid 0, lock 0).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_WATCH_LOCKS_H
#define LOCKSTEP_WATCH_LOCKS_H

#include <stdint.h>

#define LOCKS_SYMBOL "lockstep_locks"
#define LOCKS_LIBRARY "liblockstep-locks.so"
#define LOCKS_MAGIC 0x4c4f434bu /* "LOCK" */
#define LOCKS_VERSION 1u        /* of this layout */
#define LOCKS_ROWS 1024u
#define LOCKS_HELD 42u

enum locks_mode {
    LOCKS_EXCLUSIVE = 1, /* mutex, spin lock, rwlock for writing */
    LOCKS_SHARED,        /* rwlock for reading */
    LOCKS_LENT,          /* given up while the thread waits on a condition */
};

enum locks_state { LOCKS_LIVE = 1, LOCKS_ENDED };

/* One lock held by one thread. */
struct locks_held {
    uint64_t lock;  /* address of the object; 0: this entry is free */
    uint64_t site;  /* return address of the call that took it first */
    uint32_t count; /* times held, for recursive and shared locks */
    uint32_t mode;  /* enum locks_mode */
};

/* What one thread holds. */
struct locks_row {
    uint32_t tid;   /* gettid() of the thread; 0: free */
    uint32_t state; /* enum locks_state; LIVE may be stale: ask the kernel */
    uint32_t used;  /* held[used..] are free */
    uint32_t unused;
    struct locks_held held[LOCKS_HELD];
};

struct locks_table {
    uint32_t magic, version;
    uint32_t rows;    /* row[rows..] were never used */
    uint32_t dropped; /* acquisitions for which there was no room */
    struct locks_row row[LOCKS_ROWS];
};

#endif
