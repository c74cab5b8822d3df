/* A bank does business while a thread audits it, by snapshots in children.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ACCOUNTS = 8, MONEY = 800, TRANSFERS = 60, AUDITS = 12 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long balance[ACCOUNTS] = {MONEY};

static void transfer(int from, int to)
{
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site transfer-lock */
    balance[from]--;
    usleep(1500); /* the journal is written */
    balance[to]++;
    CASE_CHECK(pthread_mutex_unlock(&lock));
    usleep(500); /* until the next customer comes */
}

static bool audit(void)
{
    long sum = 0;
    CASE_CHECK(pthread_mutex_lock(&lock)); /* @site audit-lock */
    for (int i = 0; i < ACCOUNTS; i++)
        sum += balance[i];
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return sum == MONEY;
}

/* Audits the accounts as they are now, while business goes on. */
static bool audit_snapshot(void)
{
    int status = 0;
    CASE_CHECK(pthread_mutex_lock(&lock));
    pid_t child = fork();
    CASE_CHECK(pthread_mutex_unlock(&lock));
    CASE_CHECK(child < 0 ? -1 : 0);
    if (child == 0)
        _exit(audit() ? 0 : 1);
    CASE_CHECK(waitpid(child, &status, 0) < 0 ? -1 : 0);
    usleep(5000); /* until the next one is due */
    return status == 0;
}

static void *auditor(void *passed)
{
    for (int i = 0; i < AUDITS; i++)
        *(int *)passed += audit_snapshot();
    return NULL;
}

int main(void)
{
    pthread_t id;
    int passed = 0;
    CASE_CHECK(pthread_create(&id, NULL, auditor, &passed));
    for (int i = 0; i < TRANSFERS; i++)
        transfer(i % ACCOUNTS, (i + 1) % ACCOUNTS);
    CASE_CHECK(pthread_join(id, NULL));
    return case_end(passed == AUDITS, "%d of %d audits found all the money",
                    passed, AUDITS);
}
