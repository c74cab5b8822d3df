/* Thread-specific data, with destructors.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/keys.h"

#include "explore/runtime/bug.h"
#include "explore/runtime/point.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

static void touch_keys(enum touch_mode mode, uint64_t pc)
{
    if (!active())
        return;
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_KEYS, pc);
    point_touch(p, LAYOUT_KEYS, 1, mode);
    point(p);
}

int __wrap_pthread_key_create(pthread_key_t *key, void (*destroy)(void *));
int __wrap_pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    runtime_map();
    struct state *s = state();
    /* Which number it gets depends on who comes first. */
    touch_keys(TOUCH_WRITE, (uint64_t)__builtin_return_address(0));
    for (unsigned i = 0; i < STATE_KEYS; i++)
        if (!s->keys[i].used) {
            s->keys[i] = (struct key){true, destroy};
            for (uint32_t t = 0; t < s->threads_used; t++)
                s->threads[t].specific[i] = NULL;
            *key = i;
            return 0;
        }
    doubt(DOUBT_UNMODELLED, "more than 128 keys");
    if (active())
        point_end(SEARCH_ENDED_CAP);
    return EAGAIN;
}

int __wrap_pthread_key_delete(pthread_key_t key);
int __wrap_pthread_key_delete(pthread_key_t key)
{
    touch_keys(TOUCH_WRITE, (uint64_t)__builtin_return_address(0));
    if (key >= STATE_KEYS || !state()->keys[key].used)
        return EINVAL;
    state()->keys[key].used = false;
    return 0;
}

void *__wrap_pthread_getspecific(pthread_key_t key);
void *__wrap_pthread_getspecific(pthread_key_t key)
{
    if (!active() || key >= STATE_KEYS)
        return NULL;
    return state()->current->specific[key];
}

int __wrap_pthread_setspecific(pthread_key_t key, const void *value);
int __wrap_pthread_setspecific(pthread_key_t key, const void *value)
{
    if (!active() || key >= STATE_KEYS || !state()->keys[key].used)
        return EINVAL;
    state()->current->specific[key] = (void *)(uintptr_t)value;
    state()->current->has_specific = true;
    return 0;
}

static bool destroy_round(struct thread *t)
{
    bool any = false;
    for (unsigned i = 0; i < STATE_KEYS; i++) {
        const struct key *k = &state()->keys[i];
        void *value = t->specific[i];
        if (!value)
            continue;
        touch_keys(TOUCH_READ, 0); /* another may delete it */
        if (!k->used || !k->destroy)
            continue;
        any = true;
        t->specific[i] = NULL;
        k->destroy(value);
    }
    return any;
}

void keys_destroy(void)
{
    if (!state()->current->has_specific)
        return;
    for (int i = 0; i < PTHREAD_DESTRUCTOR_ITERATIONS; i++)
        if (!destroy_round(state()->current))
            return;
}

void keys_keep(void)
{
    memcpy(state()->kept_keys, state()->keys, sizeof state()->keys);
}

void keys_reset(void)
{
    memcpy(state()->keys, state()->kept_keys, sizeof state()->keys);
}
