/* A network library: sockets are closed one by one, or all by its shutdown.
 * SPDX-License-Identifier: MIT */
#include "case.h"
#include "thread_safety.h"

#include <pthread.h>
#include <unistd.h>

enum { SOCKETS = 40 };

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static struct socket {
    pthread_mutex_t lock ACQUIRED_AFTER(table_lock);
    bool open;
} sockets[SOCKETS];
static int in_use;

static void net_init(void)
{
    for (int i = 0; i < SOCKETS; i++)
        CASE_CHECK(pthread_mutex_init(&sockets[i].lock, NULL));
}

static void net_open(struct socket *s)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock));
    s->open = true;
    in_use++;
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static void net_close(struct socket *s)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock)); /* @site close-table */
    CASE_CHECK(pthread_mutex_lock(&s->lock));    /* @site close-socket */
    usleep(500); /* the driver says goodbye to the peer */
    in_use -= s->open;
    s->open = false;
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static void net_shutdown(void)
{
    CASE_CHECK(pthread_mutex_lock(&table_lock)); /* @site all */
    for (int i = 0; i < SOCKETS; i++) {
        CASE_CHECK(pthread_mutex_lock(&sockets[i].lock)); /* @site each */
        in_use -= sockets[i].open;
        sockets[i].open = false;
        CASE_CHECK(pthread_mutex_unlock(&sockets[i].lock));
    }
    CASE_CHECK(pthread_mutex_unlock(&table_lock));
}

static void *leave(void *unused)
{
    for (int i = 0; i < SOCKETS; i++)
        net_close(&sockets[i]);
    return unused;
}

int main(void)
{
    pthread_t player;
    net_init();
    net_open(&sockets[0]);
    net_close(&sockets[0]); /* to see whether the network is there */
    for (int i = 0; i < SOCKETS; i++)
        net_open(&sockets[i]);
    CASE_CHECK(pthread_create(&player, NULL, leave, NULL));
    usleep(10000); /* the last frame is drawn */
    net_shutdown();
    CASE_CHECK(pthread_join(player, NULL));
    return case_end(in_use == 0, "%d sockets still in use", in_use);
}
