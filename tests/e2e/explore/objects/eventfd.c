/* Two threads post to an event counter, and one takes all that is there.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int events;

static void *post(void *count)
{
    eventfd_write(events, *(eventfd_t *)count);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    eventfd_t one = 1, two = 2, all = 0, now;
    events = eventfd(0, 0);
    pthread_create(&a, NULL, post, &one);
    pthread_create(&b, NULL, post, &two);
    while (all < 3) {
        if (read(events, &now, sizeof now) != sizeof now)
            return 1;
        all += now;
    }
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return all != 3;
}
