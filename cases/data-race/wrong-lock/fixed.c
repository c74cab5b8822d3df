/* Gates of a fair tick off tickets in a book whose pages have a lock each, and
 * give every visitor a numbered badge.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { GATES = 4, LINES = 10 /* tickets of a page */ };

static int lines;

static struct page {
    pthread_mutex_t lock;
    bool used[LINES];
} book[GATES]; /* a page for the visitors who live near each gate */
long badges;
static pthread_mutex_t printer = PTHREAD_MUTEX_INITIALIZER;

static void print_badge(void)
{
    CASE_CHECK(pthread_mutex_lock(&printer));
    long number = badges + 1; /* @site next */
    usleep(50);               /* the badge printer prints it */
    badges = number;          /* @site count */
    CASE_CHECK(pthread_mutex_unlock(&printer));
}

static void admit(int ticket)
{
    struct page *page = &book[ticket / lines];
    CASE_CHECK(pthread_mutex_lock(&page->lock));
    if (!page->used[ticket % lines]) {
        page->used[ticket % lines] = true;
        print_badge();
    }
    CASE_CHECK(pthread_mutex_unlock(&page->lock));
}

/* Every visitor comes to the gate nearby, and tries his ticket twice. */
static void *watch(void *gate)
{
    int first = *(const int *)gate * lines;
    for (int i = 0; i < 2 * lines; i++)
        admit(first + i % lines);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[GATES];
    int gates[GATES], used = 0;
    lines = (int)case_arg(argc, argv, 1, LINES, 1, LINES);
    for (int i = 0; i < GATES; i++)
        CASE_CHECK(pthread_mutex_init(&book[i].lock, NULL));
    for (int i = 0; i < GATES; i++) {
        gates[i] = i;
        CASE_CHECK(pthread_create(&ids[i], NULL, watch, &gates[i]));
    }
    for (int i = 0; i < GATES; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    for (int i = 0; i < GATES; i++) {
        CASE_CHECK(pthread_mutex_destroy(&book[i].lock));
        for (int line = 0; line < lines; line++)
            used += book[i].used[line];
    }
    return case_end(badges == used, "%ld badges for %d visitors", badges, used);
}
