/* A mail server refuses what is larger than its settings allow.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { RECEIVERS = 2, MAILS = 40 };

struct receiver {
    pthread_t thread;
    int first;   /* mail; then every RECEIVERS-th */
    int refused; /* mails */
};

long largest_mail; /* in bytes */

static void read_settings(void)
{
    usleep(3000);         /* the file is read */
    largest_mail = 15000; /* @site set */
}

static long mail_size(int mail)
{
    return 1000 + mail % 16 * 1000;
}

static bool is_too_large(long size)
{
    return size > largest_mail; /* @site check */
}

static void *receive(void *arg)
{
    struct receiver *r = arg;
    for (int mail = r->first; mail < MAILS; mail += RECEIVERS) {
        r->refused += is_too_large(mail_size(mail));
        usleep(500); /* until the next one arrives */
    }
    return NULL;
}

static void start(struct receiver *all)
{
    for (int i = 0; i < RECEIVERS; i++) {
        all[i] = (struct receiver){.first = i};
        CASE_CHECK(pthread_create(&all[i].thread, NULL, receive, &all[i]));
    }
}

int main(void)
{
    struct receiver all[RECEIVERS];
    int refused = 0, expected = 0;
    start(all);
    read_settings();
    for (int i = 0; i < RECEIVERS; i++) {
        CASE_CHECK(pthread_join(all[i].thread, NULL));
        refused += all[i].refused;
    }
    for (int mail = 0; mail < MAILS; mail++)
        expected += is_too_large(mail_size(mail));
    return case_end(refused == expected, "%d of %d mails refused, %d too large",
                    refused, MAILS, expected);
}
