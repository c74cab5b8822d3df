/* Clients insert rows and log each insertion; a full log goes on in a new file.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CLIENTS = 3, ROWS = 200 /* of each client */, FILE_EVENTS = 50 };

bool log_is_open;

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static FILE *log_file;
static int in_file, logged;
static int rows, file_events;

static void log_open(void)
{
    log_file = tmpfile();
    CASE_CHECK(log_file ? 0 : errno);
    in_file = 0;
    log_is_open = true; /* @site open */
}

static void log_close(void)
{
    log_is_open = false; /* @site close */
    CASE_CHECK(fclose(log_file));
}

static void log_rotate(void)
{
    log_close();
    usleep(2000); /* the list of the log files is brought up to date */
    log_open();
}

static void log_write(int client, int row)
{
    CASE_CHECK(pthread_mutex_lock(&log_lock));
    if (log_is_open) {
        fprintf(log_file, "insert into client%d values (%d);\n", client, row);
        logged++;
        if (++in_file == file_events)
            log_rotate();
    }
    CASE_CHECK(pthread_mutex_unlock(&log_lock));
}

static void *serve(void *arg)
{
    int client = *(int *)arg;
    for (int row = 0; row < rows; row++) {
        usleep(100);       /* the row is stored */
        if (log_is_open) { /* @site test */
            log_write(client, row);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[CLIENTS];
    int numbers[CLIENTS];
    rows = (int)case_arg(argc, argv, 1, ROWS, 1, ROWS);
    int clients = (int)case_arg(argc, argv, 2, CLIENTS, 1, CLIENTS);
    file_events = (int)case_arg(argc, argv, 3, FILE_EVENTS, 1, FILE_EVENTS);
    log_open();
    for (int i = 0; i < clients; i++) {
        numbers[i] = i;
        CASE_CHECK(pthread_create(&threads[i], NULL, serve, &numbers[i]));
    }
    for (int i = 0; i < clients; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    log_close();
    return case_end(logged == clients * rows, "%d rows, %d in the log",
                    clients * rows, logged);
}
