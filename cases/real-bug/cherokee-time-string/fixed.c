/* The threads of a web server share the time as text, for their headers.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <unistd.h>

enum { THREADS = 2, REQUESTS = 60 /* of each thread */, ROOM = 64 };

static int requests;

static const char now[] = "Sun, 06 Nov 1994 08:49:37 GMT";

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
char text[ROOM] GUARDED_BY(lock);
size_t length GUARDED_BY(lock);
static int broken[THREADS]; /* headers, of each thread */

REQUIRES(lock) static void text_clean(void)
{
    length = 0; /* @site clean */
}

REQUIRES(lock) static void text_add(const char *more, size_t size)
{
    size_t at = length; /* @site end */
    if (at + size <= ROOM) {
        memcpy(text + at, more, size); /* @site copy */
        length = at + size;            /* @site advance */
    }
}

REQUIRES(lock) static void update(void)
{
    text_clean();
    usleep(100); /* the time is asked for and put into words */
    text_add(now, sizeof now - 1);
}

static void *serve(void *arg)
{
    int *wrong = arg;
    char header[ROOM];
    for (int i = 0; i < requests; i++) {
        usleep(100); /* the next request comes */
        CASE_CHECK(pthread_rwlock_wrlock(&lock));
        update();
        size_t size = length;       /* @site size */
        memcpy(header, text, size); /* @site use */
        CASE_CHECK(pthread_rwlock_unlock(&lock));
        *wrong += size != sizeof now - 1 || memcmp(header, now, size) != 0;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[THREADS];
    requests = (int)case_arg(argc, argv, 1, REQUESTS, 1, REQUESTS);
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, serve, &broken[i]));
    for (int i = 0; i < THREADS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    int sum = broken[0] + broken[1];
    return case_end(sum == 0, "%d of %d headers are broken", sum,
                    THREADS * requests);
}
