/* Forms are checked one by one; a clerk asks now and then if one is done.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

enum { FORMS = 4 };

struct form {
    pthread_rwlock_t lock;
    bool done;  /* guarded by lock */
    bool told;  /* that it is done; of the clerk only */
    sem_t come; /* the clerk has */
    sem_t go;   /* after one more question */
};

static void ask(struct form *f)
{
    if (pthread_rwlock_tryrdlock(&f->lock) != 0) { /* @site ask */
        return;
    }
    f->told = f->done;
    CASE_CHECK(pthread_rwlock_unlock(&f->lock)); /* @site answered */
}

static void *clerk(void *arg)
{
    struct form *f = arg;
    bool last = false;
    ask(f);
    CASE_CHECK(sem_post(&f->come) == 0 ? 0 : errno);
    while (!f->told && !last) {
        usleep(500); /* to do something else */
        last = sem_trywait(&f->go) == 0;
        ask(f);
    }
    return NULL;
}

static void dismiss(struct form *f, pthread_t thread)
{
    CASE_CHECK(sem_post(&f->go) == 0 ? 0 : errno);
    CASE_CHECK(pthread_join(thread, NULL));
}

static bool check(int pages)
{
    struct form form = {.done = false, .told = false};
    pthread_t thread;
    CASE_CHECK(pthread_rwlock_init(&form.lock, NULL)); /* @site init */
    CASE_CHECK(sem_init(&form.come, 0, 0) == 0 ? 0 : errno);
    CASE_CHECK(sem_init(&form.go, 0, 0) == 0 ? 0 : errno);
    CASE_CHECK(pthread_create(&thread, NULL, clerk, &form));
    CASE_CHECK(sem_wait(&form.come) == 0 ? 0 : errno);
    CASE_CHECK(pthread_rwlock_wrlock(&form.lock)); /* @site check */
    form.done = true;
    if (pages == 0) {
        dismiss(&form, thread);
        return form.told; /* @site leave */
    }
    usleep(500 * (useconds_t)pages);
    CASE_CHECK(pthread_rwlock_unlock(&form.lock));
    dismiss(&form, thread);
    CASE_CHECK(pthread_rwlock_destroy(&form.lock));
    CASE_CHECK(sem_destroy(&form.come) == 0 ? 0 : errno);
    CASE_CHECK(sem_destroy(&form.go) == 0 ? 0 : errno);
    return form.told;
}

int main(void)
{
    static const int pages[FORMS] = {2, 0, 3, 1};
    int told = 0;
    for (int i = 0; i < FORMS; i++)
        told += check(pages[i]);
    return case_end(told == FORMS, "the clerk knows of %d forms of %d", told,
                    FORMS);
}
