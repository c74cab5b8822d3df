/* Names of files, made of URLs that somebody else wrote: none leaves the
 * folder, hides in it, or takes another's place.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_NAMES_H
#define LOCKSTEP_DOWNLOAD_NAMES_H

#include "case.h"

#include <curl/curl.h>
#include <search.h>
#include <strings.h>

enum {
    NAME_LONGEST = 120, /* bytes; file systems take 255 */
    NAME_SUFFIX = 16,   /* of these, an extension that is kept */
};

/* The path of the URL, %41 made A where that gives no control character;
 * owned by libcurl. */
static inline char *name_path(const char *url)
{
    char *path = NULL;
    CURLU *parts = curl_url();
    CASE_CHECK(parts ? 0 : ENOMEM);
    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_GUESS_SCHEME) == 0 &&
        curl_url_get(parts, CURLUPART_PATH, &path, CURLU_URLDECODE) != 0)
        curl_url_get(parts, CURLUPART_PATH, &path, 0);
    curl_url_cleanup(parts);
    return path;
}

static inline bool name_fits(const char *s)
{
    unsigned char c = (unsigned char)*s;
    return c >= ' ' && c != 0x7f && !strchr("/\\:*?\"<>|", c);
}

/* At most n bytes, cut in front of a character of UTF-8. */
static inline size_t name_cut(const char *s, size_t n)
{
    if (strlen(s) <= n)
        return strlen(s);
    while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

/* Writes the safe name for the last part of a path; it is never empty. */
static inline void name_of_path(const char *path, char out[NAME_LONGEST + 1])
{
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    const char *dot = strrchr(last, '.');
    const char *tail = dot && strlen(dot) <= NAME_SUFFIX ? dot : "";
    size_t stem = strlen(last) - strlen(tail);
    size_t room = NAME_LONGEST - strlen(tail);
    stem = stem < room ? stem : name_cut(last, room);
    snprintf(out, NAME_LONGEST + 1, "%.*s%s", (int)stem, last, tail);
    for (char *s = out; *s; s++)
        if (!name_fits(s) || (s == out && *s == '.'))
            *s = '_';
    if (*out == '\0')
        strcpy(out, "index");
}

/* The names given so far: a tree of <search.h>, which ignores case, as some
 * file systems do. */
struct names {
    void *root;
};

struct name {
    long next; /* the number of its next double */
    char text[NAME_LONGEST + 24];
};

static inline int name_compare(const void *a, const void *b)
{
    return strcasecmp(((const struct name *)a)->text,
                      ((const struct name *)b)->text);
}

/* The name, if it was given before. */
static inline struct name *names_find(struct names *taken, struct name *like)
{
    struct name **found = tfind(like, &taken->root, name_compare);
    return found ? *found : NULL;
}

/* A new name for the URL, borrowed until names_free: the second a.jpg is
 * a-2.jpg. */
static inline const char *names_add(struct names *taken, const char *url)
{
    char *path = name_path(url), base[NAME_LONGEST + 1];
    name_of_path(path ? path : "", base);
    curl_free(path);
    const char *dot = strrchr(base, '.');
    int stem = (int)(dot && dot != base ? dot - base : (long)strlen(base));
    struct name *new = calloc(1, sizeof *new), *first;
    CASE_CHECK(new ? 0 : ENOMEM);
    new->next = 2;
    strcpy(new->text, base);
    first = names_find(taken, new);
    while (names_find(taken, new))
        snprintf(new->text, sizeof new->text, "%.*s-%ld%s", stem, base,
                 first->next++, base + stem);
    CASE_CHECK(tsearch(new, &taken->root, name_compare) ? 0 : ENOMEM);
    return new->text;
}

static inline void names_free(struct names *taken)
{
    while (taken->root) {
        struct name *one = *(struct name **)taken->root;
        tdelete(one, &taken->root, name_compare);
        free(one);
    }
}

#endif
