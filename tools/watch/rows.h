/* The writer's side of the lock table: rows for threads, entries for locks.
 *
 * A thread writes its own row only, so nothing here waits or is contended. A
 * signal handler that takes and gives back a lock in the midst of these
 * functions may cost one record, never more.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_WATCH_ROWS_H
#define LOCKSTEP_WATCH_ROWS_H

#include "locks.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#define load(p) __atomic_load_n((p), __ATOMIC_RELAXED)
#define store(p, value) __atomic_store_n((p), (value), __ATOMIC_RELAXED)

extern struct locks_table lockstep_locks;

__attribute__((visibility("default"))) struct locks_table lockstep_locks = {
    .magic = LOCKS_MAGIC,
    .version = LOCKS_VERSION,
};

/* Stands for the row of a thread that got none. */
static struct locks_row no_row;

static _Thread_local struct locks_row *my_row
    __attribute__((tls_model("initial-exec")));

static inline uint32_t thread_id(void)
{
    return (uint32_t)syscall(SYS_gettid);
}

static inline void count_dropped(void)
{
    __atomic_fetch_add(&lockstep_locks.dropped, 1, __ATOMIC_RELAXED);
}

static int take_row(struct locks_row *row, uint32_t from, uint32_t tid)
{
    if (!__atomic_compare_exchange_n(&row->tid, &from, tid, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_RELAXED))
        return 0;
    store(&row->state, LOCKS_LIVE);
    return 1;
}

/* A number that was used again: its former bearer has ended. */
static void end_namesakes(uint32_t tid)
{
    uint32_t rows = load(&lockstep_locks.rows);
    for (uint32_t i = 0; i < rows; i++)
        if (load(&lockstep_locks.row[i].tid) == tid)
            store(&lockstep_locks.row[i].state, LOCKS_ENDED);
}

static struct locks_row *new_row(uint32_t tid)
{
    uint32_t i = load(&lockstep_locks.rows);
    while (i < LOCKS_ROWS)
        if (__atomic_compare_exchange_n(&lockstep_locks.rows, &i, i + 1, 0,
                                        __ATOMIC_RELAXED, __ATOMIC_RELAXED) &&
            take_row(&lockstep_locks.row[i], 0, tid))
            return &lockstep_locks.row[i];
    return NULL;
}

/* With no new row left: those of ended threads that hold nothing are given
 * back, all at once, so that the system calls are spread over many threads. */
static struct locks_row *old_row(uint32_t tid)
{
    struct locks_row *mine = NULL;
    long pid = syscall(SYS_getpid);
    for (uint32_t i = 0; i < LOCKS_ROWS; i++) {
        struct locks_row *row = &lockstep_locks.row[i];
        uint32_t was = load(&row->tid);
        if (was && load(&row->used) == 0 &&
            (load(&row->state) == LOCKS_ENDED ||
             syscall(SYS_tgkill, pid, was, 0) != 0))
            __atomic_compare_exchange_n(&row->tid, &was, 0, 0, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED);
    }
    for (uint32_t i = 0; i < LOCKS_ROWS && !mine; i++)
        if (load(&lockstep_locks.row[i].tid) == 0 &&
            take_row(&lockstep_locks.row[i], 0, tid))
            mine = &lockstep_locks.row[i];
    return mine;
}

/* A row that was given back, if any is at hand without asking the kernel. */
static struct locks_row *free_row(uint32_t tid)
{
    uint32_t rows = load(&lockstep_locks.rows);
    for (uint32_t i = rows == LOCKS_ROWS ? 0 : rows; i < rows; i++)
        if (load(&lockstep_locks.row[i].tid) == 0 &&
            take_row(&lockstep_locks.row[i], 0, tid))
            return &lockstep_locks.row[i];
    return NULL;
}

__attribute__((noinline)) static struct locks_row *claim_row(void)
{
    int saved = errno;
    uint32_t tid = thread_id();
    end_namesakes(tid);
    struct locks_row *row = new_row(tid);
    if (!row)
        row = free_row(tid);
    if (!row)
        row = old_row(tid);
    my_row = row ? row : &no_row;
    errno = saved;
    return my_row;
}

static inline struct locks_row *own_row(void)
{
    struct locks_row *row = my_row;
    return __builtin_expect(row != NULL, 1) ? row : claim_row();
}

static inline struct locks_held *find_held(struct locks_row *row, uint64_t lock)
{
    for (uint32_t i = load(&row->used); i-- > 0;)
        if (load(&row->held[i].lock) == lock)
            return &row->held[i];
    return NULL;
}

static inline struct locks_held *new_held(struct locks_row *row)
{
    uint32_t i = load(&row->used);
    if (i < LOCKS_HELD) {
        store(&row->used, i + 1);
        return &row->held[i];
    }
    return row == &no_row ? NULL : find_held(row, 0);
}

/* nested: the thread may hold it already. Otherwise a record of the same lock
 * is a left-over of one that was freed or initialised anew while held. */
static inline void hold(const volatile void *object, void *site,
                        enum locks_mode mode, int nested)
{
    uint64_t lock = (uintptr_t)object;
    struct locks_row *row = own_row();
    struct locks_held *h = find_held(row, lock);
    if (h && nested) {
        store(&h->count, h->count + 1);
        return;
    }
    if (!h)
        h = new_held(row);
    if (!h) {
        count_dropped();
        return;
    }
    store(&h->site, (uintptr_t)site);
    store(&h->count, 1);
    store(&h->mode, mode);
    __atomic_store_n(&h->lock, lock, __ATOMIC_RELEASE);
    uint32_t last = (uint32_t)(h - row->held);
    if (load(&row->used) <= last) /* a signal handler took it back */
        store(&row->used, last + 1);
}

/* A lock that another thread took: a semaphore-like use, or a mistake. */
__attribute__((noinline)) static struct locks_held *find_foreign(uint64_t lock)
{
    uint32_t rows = load(&lockstep_locks.rows);
    for (uint32_t i = 0; i < rows; i++) {
        struct locks_held *h = find_held(&lockstep_locks.row[i], lock);
        if (h)
            return h;
    }
    return NULL;
}

static inline struct locks_held *held_entry(const volatile void *object)
{
    uint64_t lock = (uintptr_t)object;
    struct locks_held *h = find_held(own_row(), lock);
    return h ? h : find_foreign(lock);
}

/* Ends one holding; h may be NULL. Done before the lock is given up, so that
 * the next holder's record cannot be hit; take_back undoes it. */
static inline void give_up(struct locks_held *h)
{
    if (!h)
        return;
    store(&h->count, h->count - 1);
    if (load(&h->count) != 0)
        return;
    store(&h->lock, 0);
    struct locks_row *row = own_row();
    uint32_t used = load(&row->used);
    while (used > 0 && load(&row->held[used - 1].lock) == 0)
        used--;
    store(&row->used, used);
}

/* After an unlock that failed. */
static inline void take_back(struct locks_held *h, const volatile void *object)
{
    if (!h)
        return;
    struct locks_row *row = own_row();
    store(&h->count, h->count + 1);
    store(&h->lock, (uintptr_t)object);
    if (h >= row->held && h < row->held + LOCKS_HELD &&
        load(&row->used) <= (uint32_t)(h - row->held))
        store(&row->used, (uint32_t)(h - row->held) + 1);
}

static inline void set_mode(struct locks_held *h, enum locks_mode mode)
{
    if (h)
        store(&h->mode, mode);
}

/* In a forked child only the thread that forked lives on. */
static void rename_rows(void)
{
    uint32_t rows = load(&lockstep_locks.rows);
    for (uint32_t i = 0; i < rows; i++)
        if (&lockstep_locks.row[i] != my_row)
            store(&lockstep_locks.row[i].state, LOCKS_ENDED);
    if (my_row && my_row != &no_row)
        store(&my_row->tid, thread_id());
}

#endif
