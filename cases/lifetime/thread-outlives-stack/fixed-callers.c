/* A cook sets a reminder at each step of a recipe, and compares what rang.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { STEPS = 8, TEXT = 512 };

struct reminder {
    char text[TEXT];
};

static void *wait_and_ring(void *arg)
{
    struct reminder *reminder = arg;
    usleep(10000);
    return strndup(reminder->text, TEXT); /* @site ring */
}

/* The reminder is in use until the thread has been joined. */
static void remind(struct reminder *reminder, const char *text,
                   pthread_t *thread)
{
    strcpy(reminder->text, text); /* @site note */
    CASE_CHECK(pthread_create(thread, NULL, wait_and_ring, reminder));
}

int main(void)
{
    static const char *const steps[STEPS] = {
        "soak the beans",  "heat the oven", "peel the garlic",
        "chop the onions", "fry the bacon", "boil the stock",
        "bake the bread",  "lay the table"};
    pthread_t threads[STEPS];
    struct reminder reminders[STEPS];
    int wrong = 0;
    for (int i = 0; i < STEPS; i++) {
        remind(&reminders[i], steps[i], &threads[i]);
        usleep(4000); /* the cook goes on cooking */
    }
    for (int i = 0; i < STEPS; i++) {
        void *rung = NULL;
        CASE_CHECK(pthread_join(threads[i], &rung));
        wrong += !rung || strcmp(rung, steps[i]) != 0;
        free(rung);
    }
    return case_end(wrong == 0, "%d of %d reminders are wrong", wrong, STEPS);
}
