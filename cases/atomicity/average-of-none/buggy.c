/* A scale shows the average weight of the parcels of each lorry.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { LORRIES = 100, PARCELS = 10 /* of a lorry */, GRAMS = 700, LOOKS = 200 };

static int lorries, loaded, looks;

static struct scale {
    pthread_mutex_t lock;
    long grams, parcels;
} scale = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void scale_add(struct scale *s, long grams)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock));
    s->grams += grams;
    s->parcels++;
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
}

static void scale_clear(struct scale *s)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock));
    s->grams = 0;
    s->parcels = 0; /* @site clear */
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
}

static long scale_parcels(struct scale *s)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock));
    long parcels = s->parcels; /* @site ask */
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
    return parcels;
}

static long scale_average(struct scale *s)
{
    CASE_CHECK(pthread_mutex_lock(&s->lock));
    long average = s->grams / s->parcels; /* @site divide */
    CASE_CHECK(pthread_mutex_unlock(&s->lock));
    return average;
}

static void *show(void *shown)
{
    for (int look = 0; look < looks; look++) {
        usleep(100);
        if (scale_parcels(&scale) > 0) {
            usleep(100); /* the display lights up */
            *(long *)shown = scale_average(&scale);
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    long shown = GRAMS;
    pthread_t display;
    lorries = (int)case_arg(argc, argv, 1, LORRIES, 1, LORRIES);
    loaded = (int)case_arg(argc, argv, 2, PARCELS, 1, PARCELS);
    looks = (int)case_arg(argc, argv, 3, LOOKS, 1, LOOKS);
    CASE_CHECK(pthread_create(&display, NULL, show, &shown));
    for (int lorry = 0; lorry < lorries; lorry++) {
        for (int i = 0; i < loaded; i++)
            scale_add(&scale, GRAMS);
        usleep(200);
        scale_clear(&scale);
        usleep(200);
    }
    CASE_CHECK(pthread_join(display, NULL));
    return case_end(shown == GRAMS, "%ld grams shown, of %d", shown, GRAMS);
}
