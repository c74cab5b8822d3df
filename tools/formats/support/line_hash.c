/* The hashes by which GitHub code scanning knows a line again.
 * SPDX-License-Identifier: MIT */
#include "formats/support/line_hash.h"

#include "base/vec.h"

#include <inttypes.h>
#include <stdlib.h>

#define BLOCK 100 /* characters */
#define BASE 37u
#define END_OF_FILE 0xffffu

/* What is hashed: UTF-16 units, and where lines start among them. */
struct digest {
    VEC(uint16_t) units;
    VEC(size_t) starts;
    bool at_start; /* of a line */
    bool after_cr;
};

static void add_unit(struct digest *d, uint16_t c)
{
    bool skip = c == ' ' || c == '\t' || (d->after_cr && c == '\n');
    d->after_cr = c == '\r';
    if (skip)
        return;
    c = c == '\r' ? '\n' : c;
    if (d->at_start)
        vec_push(&d->starts, d->units.n);
    d->at_start = c == '\n';
    vec_push(&d->units, c);
}

/* The character at s, of n bytes; 0 of them: it is none. */
static void add_character(struct digest *d, const unsigned char *s, size_t n)
{
    uint32_t c = n == 0 ? 0xfffd : n == 1 ? s[0] : s[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3fu);
    if (c >= 0x10000) {
        add_unit(d, (uint16_t)(0xd800 + ((c - 0x10000) >> 10)));
        add_unit(d, (uint16_t)(0xdc00 + ((c - 0x10000) & 0x3ff)));
    } else {
        add_unit(d, (uint16_t)c);
    }
}

static void digest(struct digest *d, const char *text, size_t n)
{
    d->at_start = true;
    for (size_t i = 0; i < n;) {
        size_t size = text[i] ? str_utf8(text + i) : 1;
        add_character(d, (const unsigned char *)text + i, size);
        i += size ? size : 1;
    }
    add_unit(d, END_OF_FILE);
}

struct numbered {
    uint64_t hash;
    size_t line;
    unsigned count; /* lines with this hash up to this one */
};

static int by_hash(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static int by_line(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    return x->line < y->line ? -1 : x->line > y->line;
}

static void count(struct numbered *l, size_t n)
{
    qsort(l, n, sizeof *l, by_hash);
    for (size_t i = 0; i < n; i++) {
        bool again = i > 0 && l[i - 1].hash == l[i].hash;
        l[i].count = again ? l[i - 1].count + 1 : 1;
    }
    qsort(l, n, sizeof *l, by_line);
}

void line_hashes(const char *text, size_t n, struct strv *out)
{
    struct digest d = {0};
    digest(&d, text, n);
    struct numbered *lines = mem_new(d.starts.n, sizeof *lines);
    for (size_t i = 0; i < d.starts.n; i++) {
        lines[i].line = i;
        for (size_t j = 0; j < BLOCK; j++) {
            size_t at = d.starts.v[i] + j;
            uint64_t unit = at < d.units.n ? d.units.v[at] : 0;
            lines[i].hash = lines[i].hash * BASE + unit;
        }
    }
    count(lines, d.starts.n);
    for (size_t i = 0; i < d.starts.n; i++)
        strv_addf(out, "%" PRIx64 ":%u", lines[i].hash, lines[i].count);
    free(lines);
    vec_fini(&d.units);
    vec_fini(&d.starts);
}
