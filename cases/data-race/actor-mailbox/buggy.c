/* Guests send their names to an actor, who sends greetings on to another.
 * Usage: PROGRAM [NAMES of each guest]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GUESTS = 2, MOST = 20000, SIZE = 40 };

struct mailbox {
    char letters[GUESTS * MOST][SIZE];
    long sent, taken;
    bool closed;
} greeter, herald;
static long names, heard; /* names of each guest */

static void post(struct mailbox *box, const char *greeting, const char *name)
{
    long at = box->sent; /* @site end */
    char *letter = box->letters[at];
    snprintf(letter, SIZE, "%s%.24s", greeting, name); /* @site put */
    box->sent = at + 1;                                /* @site sent */
}

static bool take(struct mailbox *box, char letter[SIZE])
{
    while (box->taken >= box->sent) { /* @site look */
        if (box->closed) {            /* @site closed */
            return false;
        }
        usleep(100);
    }
    memcpy(letter, box->letters[box->taken++], SIZE); /* @site take */
    return true;
}

static void close_box(struct mailbox *box)
{
    box->closed = true; /* @site close */
}

static void *visit(void *unused)
{
    for (long i = 0; i < names; i++)
        post(&greeter, "", "my friend");
    return unused;
}

static void *greet(void *unused)
{
    char name[SIZE];
    while (take(&greeter, name))
        post(&herald, "Hello, ", name);
    close_box(&herald);
    return unused;
}

static void *proclaim(void *unused)
{
    char letter[SIZE];
    while (take(&herald, letter))
        heard += strcmp(letter, "Hello, my friend") == 0;
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t guests[GUESTS], actors[2];
    names = case_arg(argc, argv, 1, MOST, 1, MOST);
    CASE_CHECK(pthread_create(&actors[0], NULL, greet, NULL));
    CASE_CHECK(pthread_create(&actors[1], NULL, proclaim, NULL));
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_create(&guests[i], NULL, visit, NULL));
    for (int i = 0; i < GUESTS; i++)
        CASE_CHECK(pthread_join(guests[i], NULL));
    close_box(&greeter);
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(actors[i], NULL));
    return case_end(heard == GUESTS * names, "%ld of %ld greetings heard",
                    heard, GUESTS * names);
}
