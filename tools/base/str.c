/* C strings: copies, tests, lists.
 * SPDX-License-Identifier: MIT */
#include "base/str.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

char *str_ndup(const char *s, size_t n)
{
    char *copy = mem_new(n + 1, 1);
    memcpy(copy, s, n);
    return copy;
}

char *str_dup(const char *s)
{
    return s ? str_ndup(s, strlen(s)) : NULL;
}

char *str_fmt(const char *fmt, ...)
{
    struct buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    return buf_take(&b);
}

bool str_eq(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

size_t str_utf8(const char *s)
{
    const unsigned char *u = (const unsigned char *)s;
    /* The second byte's range keeps out what is overlong or too great. */
    unsigned low = u[0] == 0xe0 ? 0xa0 : u[0] == 0xf0 ? 0x90 : 0x80;
    unsigned high = u[0] == 0xed ? 0x9f : u[0] == 0xf4 ? 0x8f : 0xbf;
    size_t n = u[0] >= 0xf0 ? 4 : u[0] >= 0xe0 ? 3 : 2;
    if (u[0] < 0x80)
        return u[0] != 0;
    if (u[0] < 0xc2 || u[0] > 0xf4 || u[1] < low || u[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if (u[i] < 0x80 || u[i] > 0xbf)
            return 0;
    return n;
}

uint32_t str_code_point(const char *s, size_t n)
{
    static const unsigned char first[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    uint32_t c = (unsigned char)s[0] & first[n];
    for (size_t i = 1; i < n; i++)
        c = c << 6 | ((unsigned char)s[i] & 0x3f);
    return c;
}

size_t str_columns(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xC0) != 0x80;
    return count;
}

const char *str_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_plain(const char *s)
{
    if (!*s)
        return false;
    for (; *s; s++)
        if (!isalnum((unsigned char)*s) && !strchr("_-+=./,:@%", *s))
            return false;
    return true;
}

void str_shell_quote(struct buf *out, const char *s)
{
    if (is_plain(s)) {
        buf_adds(out, s);
        return;
    }
    buf_adds(out, "'");
    for (; *s; s++) {
        if (*s == '\'')
            buf_adds(out, "'\\''");
        else
            buf_add(out, s, 1);
    }
    buf_adds(out, "'");
}

void strv_take(struct strv *l, char *s)
{
    if (l->n + 1 >= l->cap) {
        l->cap = l->cap ? 2 * l->cap : 8;
        l->v = mem_resize(l->v, l->cap, sizeof *l->v);
    }
    l->v[l->n++] = s;
    l->v[l->n] = NULL;
}

void strv_add(struct strv *l, const char *s)
{
    strv_take(l, str_dup(s));
}

void strv_addf(struct strv *l, const char *fmt, ...)
{
    struct buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    strv_take(l, buf_take(&b));
}

void strv_add_all(struct strv *l, const struct strv *from)
{
    for (size_t i = 0; i < from->n; i++)
        strv_add(l, from->v[i]);
}

void strv_split(struct strv *l, const char *s, char separator)
{
    while (*s) {
        const char *end = strchr(s, separator);
        if (!end)
            end = s + strlen(s);
        const char *a = s, *z = end;
        while (a < z && isspace((unsigned char)*a))
            a++;
        while (z > a && isspace((unsigned char)z[-1]))
            z--;
        if (z > a)
            strv_take(l, str_ndup(a, (size_t)(z - a)));
        s = *end ? end + 1 : end;
    }
}

/* Its index, or l->n. */
static size_t find(const struct strv *l, const char *s)
{
    size_t i = 0;
    while (i < l->n && strcmp(l->v[i], s) != 0)
        i++;
    return i;
}

bool strv_has(const struct strv *l, const char *s)
{
    return find(l, s) < l->n;
}

size_t strv_index(struct strv *l, const char *s)
{
    size_t i = find(l, s);
    if (i == l->n)
        strv_add(l, s);
    return i;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *l)
{
    if (l->n > 1)
        qsort(l->v, l->n, sizeof *l->v, compare);
}

void strv_fini(struct strv *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i]);
    free(l->v);
    *l = (struct strv){0};
}
