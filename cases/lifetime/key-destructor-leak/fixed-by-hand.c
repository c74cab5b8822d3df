/* A server answers each request in a thread, which writes its lines in a buffer
 * of its own.
 * Usage: PROGRAM [REQUESTS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <stdatomic.h>
#include <threads.h>

enum { AT_A_TIME = 4, LINE = 4096 };

static tss_t buffer_key;
static atomic_long buffers; /* that are in memory */
static atomic_long answered;

static void check(int result)
{
    CASE_CHECK(result == thrd_success ? 0 : EAGAIN);
}

static void free_buffer(void *buffer)
{
    free(buffer);
    buffers--;
}

/* The calling thread's own, made when it first asks for it. */
static char *line_buffer(void)
{
    char *buffer = tss_get(buffer_key);
    if (!buffer) {
        buffer = malloc(LINE);
        CASE_CHECK(buffer ? 0 : ENOMEM);
        buffers++;
        check(tss_set(buffer_key, buffer)); /* @site keep */
    }
    return buffer;
}

static void log_line(const char *what, long number)
{
    if (snprintf(line_buffer(), LINE, "%s %ld", what, number) > 0)
        answered++;
}

static int answer(void *request)
{
    log_line("answered request", *(long *)request);
    free_buffer(tss_get(buffer_key));
    return 0;
}

int main(int argc, char **argv)
{
    long requests = case_arg(argc, argv, 1, 100, 1, 100000);
    check(tss_create(&buffer_key, NULL)); /* @site create-key */
    log_line("requests to come:", requests);
    for (long done = 0; done < requests; done += AT_A_TIME) {
        thrd_t threads[AT_A_TIME];
        long numbers[AT_A_TIME];
        for (int i = 0; i < AT_A_TIME; i++) {
            numbers[i] = done + i;
            check(thrd_create(&threads[i], answer, &numbers[i]));
        }
        for (int i = 0; i < AT_A_TIME; i++)
            check(thrd_join(threads[i], NULL));
    }
    free_buffer(line_buffer());
    tss_delete(buffer_key);
    return case_end(buffers == 0, "%ld lines written, %ld buffers left",
                    answered, buffers);
}
