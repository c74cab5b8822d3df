/* strtok in a thread; not in main, and not under a lock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static pthread_mutex_t lock;

static void parse(char *line)
{
    strtok(line, ";"); /* HIT */
    pthread_mutex_lock(&lock);
    strtok(NULL, ";");
    setenv("a", "b", 1);
    pthread_mutex_unlock(&lock);
}

static void *work(void *line)
{
    parse(line);
    unsetenv("a");      /* HIT */
    return getenv("b"); /* HIT */
}

int main(int argc, char **argv)
{
    pthread_t id;
    strtok(argv[argc - 1], ";");
    pthread_create(&id, NULL, work, argv[1]);
    pthread_join(id, NULL);
    return getenv("c") != NULL;
}
