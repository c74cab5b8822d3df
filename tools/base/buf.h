/* A growing byte buffer that is always NUL-terminated once written to.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_BUF_H
#define LOCKSTEP_BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

/* Zero-initialise; len does not count the terminator. */
struct buf {
    char *data;
    size_t len;
    size_t cap;
};

void buf_fini(struct buf *b);
void buf_clear(struct buf *b);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* The content as a string, "" when nothing was written; owned by b. */
const char *buf_str(const struct buf *b);

/* Hands the content over to the caller, who frees it; b is empty after. */
char *buf_take(struct buf *b);

#endif
