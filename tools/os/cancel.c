/* Cancelling from a signal handler: the one state that all runs share.
 * SPDX-License-Identifier: MIT */
#include "os/cancel.h"

#include "os/proc.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

static atomic_bool cancelled;
static atomic_int event = -1;

/* A forked copy of this process must not cancel the original. */
static void renew_event(void)
{
    close(atomic_exchange(&event, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)));
}

static void open_event(void)
{
    atomic_store(&event, eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    pthread_atfork(NULL, NULL, renew_event);
}

/* Flag and descriptor are written and read in opposite orders: of a cancel and
 * a run that begins at the same time, one sees the other. */
int cancel_fd(void)
{
    static pthread_once_t opened = PTHREAD_ONCE_INIT;
    pthread_once(&opened, open_event);
    return atomic_load(&event);
}

void proc_cancel(void)
{
    int error = errno;
    uint64_t one = 1;
    atomic_store(&cancelled, true);
    int fd = atomic_load(&event);
    if (fd >= 0) {
        ssize_t written = write(fd, &one, sizeof one);
        (void)written; /* it fails only when it is readable already */
    }
    errno = error;
}

bool proc_cancelled(void)
{
    return atomic_load(&cancelled);
}
