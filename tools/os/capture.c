/* Keeps the start and the end of a stream.
 * SPDX-License-Identifier: MIT */
#include "os/capture.h"

#include "base/mem.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void capture_init(struct capture *c, size_t head_max, size_t tail_max)
{
    *c = (struct capture){.head_max = head_max, .tail_max = tail_max};
}

void capture_fini(struct capture *c)
{
    buf_fini(&c->head);
    buf_fini(&c->ring);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void add_to_ring(struct capture *c, const char *bytes, size_t n)
{
    if (n > c->tail_max) {
        bytes += n - c->tail_max;
        n = c->tail_max;
    }
    size_t room = least(n, c->tail_max - c->ring.len);
    buf_add(&c->ring, bytes, room);
    bytes += room;
    n -= room;
    while (n > 0) {
        size_t part = least(n, c->tail_max - c->next);
        memcpy(c->ring.data + c->next, bytes, part);
        c->next = (c->next + part) % c->tail_max;
        bytes += part;
        n -= part;
    }
}

void capture_add(struct capture *c, const char *bytes, size_t n)
{
    c->total += n;
    size_t first = least(n, c->head_max - c->head.len);
    if (first)
        buf_add(&c->head, bytes, first);
    if (n > first && c->tail_max)
        add_to_ring(c, bytes + first, n - first);
}

long capture_read(struct capture *c, int fd)
{
    char chunk[65536];
    ssize_t n;
    do
        n = read(fd, chunk, sizeof chunk);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        capture_add(c, chunk, (size_t)n);
    return n < 0 && errno != EAGAIN ? 0 : n;
}

void capture_take(struct capture *c, struct proc_output *out)
{
    *out = (struct proc_output){
        .head = c->head,
        .dropped = c->total - c->head.len - c->ring.len,
    };
    if (c->ring.len) {
        buf_add(&out->tail, c->ring.data + c->next, c->ring.len - c->next);
        buf_add(&out->tail, c->ring.data, c->next);
    }
    buf_fini(&c->ring);
    c->head = (struct buf){0};
}
