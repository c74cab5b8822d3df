/* A mutex inside an object on the heap, taken twice.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

struct database {
    int rows;
    pthread_mutex_t lock;
};

static int count(struct database *db)
{
    pthread_mutex_lock(&db->lock); /* @site again */
    int rows = db->rows;
    pthread_mutex_unlock(&db->lock);
    return rows;
}

int main(void)
{
    struct database *db = calloc(1, sizeof *db);
    pthread_mutex_init(&db->lock, NULL);
    pthread_mutex_lock(&db->lock); /* @site first */
    return count(db);
}
