/* What a path of the server stands for.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SERVER_PAGE_H
#define LOCKSTEP_BENCH_SERVER_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What can go wrong with an answer, and how --fail calls it. */
#define TROUBLE_LIST(X)                                                        \
    X(STATUS, "5xx")          /* 503, or the status that the path asks for */  \
    X(RESET, "reset")         /* the connection is reset, no answer */         \
    X(STALL, "stall")         /* no answer, until the client goes away */      \
    X(TRUNCATED, "truncated") /* closed after half of the body */              \
    X(DRIP, "drip")           /* one byte each PAGE_DRIP_MS */

enum trouble {
#define TROUBLE_ENUM(name, id) TROUBLE_##name,
    TROUBLE_LIST(TROUBLE_ENUM)
#undef TROUBLE_ENUM
        TROUBLE_NONE
};

enum { PAGE_DRIP_MS = 50 };

/* The largest body: 16 GiB. */
#define PAGE_LARGEST (UINT64_C(1) << 34)

struct page {
    enum trouble trouble;
    unsigned status;      /* 200, or what to answer with an empty body */
    uint64_t size;        /* of the body, where status is 200 */
    const char *location; /* where status is 302: a part of the path */
};

/* Any path is a page; one that is not known, of status 404:
 *     /N  /album/NAME-N.jpg  /truncated/N  /drip/N  N bytes
 *     /status/S                                     status S, 400 to 599
 *     /redirect/LOCATION                            status 302
 *     /reset  /stall */
struct page page_of(const char *path);

/* The trouble with that id, of `length` bytes, or TROUBLE_NONE. */
enum trouble trouble_by_id(const char *id, size_t length);

/* Byte `at` of the body of that size: pages of other sizes have others, and a
 * byte that is lost moves all that follow. */
char page_byte(uint64_t size, uint64_t at);

/* Writes bytes [at, at + n) of the body. */
void page_fill(uint64_t size, uint64_t at, char *out, size_t n);

#endif
