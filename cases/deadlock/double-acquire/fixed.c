/* Two tellers withdraw from one account; a withdrawal first asks the balance.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

#define TELLERS 2
#define WITHDRAWALS 10 /* of each teller */

static long withdrawals;

static struct account {
    pthread_mutex_t lock;
    long balance;
} account;

static void account_open(struct account *a, long balance)
{
    pthread_mutexattr_t attr;
    CASE_CHECK(pthread_mutexattr_init(&attr));
    CASE_CHECK(pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE));
    CASE_CHECK(pthread_mutex_init(&a->lock, &attr));
    CASE_CHECK(pthread_mutexattr_destroy(&attr));
    a->balance = balance;
}

static long account_balance(struct account *a)
{
    CASE_CHECK(pthread_mutex_lock(&a->lock)); /* @site inner */
    long balance = a->balance;
    CASE_CHECK(pthread_mutex_unlock(&a->lock));
    return balance;
}

static void account_withdraw(struct account *a, long amount)
{
    CASE_CHECK(pthread_mutex_lock(&a->lock)); /* @site outer */
    if (account_balance(a) >= amount)
        a->balance -= amount;
    CASE_CHECK(pthread_mutex_unlock(&a->lock));
}

static void *teller(void *arg)
{
    for (int i = 0; i < withdrawals; i++)
        account_withdraw(arg, 10);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t tellers[TELLERS];
    withdrawals = case_arg(argc, argv, 1, WITHDRAWALS, 1, WITHDRAWALS);
    account_open(&account, withdrawals * 15);
    for (int i = 0; i < TELLERS; i++)
        CASE_CHECK(pthread_create(&tellers[i], NULL, teller, &account));
    for (int i = 0; i < TELLERS; i++)
        CASE_CHECK(pthread_join(tellers[i], NULL));
    long left = account_balance(&account);
    CASE_CHECK(pthread_mutex_destroy(&account.lock));
    return case_end(left == 0, "%ld left of %ld", left, withdrawals * 15);
}
