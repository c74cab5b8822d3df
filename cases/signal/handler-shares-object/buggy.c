/* A stopwatch: the timer's handler lets it run, main shows the time.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <signal.h>
#include <unistd.h>

enum { TEXT = 64 };

/* One tick is a tenth of a second; ten make a second. */
static volatile struct watch {
    int seconds, tenths;
} watch;

static void on_tick(int number)
{
    (void)number;
    if (++watch.tenths == 10) { /* @site tick */
        watch.tenths = 0;       /* @site wrap */
        watch.seconds++;        /* @site carry */
    }
}

static int show(char *text)
{
    int seconds = watch.seconds; /* @site seconds */
    int n = snprintf(text, TEXT, "%d:%02d", seconds / 60, seconds % 60);
    int tenths = watch.tenths; /* @site tenths */
    snprintf(text + n, TEXT - (size_t)n, ".%d", tenths);
    return 10 * seconds + tenths;
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
