/* Vector clocks: join, copy.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/clock.h"

static void grow(struct clock *c, uint32_t n)
{
    for (uint32_t i = c->n; i < n; i++)
        c->at[i] = 0;
    if (c->n < n)
        c->n = n;
}

void clock_set(struct clock *c, uint32_t thread, uint32_t value)
{
    grow(c, thread + 1);
    c->at[thread] = value;
}

void clock_join(struct clock *c, const struct clock *from)
{
    uint32_t i = 0, both = c->n < from->n ? c->n : from->n;
    for (; i < both; i++)
        c->at[i] = c->at[i] < from->at[i] ? from->at[i] : c->at[i];
    for (; i < from->n; i++)
        c->at[i] = from->at[i];
    c->n = i > c->n ? i : c->n;
    if (c->vtime < from->vtime)
        c->vtime = from->vtime;
}

void clock_copy(struct clock *c, const struct clock *from)
{
    c->n = from->n;
    c->vtime = from->vtime;
    for (uint32_t i = 0; i < from->n; i++)
        c->at[i] = from->at[i];
}
