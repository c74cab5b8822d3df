/* Wants to write while it still reads.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

int main(void)
{
    pthread_rwlock_t *map_lock = malloc(sizeof *map_lock);
    pthread_rwlock_init(map_lock, NULL);
    pthread_rwlock_rdlock(map_lock); /* @site read */
    pthread_rwlock_wrlock(map_lock); /* @site write */
    pthread_rwlock_unlock(map_lock);
    return 0;
}
