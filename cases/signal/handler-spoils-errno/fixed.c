/* Columns of numbers are added up; a timer looks for a key that says stop.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum { NUMBERS = 1000, TEXT = 16 };

static int keyboard[2]; /* a pipe here */
static volatile sig_atomic_t stop;

static void on_timer(int number)
{ /* @site handler */
    char key;
    int before = errno;
    (void)number;
    while (read(keyboard[0], &key, 1) == 1) /* @site look */
        stop |= key == 'q';
    errno = before;
}

/* The sum, or -1 when a number does not fit into a long. */
static long add_up(char text[][TEXT])
{
    long sum = 0;
    errno = 0;
    for (int i = 0; i < NUMBERS; i++)
        sum += strtol(text[i], NULL, 10);
    return errno == 0 ? sum : -1; /* @site check */
}

int main(int argc, char **argv)
{
    long columns = case_arg(argc, argv, 1, 1000, 1, 10000);
    static char text[NUMBERS][TEXT], total[TEXT];
    struct sigaction action = {.sa_handler = on_timer};
    int refused = 0;
    for (int i = 0; i < NUMBERS; i++)
        snprintf(text[i], TEXT, "%d", i);
    CASE_CHECK(pipe(keyboard) == 0 ? 0 : errno);
    CASE_CHECK(fcntl(keyboard[0], F_SETFL, O_NONBLOCK) == 0 ? 0 : errno);
    CASE_CHECK(sigaction(SIGALRM, &action, NULL) == 0 ? 0 : errno);
    ualarm(500, 500);
    for (int i = 0; i < columns && !stop; i++) {
        snprintf(total, TEXT, "%ld", add_up(text));
        refused += total[0] == '-';
    }
    ualarm(0, 0);
    return case_end(refused == 0, "%d columns refused", refused);
}
