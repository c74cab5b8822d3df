/* A file scanner: a walk finds files, workers scan them until one has a hit.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { FILES = 40, WORKERS = 2, HIT = 10 /* the file that has it */ };

static struct queue {
    pthread_mutex_t lock;
    pthread_cond_t more;
    int items[FILES];
    int next, end;
    bool closed;
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};

static int files, hit;

static bool queue_put(struct queue *q, int file)
{
    CASE_CHECK(pthread_mutex_lock(&q->lock)); /* @site put */
    if (q->closed) {
        CASE_CHECK(pthread_mutex_unlock(&q->lock));
        return false;
    }
    q->items[q->end++] = file;
    CASE_CHECK(pthread_cond_signal(&q->more));
    CASE_CHECK(pthread_mutex_unlock(&q->lock));
    return true;
}

/* The next file, or -1 when the queue is closed and empty. */
static int queue_get(struct queue *q)
{
    int file = -1;
    CASE_CHECK(pthread_mutex_lock(&q->lock)); /* @site get */
    while (q->next == q->end && !q->closed) {
        CASE_CHECK(pthread_cond_wait(&q->more, &q->lock)); /* @site wait */
    }
    if (q->next < q->end)
        file = q->items[q->next++];
    CASE_CHECK(pthread_mutex_unlock(&q->lock));
    return file;
}

static void queue_close(struct queue *q)
{
    CASE_CHECK(pthread_mutex_lock(&q->lock)); /* @site close */
    q->closed = true;
    CASE_CHECK(pthread_cond_broadcast(&q->more));
    CASE_CHECK(pthread_mutex_unlock(&q->lock));
}

static void *scan(void *hits)
{
    for (int file = queue_get(&queue); file >= 0; file = queue_get(&queue)) {
        usleep(500); /* reads the file */
        if (file == hit) {
            ++*(int *)hits;
            queue_close(&queue);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t workers[WORKERS];
    int hits = 0;
    files = (int)case_arg(argc, argv, 1, FILES, 1, FILES);
    hit = (int)case_arg(argc, argv, 2, HIT, 0, files - 1);
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_create(&workers[i], NULL, scan, &hits));
    int file = 0;
    while (file < files && queue_put(&queue, file)) {
        file++;
        usleep(500); /* reads the folder */
    }
    queue_close(&queue);
    for (int i = 0; i < WORKERS; i++)
        CASE_CHECK(pthread_join(workers[i], NULL));
    return case_end(hits == 1, "%d hits, %d files found", hits, file);
}
