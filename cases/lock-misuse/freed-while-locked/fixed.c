/* Guests talk in a chat room until its owner closes it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GUESTS = 2 };

struct room {
    pthread_mutex_t lock;
    bool open;
    int words;
};

static struct room *room_new(void)
{
    struct room *r = malloc(sizeof *r);
    CASE_CHECK(r ? 0 : ENOMEM);
    CASE_CHECK(pthread_mutex_init(&r->lock, NULL));
    r->open = true;
    r->words = 0;
    return r;
}

static void room_close(struct room *r)
{
    CASE_CHECK(pthread_mutex_lock(&r->lock)); /* @site close */
    r->open = false;
    usleep(5000); /* while a message says goodbye */
    CASE_CHECK(pthread_mutex_unlock(&r->lock)); /* @site end */
}

static void room_free(struct room *r)
{
    CASE_CHECK(pthread_mutex_destroy(&r->lock));
    free(r);
}

static bool room_say(struct room *r)
{
    CASE_CHECK(pthread_mutex_lock(&r->lock)); /* @site say */
    bool open = r->open;
    r->words += open;
    CASE_CHECK(pthread_mutex_unlock(&r->lock)); /* @site said */
    return open;
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
    struct room *room = room_new();
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_create(&guests[i], NULL, talk, room));
    usleep(3000); /* until it is late */
    room_close(room);
    for (int i = 0; i < GUESTS; i++) {
        CASE_CHECK(pthread_join(guests[i], NULL)); /* @site join */
    }
    room_free(room);
    return case_end(true, "all %d guests have left", GUESTS);
}
