/* Parts of a plan, for several computers.
 * SPDX-License-Identifier: MIT */
#include "engine/shard.h"

#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

static void add_word(struct buf *b, const char *s)
{
    buf_add(b, s ? s : "", s ? strlen(s) + 1 : 1);
}

static void add_cell(struct buf *b, const struct result *r)
{
    add_word(b, r->c->id);
    add_word(b, r->variant->name);
    add_word(b, r->detector->id);
    add_word(b, r->variant->text);
}

char *shard_plan(const struct results *l, unsigned repeat)
{
    struct buf b = {0};
    buf_addf(&b, "%u", repeat);
    for (size_t i = 0; i < l->n; i++) {
        add_cell(&b, &l->v[i]);
        if (i == 0 || l->v[i].c != l->v[i - 1].c)
            add_word(&b, l->v[i].c->text);
    }
    char *hash = hash_of(&b);
    buf_fini(&b);
    return hash;
}

struct card {
    size_t result;
    const struct detector_report *detector;
    char *hash;
};

static int compare(const void *a, const void *b)
{
    const struct card *c = a, *d = b;
    if (c->detector != d->detector)
        return c->detector < d->detector ? -1 : 1;
    return strcmp(c->hash, d->hash);
}

static struct card *deck_of(const struct results *l)
{
    struct card *deck = mem_new(l->n + 1, sizeof *deck);
    struct buf b = {0};
    for (size_t i = 0; i < l->n; i++) {
        buf_clear(&b);
        add_cell(&b, &l->v[i]);
        deck[i] = (struct card){i, l->v[i].detector, hash_of(&b)};
    }
    buf_fini(&b);
    qsort(deck, l->n, sizeof *deck, compare);
    return deck;
}

/* The cells of a detector cost about the same, those of two do not: they are
 * dealt one detector after the other. */
void shard_keep(struct results *l, unsigned shard, unsigned shards)
{
    struct card *deck = deck_of(l);
    bool *mine = mem_new(l->n + 1, sizeof *mine);
    size_t left = 0;
    for (size_t i = 0; i < l->n; i++) {
        mine[deck[i].result] = i % shards == shard - 1;
        free(deck[i].hash);
    }
    for (size_t i = 0; i < l->n; i++) {
        if (mine[i])
            l->v[left++] = l->v[i];
        else
            result_fini(&l->v[i]);
    }
    l->n = left;
    free(mine);
    free(deck);
}
