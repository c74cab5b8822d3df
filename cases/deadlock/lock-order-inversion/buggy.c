/* Mails move from the inbox to the archive, and others back, at one time.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { MOVES = 80 }; /* of each thread */

static int moves;

struct folder {
    pthread_mutex_t lock;
    int mails;
};

static struct folder inbox = {PTHREAD_MUTEX_INITIALIZER, 100};
static struct folder archive = {PTHREAD_MUTEX_INITIALIZER, 100};

static void move_mail(struct folder *from, struct folder *to)
{
    CASE_CHECK(pthread_mutex_lock(&from->lock)); /* @site outer */
    usleep(500);                                 /* finds the mail on disk */
    CASE_CHECK(pthread_mutex_lock(&to->lock));   /* @site inner */
    from->mails--;
    to->mails++;
    CASE_CHECK(pthread_mutex_unlock(&to->lock));
    CASE_CHECK(pthread_mutex_unlock(&from->lock));
}

static void *tidy_up(void *unused)
{
    for (int i = 0; i < moves; i++)
        move_mail(&inbox, &archive);
    return unused;
}

static void *restore(void *unused)
{
    for (int i = 0; i < moves; i++)
        move_mail(&archive, &inbox);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t tidying, restoring;
    moves = (int)case_arg(argc, argv, 1, MOVES, 1, MOVES);
    move_mail(&inbox, &archive); /* a move and its undo, as a first test */
    move_mail(&archive, &inbox);
    CASE_CHECK(pthread_create(&tidying, NULL, tidy_up, NULL));
    CASE_CHECK(pthread_create(&restoring, NULL, restore, NULL));
    CASE_CHECK(pthread_join(tidying, NULL));
    CASE_CHECK(pthread_join(restoring, NULL));
    return case_end(inbox.mails == 100 && archive.mails == 100,
                    "%d mails in the inbox, %d in the archive", inbox.mails,
                    archive.mails);
}
