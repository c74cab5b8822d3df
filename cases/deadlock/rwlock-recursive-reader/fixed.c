/* A picture is turned by one thread while another one measures it.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { TURNS = 150, LOOKS = 250 };

static int turns, looks;

static pthread_rwlock_t lock;
static long width = 90, height = 40;

static void lock_init(void)
{
    pthread_rwlockattr_t attr;
    int kind = PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
    CASE_CHECK(pthread_rwlockattr_init(&attr));
    CASE_CHECK(pthread_rwlockattr_setkind_np(&attr, kind));
    CASE_CHECK(pthread_rwlock_init(&lock, &attr));
    CASE_CHECK(pthread_rwlockattr_destroy(&attr));
}

/* The caller holds the lock. */
static long side_locked(const long *which)
{
    return *which;
}

static long side(const long *which)
{
    CASE_CHECK(pthread_rwlock_rdlock(&lock)); /* @site inner */
    long length = side_locked(which);
    CASE_CHECK(pthread_rwlock_unlock(&lock));
    return length;
}

static long area(void)
{
    CASE_CHECK(pthread_rwlock_rdlock(&lock)); /* @site outer */
    long one = side_locked(&width);
    usleep(200); /* asks the screen for its scale */
    long other = side_locked(&height);
    CASE_CHECK(pthread_rwlock_unlock(&lock));
    return one * other;
}

static void *turn(void *unused)
{
    for (int i = 0; i < turns; i++) {
        CASE_CHECK(pthread_rwlock_wrlock(&lock)); /* @site write */
        long old = width;
        width = height;
        height = old;
        CASE_CHECK(pthread_rwlock_unlock(&lock));
        usleep(300); /* until the next key is pressed */
    }
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t turning;
    int wrong = 0;
    turns = (int)case_arg(argc, argv, 1, TURNS, 1, TURNS);
    looks = (int)case_arg(argc, argv, 2, LOOKS, 1, LOOKS);
    lock_init();
    CASE_CHECK(pthread_create(&turning, NULL, turn, NULL));
    for (int i = 0; i < looks; i++)
        wrong += area() != 3600;
    CASE_CHECK(pthread_join(turning, NULL));
    long left = side(&width);
    CASE_CHECK(pthread_rwlock_destroy(&lock));
    return case_end(wrong == 0 && left == 90, "%d of %d areas wrong, width %ld",
                    wrong, looks, left);
}
