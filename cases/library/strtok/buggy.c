/* Two clerks add up the amounts of their ledgers, line by line, word by word.
 * Usage: PROGRAM [LINES of each ledger]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <sched.h>

enum { CLERKS = 2, LINES = 100000 };

struct ledger {
    char line[64];
    long total;
};

struct ledger ledgers[CLERKS];
static pthread_barrier_t office_opens;
static long lines; /* of each ledger */

static long add_up(char *line)
{
    long sum = 0;
    char *word = strtok(line, ";"); /* @site first */
    while (word) {
        if (*word != '#') {    /* @site note */
            sum += atol(word); /* @site amount */
        }
        CASE_CHECK(sched_yield());
        word = strtok(NULL, ";"); /* @site next */
    }
    return sum;
}

static void *keep(void *own)
{
    struct ledger *ledger = own;
    pthread_barrier_wait(&office_opens);
    for (long i = 0; i < lines; i++) {
        sprintf(ledger->line, "100;20;7;#%ld", i); /* @site fill */
        ledger->total += add_up(ledger->line);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[CLERKS];
    lines = case_arg(argc, argv, 1, 5000, 1, LINES);
    CASE_CHECK(pthread_barrier_init(&office_opens, NULL, CLERKS));
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, keep, &ledgers[i]));
    for (int i = 0; i < CLERKS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    CASE_CHECK(pthread_barrier_destroy(&office_opens));
    long due = lines * 127;
    return case_end(ledgers[0].total == due && ledgers[1].total == due,
                    "the totals are %ld and %ld of %ld", ledgers[0].total,
                    ledgers[1].total, due);
}
