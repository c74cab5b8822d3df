/* A stopwatch: the timer's handler lets it run, main shows the time.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { TEXT = 64 };

static atomic_int watch; /* in ticks, each a tenth of a second */

static void on_tick(int number)
{
    (void)number;
    watch++;
}

static int show(char *text)
{
    int now = watch, seconds = now / 10;
    int n = snprintf(text, TEXT, "%d:%02d", seconds / 60, seconds % 60);
    snprintf(text + n, TEXT - (size_t)n, ".%d", now % 10);
    return now;
}

int main(int argc, char **argv)
{
    long end = case_arg(argc, argv, 1, 20, 1, 1000); /* in seconds */
    struct sigaction action = {.sa_handler = on_tick};
    char text[TEXT];
    int last = 0, back = 0;
    CASE_CHECK(sigaction(SIGALRM, &action, NULL) == 0 ? 0 : errno);
    ualarm(300, 300); /* microseconds: time flies here */
    while (last < 10 * end) {
        int now = show(text);
        back += now < last;
        last = now;
    }
    ualarm(0, 0);
    return case_end(back == 0, "at %s it had gone back %d times", text, back);
}
