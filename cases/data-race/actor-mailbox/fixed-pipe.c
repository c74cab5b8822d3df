/* Guests send their names to an actor, who sends greetings on to another.
 * Usage: PROGRAM [NAMES of each guest]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GUESTS = 2, MOST = 20000, SIZE = 40 };

struct mailbox {
    int out, in; /* the ends of a pipe */
} greeter, herald;
static long names, heard; /* names of each guest */

static void open_box(struct mailbox *box)
{
    int ends[2];
    CASE_CHECK(pipe(ends) == 0 ? 0 : errno);
    *box = (struct mailbox){.out = ends[0], .in = ends[1]};
}

static void post(struct mailbox *box, const char *greeting, const char *name)
{
    char letter[SIZE] = "";
    snprintf(letter, SIZE, "%s%.24s", greeting, name);
    CASE_CHECK(write(box->in, letter, SIZE) == SIZE ? 0 : EIO);
}

static bool take(struct mailbox *box, char letter[SIZE])
{
    ssize_t n = read(box->out, letter, SIZE);
    CASE_CHECK(n == SIZE || n == 0 ? 0 : EIO);
    return n == SIZE;
}

static void close_box(struct mailbox *box)
{
    CASE_CHECK(close(box->in) == 0 ? 0 : errno);
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
    open_box(&greeter);
    open_box(&herald);
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
