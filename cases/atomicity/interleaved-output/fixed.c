/* A producer and a consumer write what they do in one log.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { ITEMS = 50 };

static FILE *out;
static int items; /* of each */

static void log_item(const char *who, const char *what, int item)
{
    flockfile(out);
    fprintf(out, "%s", who); /* @site who */
    usleep(100);             /* looks up what the item is called */
    fprintf(out, " %s item %d\n", what, item); /* @site what */
    funlockfile(out);
}

static void *produce(void *unused)
{
    for (int i = 0; i < items; i++)
        log_item("producer", "made", i);
    return unused;
}

static void *consume(void *unused)
{
    for (int i = 0; i < items; i++)
        log_item("consumer", "took", i);
    return unused;
}

static bool is_like(const char *line, const char *format)
{
    int item, end = 0;
    sscanf(line, format, &item, &end);
    return end > 0 && line[end] == '\n';
}

static int count_whole_lines(void)
{
    char line[256];
    int whole = 0;
    rewind(out);
    while (fgets(line, sizeof line, out))
        whole += is_like(line, "producer made item %d%n") ||
                 is_like(line, "consumer took item %d%n");
    return whole;
}

int main(int argc, char **argv)
{
    pthread_t producer, consumer;
    items = (int)case_arg(argc, argv, 1, ITEMS, 1, ITEMS);
    out = tmpfile();
    CASE_CHECK(out ? 0 : errno);
    CASE_CHECK(pthread_create(&producer, NULL, produce, NULL));
    CASE_CHECK(pthread_create(&consumer, NULL, consume, NULL));
    CASE_CHECK(pthread_join(producer, NULL));
    CASE_CHECK(pthread_join(consumer, NULL));
    int whole = count_whole_lines();
    fclose(out);
    return case_end(whole == 2 * items, "%d of %d lines are whole", whole,
                    2 * items);
}
