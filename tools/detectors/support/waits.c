/* The kinds of waits, by system call and futex.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/waits.h"

#include "base/str.h"
#include "detectors/support/objects.h"
#include "detectors/support/wait_function.h"

#include <linux/futex.h>
#include <pthread.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Where glibc keeps the owner: its LWP id. */
#define MUTEX_OWNER offsetof(pthread_mutex_t, __data.__owner)
#define RWLOCK_WRITER offsetof(pthread_rwlock_t, __data.__cur_writer)

static const struct {
    long call;
    enum wait_kind kind;
} calls[] = {
    {SYS_wait4, WAIT_CHILD},      {SYS_waitid, WAIT_CHILD},
    {SYS_read, WAIT_READ},        {SYS_readv, WAIT_READ},
    {SYS_recvfrom, WAIT_READ},    {SYS_recvmsg, WAIT_READ},
    {SYS_accept4, WAIT_READ},     {SYS_write, WAIT_WRITE},
    {SYS_writev, WAIT_WRITE},     {SYS_sendto, WAIT_WRITE},
    {SYS_sendmsg, WAIT_WRITE},    {SYS_flock, WAIT_FILE_LOCK},
    {SYS_fcntl, WAIT_FILE_LOCK},  {SYS_openat, WAIT_FIFO},
    {SYS_msgrcv, WAIT_MESSAGE},   {SYS_rt_sigsuspend, WAIT_SIGNAL},
    {SYS_accept, WAIT_READ},      {SYS_ppoll, WAIT_EVENT},
    {SYS_pselect6, WAIT_EVENT},   {SYS_epoll_pwait, WAIT_EVENT},
#ifdef SYS_open
    {SYS_open, WAIT_FIFO},        {SYS_pause, WAIT_SIGNAL},
    {SYS_poll, WAIT_EVENT},       {SYS_select, WAIT_EVENT},
    {SYS_epoll_wait, WAIT_EVENT},
#endif
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

const char *wait_text(enum wait_kind k)
{
    static const char *const texts[] = {
#define WAIT_TEXT(name, text) text,
        WAIT_LIST(WAIT_TEXT)
#undef WAIT_TEXT
    };
    return texts[k];
}

bool wait_is_for_event(enum wait_kind k)
{
    return k == WAIT_CONDITION || k == WAIT_SEMAPHORE || k == WAIT_BARRIER;
}

static bool is_in(const struct thread *t, const char *module)
{
    const char *name = t->stack.n > 0 ? t->stack.v[0].module : NULL;
    return name && str_starts(str_basename(name), module);
}

static pid_t word_at(const struct stacks *s, uint64_t addr)
{
    uint32_t word = 0;
    return stacks_read(s, addr, &word, sizeof word)
               ? (pid_t)(word & FUTEX_TID_MASK)
               : 0;
}

static bool has_thread(const struct stacks *s, pid_t own_tid)
{
    for (size_t i = 0; i < s->threads.n; i++)
        if (s->threads.v[i].own_tid == own_tid)
            return true;
    return false;
}

/* Without a name of a function: a lock word that says "locked, with waiters"
 * beside the id of a thread is a mutex; a word that holds the id of a thread
 * which the kernel clears is that thread's end. */
static enum wait_kind guess(const struct stacks *s, const struct thread *t)
{
    uint64_t word = t->arg[0];
    if (t->arg[2] == 2 && has_thread(s, word_at(s, word + MUTEX_OWNER)))
        return WAIT_MUTEX;
    if (t->arg[2] > 2 && has_thread(s, (pid_t)t->arg[2]) &&
        word_at(s, word) == (pid_t)t->arg[2])
        return WAIT_JOIN;
    return WAIT_OTHER;
}

/* Signalled, and now waiting to get its mutex back: glibc waits on a condition
 * with FUTEX_WAIT_BITSET, and for a low-level lock with FUTEX_WAIT of a 2. */
static bool is_relocking(const struct stacks *s, const struct thread *t)
{
    return (t->arg[1] & FUTEX_CMD_MASK) == FUTEX_WAIT && t->arg[2] == 2 &&
           word_at(s, t->arg[0] + MUTEX_OWNER) != 0;
}

static pid_t rwlock_writer(const struct stacks *s, uint64_t word)
{
    static const size_t words[] = {
        offsetof(pthread_rwlock_t, __data.__wrphase_futex),
        offsetof(pthread_rwlock_t, __data.__writers_futex),
        offsetof(pthread_rwlock_t, __data.__readers),
    };
    for (size_t i = 0; i < COUNT(words); i++) {
        pid_t writer = word_at(s, word - words[i] + RWLOCK_WRITER);
        if ((word - words[i]) % _Alignof(pthread_rwlock_t) == 0 &&
            has_thread(s, writer))
            return writer;
    }
    return 0;
}

/* glibc lets a thread that would deadlock with itself on a priority-inheriting
 * mutex wait for ever on a zero that is no part of the mutex. */
static void find_owner(const struct stacks *s, const struct thread *t,
                       const char *function, struct wait *w)
{
    int command = (int)t->arg[1] & FUTEX_CMD_MASK;
    if (w->kind == WAIT_JOIN)
        w->owner = word_at(s, w->word);
    else if (w->kind == WAIT_READ_LOCK || w->kind == WAIT_WRITE_LOCK)
        w->owner = rwlock_writer(s, w->word);
    else if (w->kind == WAIT_MUTEX && command == FUTEX_LOCK_PI)
        w->owner = word_at(s, w->word);
    else if (w->kind == WAIT_MUTEX && !str_starts(function, "omp_") &&
             t->arg[2] != 0)
        w->owner = word_at(s, w->word + MUTEX_OWNER);
}

static void find_object(const struct stacks *s, const struct thread *t,
                        const char *function, struct wait *w)
{
    if (w->kind == WAIT_JOIN || w->kind == WAIT_TEAM || w->kind == WAIT_LIBC ||
        w->kind == WAIT_CRITICAL)
        return;
    w->object = objects_static(s, w->word);
    if (!w->object)
        w->object = objects_argument(stacks_place(t), function);
}

static void futex_wait(const struct stacks *s, const struct thread *t,
                       struct wait *w)
{
    int command = (int)t->arg[1] & FUTEX_CMD_MASK;
    struct wait_function function = {.name = "", .kind = WAIT_NONE};
    w->word = t->arg[0];
    w->local = t->arg[1] & FUTEX_PRIVATE_FLAG;
    if (t->arg[3] != 0) /* with a time-out it ends by itself */
        return;
    if (command != FUTEX_WAIT && command != FUTEX_WAIT_BITSET &&
        command != FUTEX_LOCK_PI)
        return;
    if (wait_function_of(t, &function))
        w->kind = function.kind;
    else if (is_in(t, "libgomp.so"))
        w->kind = WAIT_TEAM;
    else
        w->kind = guess(s, t);
    /* taken by malloc, stdio and the like; it names no owner */
    if (w->kind == WAIT_OTHER && is_in(t, "libc.so"))
        w->kind = WAIT_LIBC;
    bool relocks = w->kind == WAIT_CONDITION && is_relocking(s, t);
    if (relocks)
        w->kind = WAIT_MUTEX;
    find_owner(s, t, function.name, w);
    find_object(s, t, relocks ? "" : function.name, w);
}

/* The time-outs of poll and its kin; a select's is a pointer. */
static bool has_timeout(const struct thread *t)
{
    switch (t->call) {
    case SYS_ppoll:
        return t->arg[2] != 0;
    case SYS_pselect6:
        return t->arg[4] != 0;
    case SYS_epoll_pwait:
        return (int)t->arg[3] >= 0;
#ifdef SYS_poll
    case SYS_poll:
        return (int)t->arg[2] >= 0;
    case SYS_select:
        return t->arg[4] != 0;
    case SYS_epoll_wait:
        return (int)t->arg[3] >= 0;
#endif
    default:
        return false;
    }
}

static bool is_timed(long call)
{
    return call == SYS_nanosleep || call == SYS_clock_nanosleep ||
           call == SYS_restart_syscall;
}

static void call_wait(const struct thread *t, struct wait *w)
{
    w->kind = is_timed(t->call) || has_timeout(t) ? WAIT_NONE : WAIT_OTHER;
    for (size_t i = 0; i < COUNT(calls) && w->kind != WAIT_NONE; i++)
        if (calls[i].call == t->call)
            w->kind = calls[i].kind;
    if (w->kind == WAIT_READ || w->kind == WAIT_WRITE ||
        w->kind == WAIT_FILE_LOCK)
        w->fd = (int)t->arg[0];
    if (w->kind == WAIT_CHILD) {
        bool one = t->call == SYS_wait4 || t->arg[0] == P_PID;
        int id = (int)t->arg[t->call == SYS_wait4 ? 0 : 1];
        w->owner = one && id > 0 ? id : 0;
    }
}

void wait_of(const struct stacks *s, const struct thread *t, struct wait *w)
{
    *w = (struct wait){.fd = -1};
    if (t->ended || t->call < 0)
        return;
    if (t->call == SYS_futex)
        futex_wait(s, t, w);
    else
        call_wait(t, w);
}

void wait_fini(struct wait *w)
{
    free(w->object);
    *w = (struct wait){0};
}
