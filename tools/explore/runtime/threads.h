/* The lives of threads: creation, end, join, cancellation.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_THREADS_H
#define LOCKSTEP_EXPLORE_RUNTIME_THREADS_H

#include "explore/runtime/point.h"

#include <pthread.h>

/* Readies the main thread to run from `entry`. */
bool threads_start_main(void (*entry)(void *));

/* What is to be created. */
struct threads_new {
    void *(*run)(void *);
    int (*run_c11)(void *); /* or this */
    void *argument;
    bool detached;
    size_t stack; /* its size; 0: as usual */
    uint64_t pc;
};

/* An error number; *id is the new one's. */
int threads_create(pthread_t *id, const struct threads_new *n);

/* An error number; *result may be written. */
int threads_join(pthread_t id, void **result, uint64_t pc);
int threads_detach(pthread_t id, uint64_t pc);

/* The current thread ends here. */
__attribute__((noreturn)) void threads_end(void *result);

/* The object of the search that tells whether t has ended; in the 8 bytes after
 * it, whether it was cancelled. */
static inline uint64_t threads_end_object(const struct thread *t)
{
    return LAYOUT_THREADS + 16ull * t->id;
}

/* The thread with that id, or NULL. */
struct thread *threads_by_id(pthread_t id);

/* Ends the current thread here if it was cancelled and may be. */
void threads_test_cancel(uint64_t pc);

/* In a wait: adds the choice to be cancelled, if threads of this program ever
 * are. Taken, it leads to threads_cancel_now. */
bool threads_offer_cancel(struct pending *p);
_Noreturn void threads_cancel_now(uint64_t pc);

#endif
