/* Cooks prepare what is ordered; the waiter serves it, and closes the table.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

struct order {
    const char *dish, *served;
    pthread_t cook;
    bool cooking;
};

static void *cook(void *dish)
{
    usleep(2000);
    return dish;
}

static void take_order(struct order *order)
{
    CASE_CHECK(pthread_create(&order->cook, NULL, cook, (void *)order->dish));
    order->cooking = true;
}

static void serve(struct order *order)
{
    void *dish = NULL;
    if (!order->cooking)
        return;
    CASE_CHECK(pthread_join(order->cook, &dish)); /* @site wait */
    order->cooking = false;
    order->served = dish;
}

static bool mixed_up(const struct order *order)
{
    return strcmp(order->dish, order->served) != 0;
}

/* Nothing that was ordered may be left in the kitchen. */
static void close_table(struct order *order)
{
    serve(order);
}

int main(void)
{
    struct order soup = {.dish = "soup"}, cake = {.dish = "cake"};
    take_order(&soup);
    serve(&soup);
    take_order(&cake); /* at the next table */
    close_table(&soup);
    if (mixed_up(&soup))
        return case_end(false, "who ordered %s got %s", soup.dish, soup.served);
    serve(&cake);
    close_table(&cake);
    return case_end(!mixed_up(&cake), "who ordered %s got %s", cake.dish,
                    cake.served);
}
