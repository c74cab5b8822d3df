/* A signal that nobody handles ends the process.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <signal.h>

void stop(pthread_t id)
{
    pthread_kill(id, SIGTERM); /* HIT */
    pthread_kill(id, 0);
    pthread_cancel(id);
}
