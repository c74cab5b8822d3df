/* Reads the recorder's table out of another process.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/holders.h"

#include "watch/locks.h"

#include <stddef.h>

static void add_row(const struct locks_row *row, struct holders *out)
{
    for (size_t i = 0; i < LOCKS_HELD; i++) {
        const struct locks_held *h = &row->held[i];
        if (h->lock == 0 || h->mode == LOCKS_LENT)
            continue;
        struct holder who = {
            .own_tid = (pid_t)row->tid,
            .ended = row->state == LOCKS_ENDED,
            .shared = h->mode == LOCKS_SHARED,
            .lock = h->lock,
            .site = h->site,
        };
        vec_push(out, who);
    }
}

void holders_read(const struct stacks *s, struct holders *out)
{
    struct locks_table head;
    struct locks_row row;
    size_t size = offsetof(struct locks_table, row);
    uint64_t table = stacks_symbol(s, LOCKS_LIBRARY, LOCKS_SYMBOL);
    if (!table || !stacks_read(s, table, &head, size) ||
        head.magic != LOCKS_MAGIC || head.version != LOCKS_VERSION)
        return;
    for (size_t i = 0; i < head.rows && i < LOCKS_ROWS; i++)
        if (stacks_read(s, table + size + i * sizeof row, &row, sizeof row) &&
            row.tid != 0)
            add_row(&row, out);
}
