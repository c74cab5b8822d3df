/* Users look up settings while an administrator changes them.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { USERS = 2, SETTINGS = 3, LOOKUPS = 3, CHANGES = 5 };

static int changes;

static struct setting {
    const char *name;
    int value;
} settings[SETTINGS] = {{"volume", 0}, {"bass", 0}, {"treble", 0}};
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

/* The value of a setting, or -1. */
static int look_up(const char *name)
{
    int value = -1;
    if (*name == '\0')
        goto out;
    CASE_CHECK(pthread_rwlock_rdlock(&lock));
    for (int i = 0; i < SETTINGS && value == -1; i++)
        if (strcmp(settings[i].name, name) == 0)
            value = settings[i].value;
out:
    CASE_CHECK(pthread_rwlock_unlock(&lock)); /* @site unlock */
    return value;
}

static void *use(void *names)
{
    for (int i = 0; i < LOOKUPS; i++) {
        (void)look_up(((const char **)names)[i]);
        usleep(2000); /* until the next question */
    }
    return NULL;
}

static void change(int value)
{
    CASE_CHECK(pthread_rwlock_wrlock(&lock)); /* @site change */
    for (int i = 0; i < SETTINGS; i++)
        settings[i].value = value;
    CASE_CHECK(pthread_rwlock_unlock(&lock));
}

int main(int argc, char **argv)
{
    static const char *names[USERS][LOOKUPS] = {{"volume", "loudness", "bass"},
                                                {"treble", "", "volume"}};
    pthread_t users[USERS];
    changes = (int)case_arg(argc, argv, 1, CHANGES, 1, CHANGES);
    for (int i = 0; i < USERS; i++)
        CASE_CHECK(pthread_create(&users[i], NULL, use, names[i]));
    for (int i = 1; i <= changes; i++) {
        change(i);
        usleep(2000); /* while the administrator listens */
    }
    for (int i = 0; i < USERS; i++)
        CASE_CHECK(pthread_join(users[i], NULL));
    int bass = look_up("bass");
    return case_end(bass == changes, "bass is %d", bass);
}
