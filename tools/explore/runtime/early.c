/* Before main.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/early.h"

enum { MOST = 64 };

/* Set before the snapshot of the program's variables, and never again. */
static struct early {
    uint64_t address;
    enum object_kind kind;
    int32_t gate, count;
} made[MOST];
static unsigned made_count;
static int locks;
static bool odd;

void early_made(uint64_t address, enum object_kind kind, int32_t gate,
                int32_t count)
{
    if (made_count == MOST)
        odd = true;
    else
        made[made_count++] = (struct early){address, kind, gate, count};
}

int early_lock(int by)
{
    locks += by;
    return 0;
}

int early_odd(void)
{
    odd = true;
    return 0;
}

void early_restore(void)
{
    for (unsigned i = 0; i < made_count; i++) {
        bool fresh;
        struct object *o = object_get(made[i].address, made[i].kind, &fresh);
        o->gate = made[i].gate;
        o->count = made[i].count;
    }
}

const char *early_refusal(void)
{
    return locks ? "a lock that is held since before main"
           : odd ? "locks or semaphores before main"
                 : NULL;
}
