/* Observers each search a part of the sky and append what they find to a list.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { OBSERVERS = 4, PLACES = 200 }; /* PLACES of each observer */

static int places;

struct list {
    long stars[OBSERVERS * PLACES]; /* where they are */
    atomic_size_t count;
} list;

static void photograph(long place, size_t number)
{
    char label[48];
    snprintf(label, sizeof label, "star %zu at %ld", number, place);
    usleep(100); /* the exposure */
}

static void append(long place)
{
    size_t number = atomic_fetch_add(&list.count, 1);
    photograph(place, number);
    list.stars[number] = place; /* @site store */
}

static bool is_star(long place)
{
    return (unsigned long)place * 2654435761u % 8 == 0;
}

static void *observe(void *part)
{
    long first = (long)part * places;
    for (long place = first; place < first + places; place++)
        if (is_star(place))
            append(place);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t ids[OBSERVERS];
    places = (int)case_arg(argc, argv, 1, PLACES, 1, PLACES);
    for (long i = 0; i < OBSERVERS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, observe, (void *)i));
    for (long i = 0; i < OBSERVERS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    size_t expected = 0;
    for (long place = 0; place < OBSERVERS * places; place++)
        expected += is_star(place);
    return case_end(list.count == expected, "%zu of %zu stars in the list",
                    list.count, expected);
}
