/* Two threads talk to each other over a socket pair, until one says no more.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

static int line[2];

static void *serve(void *unused)
{
    char question;
    while (recv(line[1], &question, 1, 0) == 1) {
        question++;
        send(line[1], &question, 1, MSG_NOSIGNAL);
    }
    return unused;
}

static void *ask(void *unused)
{
    char byte = 'a';
    send(line[0], &byte, 1, 0);
    return unused;
}

int main(void)
{
    pthread_t server, client;
    char answer[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, line) != 0)
        return 1;
    pthread_create(&server, NULL, serve, NULL);
    pthread_create(&client, NULL, ask, NULL);
    ask(NULL);
    if (recv(line[0], answer, sizeof answer, MSG_WAITALL) != sizeof answer)
        return 1;
    pthread_join(client, NULL);
    shutdown(line[0], SHUT_WR);
    pthread_join(server, NULL);
    return answer[0] != 'b' || answer[1] != 'b';
}
