/* A barrier for three that only two threads come to.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

static void *party(void *arg)
{
    pthread_barrier_t *meeting = arg;
    pthread_barrier_wait(meeting); /* @site wait */
    return arg;
}

int main(void)
{
    pthread_t t[2];
    pthread_barrier_t *meeting = malloc(sizeof *meeting);
    pthread_barrier_init(meeting, NULL, 3);
    for (int i = 0; i < 2; i++)
        if (pthread_create(&t[i], NULL, party, meeting) != 0)
            return 2;
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    free(meeting);
    return 0;
}
