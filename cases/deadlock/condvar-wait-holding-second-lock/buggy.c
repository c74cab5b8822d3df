/* A bank's branch serves its customers in turn; payments arrive by post.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>

static pthread_mutex_t branch = PTHREAD_MUTEX_INITIALIZER;
static int served;    /* under the branch's lock */
static sem_t entered; /* by the customer */

static struct account {
    pthread_mutex_t lock;
    pthread_cond_t paid_in;
    int balance; /* under the account's lock */
} account = {.lock = PTHREAD_MUTEX_INITIALIZER,
             .paid_in = PTHREAD_COND_INITIALIZER};

static void pay_in(struct account *a, int amount)
{
    CASE_CHECK(pthread_mutex_lock(&a->lock));
    a->balance += amount;
    CASE_CHECK(pthread_cond_signal(&a->paid_in));
    CASE_CHECK(pthread_mutex_unlock(&a->lock));
}

/* Returns when there was enough to take. */
static void take_out(struct account *a, int amount)
{
    CASE_CHECK(pthread_mutex_lock(&a->lock));
    while (a->balance < amount) {
        CASE_CHECK(pthread_cond_wait(&a->paid_in, &a->lock)); /* @site wait */
    }
    a->balance -= amount;
    CASE_CHECK(pthread_mutex_unlock(&a->lock));
}

static void *customer(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&branch)); /* @site outer */
    CASE_CHECK(sem_post(&entered) == 0 ? 0 : errno);
    served++;
    take_out(&account, 100);
    CASE_CHECK(pthread_mutex_unlock(&branch));
    return unused;
}

static void *postman(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&branch)); /* @site payer */
    served++;
    pay_in(&account, 150);
    CASE_CHECK(pthread_mutex_unlock(&branch));
    return unused;
}

int main(void)
{
    pthread_t ids[2];
    CASE_CHECK(sem_init(&entered, 0, 0) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&ids[0], NULL, customer, NULL));
    CASE_CHECK(sem_wait(&entered) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&ids[1], NULL, postman, NULL));
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    CASE_CHECK(sem_destroy(&entered) == 0 ? 0 : errno);
    return case_end(account.balance == 50 && served == 2,
                    "%d left after %d visits", account.balance, served);
}
