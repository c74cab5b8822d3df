/* Two threads send letters to receivers that may be gone.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LETTERS = 20 };

static atomic_int alarms; /* of broken pipes that are main's */

static void on_pipe(int number)
{
    (void)number;
    alarms++;
}

/* A letter that cannot be delivered is no reason for an alarm. */
static void send_letter(int receiver)
{
    usleep(200); /* the letter is looked up */
    ssize_t n = send(receiver, "letter", 6, MSG_NOSIGNAL);
    CASE_CHECK(n < 0 && errno != EPIPE ? errno : 0);
}

static void *send_letters(void *pause)
{
    int ends[2];
    CASE_CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0 ? 0 : errno);
    close(ends[1]); /* the receiver is gone */
    for (int i = 0; i < LETTERS; i++) {
        send_letter(ends[0]);
        usleep(*(useconds_t *)pause);
    }
    close(ends[0]);
    return NULL;
}

int main(void)
{
    pthread_t senders[2];
    useconds_t pauses[2] = {100, 150};
    signal(SIGPIPE, on_pipe);
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_create(&senders[i], NULL, send_letters, &pauses[i]));
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(senders[i], NULL));
    bool there = signal(SIGPIPE, SIG_DFL) == on_pipe;
    return case_end(there && alarms == 0, "%d alarms, the handler is %s",
                    alarms, there ? "there" : "gone");
}
