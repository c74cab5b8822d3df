/* Threads number the words they read: each word gets one number, for all.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { READERS = 3, WORDS = 8, ROOM = READERS * WORDS };

static int words;

static const char *const text[WORDS] = {"the", "cat", "sat",   "on",
                                        "a",   "mat", "under", "it"};
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static const char *table[ROOM];
static int entries;

static int find(const char *word)
{
    int i = 0;
    while (i < entries && strcmp(table[i], word) != 0) { /* @site find */
        i++;
    }
    return i;
}

static int number_of(const char *word)
{
    CASE_CHECK(pthread_rwlock_rdlock(&lock));
    int number = find(word), known = number < entries; /* @site ask */
    CASE_CHECK(pthread_rwlock_unlock(&lock));
    if (known)
        return number;
    usleep(300); /* looks the spelling up */
    CASE_CHECK(pthread_rwlock_wrlock(&lock));
    number = find(word);
    if (number == entries) {     /* @site count */
        table[entries++] = word; /* @site enter */
    }
    CASE_CHECK(pthread_rwlock_unlock(&lock));
    return number;
}

static void *read_text(void *unused)
{
    for (int i = 0; i < words; i++)
        number_of(text[i]);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t readers[READERS];
    words = (int)case_arg(argc, argv, 1, WORDS, 1, WORDS);
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, read_text, NULL));
    for (int i = 0; i < READERS; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
    return case_end(entries == words, "%d words have %d numbers", words,
                    entries);
}
