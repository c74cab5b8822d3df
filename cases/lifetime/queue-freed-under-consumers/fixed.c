/* A laboratory: samples go through a queue to those who examine them.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { SAMPLES = 12, EXAMINERS = 3 };

static int samples;

struct queue {
    pthread_mutex_t lock;
    int next, end; /* of the samples that wait */
};

static atomic_int examined;

static struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    CASE_CHECK(queue ? 0 : ENOMEM);
    CASE_CHECK(pthread_mutex_init(&queue->lock, NULL));
    queue->next = 0;
    queue->end = samples;
    return queue;
}

static void queue_free(struct queue *queue)
{
    CASE_CHECK(pthread_mutex_destroy(&queue->lock)); /* @site destroy */
    free(queue);                                     /* @site release */
}

/* The next sample, or a negative number when there is none left. */
static int queue_take(struct queue *queue)
{
    int sample = -1;
    if (pthread_mutex_lock(&queue->lock) != 0) { /* @site lock */
        abort();
    }
    if (queue->next < queue->end) { /* @site look */
        sample = queue->next++;     /* @site take */
    }
    CASE_CHECK(pthread_mutex_unlock(&queue->lock)); /* @site unlock */
    return sample;
}

static void *examine(void *queue)
{
    while (queue_take(queue) >= 0) {
        usleep(500); /* under the microscope */
        examined++;
        usleep(2000); /* the report is filed */
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t examiners[EXAMINERS];
    samples = (int)case_arg(argc, argv, 1, SAMPLES, 1, SAMPLES);
    struct queue *queue = queue_new();
    for (int i = 0; i < EXAMINERS; i++)
        CASE_CHECK(pthread_create(&examiners[i], NULL, examine, queue));
    while (examined < samples)
        usleep(100);
    for (int i = 0; i < EXAMINERS; i++)
        CASE_CHECK(pthread_join(examiners[i], NULL));
    queue_free(queue);
    return case_end(examined == samples, "%d of %d samples examined", examined,
                    samples);
}
