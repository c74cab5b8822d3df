/* Two readers of a text number its words: a word known keeps its number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>

enum { WORDS = 8, TEXT = 14 };

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static const char *words[TEXT];
static int count;

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
    for (int i = 0; i < TEXT; i++)
        number_of(text[i]);
    return unused;
}

int main(void)
{
    pthread_t readers[2];
    int wrong = 0;
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_create(&readers[i], NULL, read_text, NULL));
    for (int i = 0; i < 2; i++)
        CASE_CHECK(pthread_join(readers[i], NULL));
    for (int i = 0; i < count; i++)
        wrong += find(words[i]) != i;
    CASE_CHECK(pthread_rwlock_destroy(&lock));
    return case_end(wrong == 0 && count == WORDS, "%d words numbered of %d",
                    count, WORDS);
}
