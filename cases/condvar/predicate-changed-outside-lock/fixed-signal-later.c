/* A print server serves its queue until it is shut down.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { PAGES = 3 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static int submitted, printed; /* under the lock */
static atomic_bool quit;

static void show_ready(void)
{
    usleep(20000); /* until it is on the panel of the printer */
}

static void *serve(void *unused)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (!quit || printed < submitted) { /* @site check */
        if (printed < submitted) {
            printed++;
        } else {
            show_ready();
            CASE_CHECK(pthread_cond_wait(&news, &lock)); /* @site wait */
        }
    }
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return unused;
}

static void submit_page(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    submitted++;
    CASE_CHECK(pthread_cond_signal(&news));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static void shut_down(void)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    quit = true; /* @site change */
    CASE_CHECK(pthread_mutex_unlock(&lock));
    CASE_CHECK(pthread_cond_signal(&news)); /* @site wake */
}

int main(void)
{
    pthread_t server;
    CASE_CHECK(pthread_create(&server, NULL, serve, NULL));
    for (int i = 0; i < PAGES; i++) {
        usleep(30000); /* until the page is written */
        submit_page();
    }
    usleep(5000); /* until the user has closed the window */
    shut_down();
    CASE_CHECK(pthread_join(server, NULL));
    return case_end(printed == PAGES, "%d of %d pages printed", printed, PAGES);
}
