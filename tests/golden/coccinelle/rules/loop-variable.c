/* The address of the counter; then of an element.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static void *work(void *n)
{
    return n;
}

void wrong(void)
{
    pthread_t ids[4];
    int i;
    for (i = 0; i < 4; i++) /* HIT */
        pthread_create(&ids[i], NULL, work, &i);
    for (int j = 0; j < 4; j++) /* HIT */
        pthread_create(&ids[j], NULL, work, &j);
}

void right(int *numbers)
{
    pthread_t ids[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&ids[i], NULL, work, &numbers[i]);
}
