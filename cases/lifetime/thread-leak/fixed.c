/* Each job of a print server is printed by a thread of its own.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { JOBS = 40 };

static atomic_int printed;

static void *print(void *unused)
{
    usleep(200); /* the printer */
    printed++;
    return unused;
}

static void submit(void)
{
    pthread_t thread;
    CASE_CHECK(pthread_create(&thread, NULL, print, NULL)); /* @site start */
    CASE_CHECK(pthread_detach(thread));
}

static long address_space(void)
{
    long pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    CASE_CHECK(statm && fscanf(statm, "%ld", &pages) == 1 ? 0 : EIO);
    fclose(statm);
    return pages * sysconf(_SC_PAGESIZE);
}

static long stack_size(void)
{
    size_t size = 0;
    pthread_attr_t attributes;
    CASE_CHECK(pthread_attr_init(&attributes));
    CASE_CHECK(pthread_attr_getstacksize(&attributes, &size));
    CASE_CHECK(pthread_attr_destroy(&attributes));
    return (long)size;
}

int main(int argc, char **argv)
{
    int jobs = (int)case_arg(argc, argv, 1, JOBS, 4, JOBS);
    long before = address_space();
    for (int i = 0; i < jobs; i++) {
        submit();
        usleep(500); /* until the next job comes */
    }
    while (printed < jobs)
        usleep(500);
    usleep(5000); /* the last thread ends */
    long stacks = (address_space() - before) / stack_size();
    return case_end(stacks < jobs / 2, "memory of %ld stacks is held", stacks);
}
