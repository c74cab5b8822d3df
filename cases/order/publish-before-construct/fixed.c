/* A shop puts new articles into its catalogue; a customer buys each at once.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { ARTICLES = 20 };

static int articles;

struct article {
    int number;
    long price; /* in cents */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static struct article *catalogue[ARTICLES];
static int count;

static void publish(struct article *article)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    catalogue[count++] = article;
    CASE_CHECK(pthread_cond_signal(&arrived));
    CASE_CHECK(pthread_mutex_unlock(&lock));
}

static struct article *find(int number)
{
    CASE_CHECK(pthread_mutex_lock(&lock));
    while (count <= number)
        CASE_CHECK(pthread_cond_wait(&arrived, &lock));
    struct article *article = catalogue[number];
    CASE_CHECK(pthread_mutex_unlock(&lock));
    return article;
}

static long ask_price(int number)
{
    usleep(1000); /* until the supplier answers */
    return 1000 + number;
}

static void add_article(int number)
{
    struct article *new = calloc(1, sizeof *new);
    CASE_CHECK(new ? 0 : ENOMEM);
    new->number = number;
    new->price = ask_price(number); /* @site construct */
    publish(new);
}

static void *shop(void *unused)
{
    for (int number = 0; number < articles; number++)
        add_article(number);
    return unused;
}

int main(int argc, char **argv)
{
    pthread_t owner;
    int for_nothing = 0;
    articles = (int)case_arg(argc, argv, 1, ARTICLES, 1, ARTICLES);
    CASE_CHECK(pthread_create(&owner, NULL, shop, NULL));
    for (int number = 0; number < articles; number++) {
        const struct article *article = find(number);
        for_nothing += article->price == 0; /* @site buy */
    }
    CASE_CHECK(pthread_join(owner, NULL));
    for (int number = 0; number < articles; number++)
        free(catalogue[number]);
    return case_end(for_nothing == 0, "%d of %d articles sold for nothing",
                    for_nothing, articles);
}
