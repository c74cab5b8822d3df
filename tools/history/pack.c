/* Structs as bytes: numbers in groups of seven bits, the lowest first, the last
 * without the eighth; reals as in IEEE 754, little end first; texts behind
 * their length and one, NULL as 0. SPDX-License-Identifier: MIT */
#include "history/pack.h"

#include <limits.h>
#include <string.h>

struct pack pack_of(const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    return (struct pack){.reading = true, .at = at, .end = n ? at + n : at};
}

bool pack_done(const struct pack *p)
{
    return !p->bad && p->at == p->end;
}

void pack_fini(struct pack *p)
{
    buf_fini(&p->out);
}

static void fail(struct pack *p)
{
    p->bad = true;
    p->at = p->end;
}

static void put_number(struct pack *p, uint64_t v)
{
    do {
        unsigned char c = (unsigned char)((v & 127) | (v > 127 ? 128 : 0));
        buf_add(&p->out, &c, 1);
        v >>= 7;
    } while (v);
}

static uint64_t get_number(struct pack *p)
{
    uint64_t v = 0;
    for (unsigned shift = 0; p->at < p->end && shift < 64; shift += 7) {
        unsigned char c = *p->at++;
        v |= (uint64_t)(c & 127) << shift;
        if (c < 128)
            return v;
    }
    fail(p);
    return 0;
}

/* A number up to most. */
static uint64_t number(struct pack *p, uint64_t v, uint64_t most)
{
    if (!p->reading)
        put_number(p, v);
    else if ((v = get_number(p)) > most)
        fail(p);
    return p->bad ? 0 : v;
}

void pack_bool(struct pack *p, bool *v)
{
    *v = number(p, *v, 1);
}

void pack_unsigned(struct pack *p, unsigned *v)
{
    *v = (unsigned)number(p, *v, UINT_MAX);
}

void pack_int(struct pack *p, int *v)
{
    uint64_t sign = *v < 0;
    uint64_t size = sign ? 0 - (uint64_t)*v : (uint64_t)*v;
    uint64_t both = number(p, size << 1 | sign, (uint64_t)INT_MAX << 1 | 1);
    if (p->reading)
        *v = both & 1 ? -(int)(both >> 1) : (int)(both >> 1);
}

void pack_real(struct pack *p, double *v)
{
    uint64_t bits = 0;
    unsigned char bytes[sizeof bits];
    if (!p->reading) {
        memcpy(&bits, v, sizeof bits);
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)(bits >> 8 * i);
        buf_add(&p->out, bytes, sizeof bytes);
        return;
    }
    if ((size_t)(p->end - p->at) < sizeof bytes) {
        fail(p);
    } else {
        for (size_t i = 0; i < sizeof bytes; i++)
            bits |= (uint64_t)p->at[i] << 8 * i;
        p->at += sizeof bytes;
    }
    memcpy(v, &bits, sizeof bits);
}

static char *get_text(struct pack *p)
{
    uint64_t n = get_number(p);
    if (n == 0)
        return NULL;
    const void *text = p->at;
    n--;
    if (n > (uint64_t)(p->end - p->at) || (n && memchr(text, 0, n))) {
        fail(p);
        return NULL;
    }
    p->at += n;
    return str_ndup(text, n);
}

void pack_text(struct pack *p, char **v)
{
    if (p->reading) {
        *v = get_text(p);
        return;
    }
    size_t n = *v ? strlen(*v) : 0;
    put_number(p, *v ? n + 1 : 0);
    if (n)
        buf_add(&p->out, *v, n);
}

void pack_texts(struct pack *p, struct strv *v)
{
    size_t n = pack_count(p, v->n);
    for (size_t i = 0; i < n && !p->bad; i++) {
        char *text = p->reading ? NULL : v->v[i];
        pack_text(p, &text);
        if (p->reading && text)
            strv_take(v, text);
        else if (p->reading)
            fail(p);
    }
}

size_t pack_count(struct pack *p, size_t n)
{
    return number(p, n, p->reading ? (uint64_t)(p->end - p->at) : n);
}

void pack_borrowed(struct pack *p, const char **v, struct strv *texts)
{
    char *text = p->reading ? NULL : str_dup(*v);
    pack_text(p, &text);
    if (p->reading)
        *v = text;
    if (p->reading && text)
        strv_take(texts, text);
    else
        free(text);
}
