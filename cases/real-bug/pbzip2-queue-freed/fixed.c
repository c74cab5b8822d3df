/* A packer: consumers press blocks from a queue, a writer puts them together.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { BLOCKS = 12, CONSUMERS = 2 };

static int blocks;

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t more;
    int next, end;
    bool all_done;
};

static pthread_mutex_t output_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t pressed_more = PTHREAD_COND_INITIALIZER;
static int pressed, written;

static void block_press(void)
{
    usleep(500);
    CASE_CHECK(pthread_mutex_lock(&output_lock));
    pressed++;
    CASE_CHECK(pthread_cond_signal(&pressed_more));
    CASE_CHECK(pthread_mutex_unlock(&output_lock));
    usleep(5000); /* its memory is cleared */
}

static void *consume(void *arg)
{
    struct queue *q = arg;
    for (;;) {
        if (pthread_mutex_lock(&q->lock) != 0) { /* @site lock */
            abort();
        }
        while (q->next == q->end && !q->all_done) {            /* @site empty */
            CASE_CHECK(pthread_cond_wait(&q->more, &q->lock)); /* @site wait */
        }
        bool found = q->next < q->end; /* @site look */
        if (found) {
            q->next++; /* @site take */
        }
        CASE_CHECK(pthread_mutex_unlock(&q->lock)); /* @site unlock */
        if (!found)
            return NULL;
        block_press();
    }
}

static void *write_out(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&output_lock));
    for (; written < blocks; written++) {
        while (pressed == written)
            CASE_CHECK(pthread_cond_wait(&pressed_more, &output_lock));
    }
    CASE_CHECK(pthread_mutex_unlock(&output_lock));
    return unused;
}

static void produce(struct queue *q)
{
    for (int i = 0; i < blocks; i++) {
        usleep(100); /* the block is read */
        CASE_CHECK(pthread_mutex_lock(&q->lock));
        q->end++;
        q->all_done = q->end == blocks;
        CASE_CHECK(pthread_cond_broadcast(&q->more));
        CASE_CHECK(pthread_mutex_unlock(&q->lock));
    }
}

static void queue_delete(struct queue *q)
{
    CASE_CHECK(pthread_cond_destroy(&q->more));  /* @site destroy-more */
    CASE_CHECK(pthread_mutex_destroy(&q->lock)); /* @site destroy */
    free(q);                                     /* @site release */
}

int main(int argc, char **argv)
{
    pthread_t consumers[CONSUMERS], writer;
    struct queue *q = calloc(1, sizeof *q);
    blocks = (int)case_arg(argc, argv, 1, BLOCKS, 1, BLOCKS);
    CASE_CHECK(q ? 0 : ENOMEM);
    CASE_CHECK(pthread_mutex_init(&q->lock, NULL));
    CASE_CHECK(pthread_cond_init(&q->more, NULL));
    for (int i = 0; i < CONSUMERS; i++)
        CASE_CHECK(pthread_create(&consumers[i], NULL, consume, q));
    CASE_CHECK(pthread_create(&writer, NULL, write_out, NULL));
    produce(q);
    CASE_CHECK(pthread_join(writer, NULL));
    for (int i = 0; i < CONSUMERS; i++)
        CASE_CHECK(pthread_join(consumers[i], NULL));
    queue_delete(q);
    return case_end(written == blocks, "%d of %d blocks", written, blocks);
}
