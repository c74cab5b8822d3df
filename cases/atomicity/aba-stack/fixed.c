/* Threads borrow buffers from a stack of free ones that has no lock.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS = 2, ROUNDS = 100, BUFFERS = 4, NONE = 0 };

static int rounds;

struct buffer {
    atomic_int next; /* below it on the stack */
    atomic_bool lent;
} buffers[BUFFERS + 1]; /* from 1 */

struct top {
    int buffer;
    unsigned changes;
};
_Atomic struct top top;
atomic_int conflicts; /* buffers lent twice, or lost */

static void push(int b)
{
    struct top old = atomic_load(&top), new;
    atomic_store(&buffers[b].lent, false);
    do {
        atomic_store(&buffers[b].next, old.buffer);
        new = (struct top){b, old.changes + 1};
    } while (!atomic_compare_exchange_weak(&top, &old, new)); /* @site push */
}

static int pop(void)
{
    struct top old = atomic_load(&top), new; /* @site look */
    while (old.buffer != NONE) {
        int below = atomic_load(&buffers[old.buffer].next); /* @site below */
        usleep(100); /* the thread has to wait for a processor */
        new = (struct top){below, old.changes + 1};
        if (atomic_compare_exchange_weak(&top, &old, new)) { /* @site swap */
            break;
        }
    }
    int b = old.buffer;
    if (b == NONE || atomic_exchange(&buffers[b].lent, true))
        conflicts++;
    return b;
}

static void *work(void *unused)
{
    for (int i = 0; i < rounds && conflicts == 0; i++) {
        int in = pop(), out = pop();
        if (in != NONE)
            push(in);
        usleep(100); /* writes what is left in the other buffer */
        if (out != NONE)
            push(out);
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    rounds = (int)case_arg(argc, argv, 1, ROUNDS, 1, ROUNDS);
    for (int i = 1; i <= BUFFERS; i++)
        push(i);
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_create(&threads[i], NULL, work, NULL));
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    return case_end(conflicts == 0, "%d buffers lent twice or lost", conflicts);
}
