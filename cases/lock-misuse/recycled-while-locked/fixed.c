/* Guests talk in a chat room; later its memory becomes a bell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GUESTS = 2 };

struct room {
    pthread_mutex_t lock;
    bool open;
};

/* What is not needed any more makes place for the next. */
static union slot {
    struct room room;
    pthread_cond_t bell;
} slot;

static void room_init(struct room *r)
{
    CASE_CHECK(pthread_mutex_init(&r->lock, NULL));
    r->open = true;
}

static bool room_say(struct room *r)
{
    CASE_CHECK(pthread_mutex_lock(&r->lock)); /* @site say */
    bool open = r->open;
    CASE_CHECK(pthread_mutex_unlock(&r->lock)); /* @site said */
    return open;
}

static void room_close(struct room *r)
{
    CASE_CHECK(pthread_mutex_lock(&r->lock)); /* @site close */
    r->open = false;
    usleep(5000); /* while a message says goodbye */
    CASE_CHECK(pthread_mutex_unlock(&r->lock));
}

static void room_fini(struct room *r)
{
    CASE_CHECK(pthread_mutex_destroy(&r->lock));
}

static void *talk(void *room)
{
    while (room_say(room))
        usleep(500); /* to think of the next word */
    return NULL;
}

int main(void)
{
    pthread_t guests[GUESTS];
    room_init(&slot.room);
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_create(&guests[i], NULL, talk, &slot.room));
    usleep(3000); /* until it is late */
    room_close(&slot.room);
    for (int i = 0; i < GUESTS; i++) {
        CASE_CHECK(pthread_join(guests[i], NULL)); /* @site join */
    }
    room_fini(&slot.room);
    CASE_CHECK(pthread_cond_init(&slot.bell, NULL)); /* @site bell */
    CASE_CHECK(pthread_cond_destroy(&slot.bell));
    return case_end(true, "all %d guests have left", GUESTS);
}
