/* Nothing is wrong here.
 * SPDX-License-Identifier: MIT */
#include "thread_safety.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static int x GUARDED_BY(a);

void add(void)
{
    pthread_mutex_lock(&a);
    x++;
    pthread_mutex_unlock(&a);
}
