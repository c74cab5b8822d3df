/* C strings: copies, tests, lists.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_STR_H
#define LOCKSTEP_BASE_STR_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Copies, owned by the caller. str_dup(NULL) is NULL. */
char *str_dup(const char *s);
char *str_ndup(const char *s, size_t n);
char *str_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

bool str_eq(const char *a, const char *b); /* both NULL is equal */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);

/* How many bytes the UTF-8 character at s has, 1 to 4; 0 if there is none, as
 * at the end of s (RFC 3629: no surrogates, nothing overlong). */
size_t str_utf8(const char *s);

/* The code point of the UTF-8 character at s, of n bytes; 0 for n = 0. */
uint32_t str_code_point(const char *s, size_t n);

/* How many characters the first n bytes of a UTF-8 text have: columns, where
 * none is wide. */
size_t str_columns(const char *s, size_t n);

/* The part after the last '/', within s. */
const char *str_basename(const char *path);

/* Appends s so that a POSIX shell reads it back as one word. */
void str_shell_quote(struct buf *out, const char *s);

/* A list of owned strings; v[n] is NULL once anything was added, so that v can
 * stand for an argv. Zero-initialise. */
struct strv {
    char **v;
    size_t n;
    size_t cap;
};

void strv_add(struct strv *l, const char *s);
void strv_addf(struct strv *l, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void strv_take(struct strv *l, char *s); /* takes ownership of s */
void strv_add_all(struct strv *l, const struct strv *from);
/* Adds the non-empty parts of s between separators, blanks trimmed. */
void strv_split(struct strv *l, const char *s, char separator);
bool strv_has(const struct strv *l, const char *s);
/* The index of s in l, to which it is added if it is not there yet. */
size_t strv_index(struct strv *l, const char *s);
void strv_sort(struct strv *l);
void strv_fini(struct strv *l);

#endif
