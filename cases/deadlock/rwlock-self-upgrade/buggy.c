/* Two readers of a text number its words: a word known keeps its number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { TEXT = 14 };

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static const char *words[TEXT];
static int count;
static int length; /* of what is read */

static const char *const text[TEXT] = {
    "the", "cat",    "and", "the", "dog",  "saw", "the",
    "cat", "behind", "the", "big", "door", "and", "saw",
};

static int find(const char *word)
{
    for (int i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static int number_of(const char *word)
{
    CASE_CHECK(pthread_rwlock_rdlock(&lock)); /* @site read */
    int number = find(word);
    if (number < 0) {
        CASE_CHECK(pthread_rwlock_wrlock(&lock)); /* @site write */
        number = count++;
        words[number] = word;
    }
    CASE_CHECK(pthread_rwlock_unlock(&lock));
    return number;
}

static void *read_text(void *unused)
{
    for (int i = 0; i < length; i++)
        number_of(text[i]);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t readers[2];
    int wrong = 0;
    length = (int)case_arg(argc, argv, 1, TEXT, 1, TEXT);
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, read_text, NULL));
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
    for (int i = 0; i < count; i++)
        wrong += find(words[i]) != i;
    for (int i = 0; i < length; i++)
        wrong += find(text[i]) < 0;
    CASE_CHECK(pthread_rwlock_destroy(&lock));
    return case_end(wrong == 0, "%d words numbered, %d of them wrong", count,
                    wrong);
}
