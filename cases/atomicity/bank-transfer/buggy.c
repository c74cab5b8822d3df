/* A clerk moves money between two accounts while an audit adds them up.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { ACCOUNTS = 2, TRANSFERS = 50, AUDITS = 50 };

static int transfers, audits;

static struct account {
    pthread_mutex_t lock;
    long balance;
} accounts[ACCOUNTS] = {{PTHREAD_MUTEX_INITIALIZER, 600},
                        {PTHREAD_MUTEX_INITIALIZER, 400}};

static void add(struct account *a, long amount)
{
    CASE_CHECK(pthread_mutex_lock(&a->lock));
    a->balance += amount; /* @site change */
    CASE_CHECK(pthread_mutex_unlock(&a->lock));
}

static void transfer(struct account *from, struct account *to, long amount)
{
    add(from, -amount);
    usleep(100); /* the transfer is written to the journal */
    add(to, amount);
}

static long audit(void)
{
    long total = 0;
    for (int i = 0; i < ACCOUNTS; i++) {
        CASE_CHECK(pthread_mutex_lock(&accounts[i].lock));
        total += accounts[i].balance; /* @site read */
        CASE_CHECK(pthread_mutex_unlock(&accounts[i].lock));
    }
    return total;
}

static void *clerk(void *unused)
{
    for (int i = 0; i < transfers; i++) {
        transfer(&accounts[i % 2], &accounts[(i + 1) % 2], 100);
        usleep(100); /* until the next customer comes */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t id;
    int wrong = 0;
    transfers = (int)case_arg(argc, argv, 1, TRANSFERS, 1, TRANSFERS);
    audits = (int)case_arg(argc, argv, 2, AUDITS, 1, AUDITS);
    CASE_CHECK(pthread_create(&id, NULL, clerk, NULL));
    for (int i = 0; i < audits; i++) {
        wrong += audit() != 1000;
        usleep(100);
    }
    CASE_CHECK(pthread_join(id, NULL));
    return case_end(wrong == 0, "%d of %d audits do not add up to 1000", wrong,
                    audits);
}
