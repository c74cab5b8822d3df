/* umask and signal in a thread; not in main.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>

static int store(const char *name)
{
    mode_t before = umask(077);
    int file = open(name, O_CREAT, 0666); /* HIT */
    umask(before);
    return file;
}

static void *work(void *name)
{
    void (*before)(int) = signal(SIGPIPE, SIG_IGN); /* HIT */
    store(name);
    signal(SIGPIPE, before); /* HIT */
    return NULL;
}

int main(void)
{
    pthread_t id;
    umask(022);
    open("a", O_CREAT, 0666);
    umask(077);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    pthread_create(&id, NULL, work, "b");
    pthread_join(id, NULL);
    return 0;
}
