/* The pages that are wanted, and what came of each. A page belongs to one
 * worker at a time, who alone writes into it; the others have their own.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_LIST_H
#define LOCKSTEP_DOWNLOAD_LIST_H

#include "names.h"

#include <curl/curl.h>
#include <sys/mman.h>

enum page_state { PAGE_WANTED, PAGE_CAME, PAGE_FAILED };

struct page {
    char *url;
    const char *name; /* of its file; NULL: it has none */
    long index;       /* in the list */
    enum page_state state;
    int attempts;
    long bytes;
    CURLcode code; /* how the last attempt ended */
    long status;   /* of HTTP, or 0 */
    int error;     /* the errno of its file, or 0 */
    char detail[CURL_ERROR_SIZE];
};

struct list {
    struct page *pages;
    long n;
    struct names names;
};

/* A list of n pages without their URLs, in memory that processes share. */
static inline struct list list_new(long n)
{
    struct list l = {.n = n};
    size_t size = (size_t)(n > 0 ? n : 1) * sizeof *l.pages;
    l.pages = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CASE_CHECK(l.pages == MAP_FAILED ? -1 : 0);
    for (long i = 0; i < n; i++)
        l.pages[i].index = i;
    return l;
}

static inline void list_free(struct list *l)
{
    size_t size = (size_t)(l->n > 0 ? l->n : 1) * sizeof *l->pages;
    for (long i = 0; i < l->n; i++)
        free(l->pages[i].url);
    names_free(&l->names);
    munmap(l->pages, size);
}

/* The URL of a line, or NULL; a comment begins with a # at its head or after a
 * blank, for a URL may have one inside. */
static inline char *list_url(char *line)
{
    line += strspn(line, " \t\r\n");
    size_t n = strcspn(line, " \t\r\n");
    line[n] = '\0';
    if (n == 0 || *line == '#')
        return NULL;
    char *copy = strdup(line);
    CASE_CHECK(copy ? 0 : ENOMEM);
    return copy;
}

static inline struct list list_read(const char *path)
{
    FILE *file = fopen(path, "r");
    char **urls = NULL, *line = NULL;
    size_t n = 0, room = 0, length = 0;
    if (!file) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        exit(2);
    }
    while (getline(&line, &length, file) > 0) {
        if (n == room) {
            room = room ? 2 * room : 64;
            urls = realloc(urls, room * sizeof *urls);
            CASE_CHECK(urls ? 0 : ENOMEM);
        }
        urls[n] = list_url(line);
        n += urls[n] != NULL;
    }
    if (ferror(file) || n == 0) {
        fprintf(stderr, "%s: %s\n", path,
                ferror(file) ? strerror(EIO) : "no URL in it");
        exit(2);
    }
    struct list l = list_new((long)n);
    for (long i = 0; i < l.n; i++)
        l.pages[i].url = urls[i];
    free(urls);
    free(line);
    fclose(file);
    return l;
}

/* Pages of the lengths in turn, of a server on this computer. */
static inline struct list list_in_turn(int port, long n, const long *lengths,
                                       int kinds)
{
    struct list l = list_new(n);
    for (long i = 0; i < n; i++) {
        char url[64];
        snprintf(url, sizeof url, "http://127.0.0.1:%d/%ld", port,
                 lengths[i % kinds]);
        CASE_CHECK((l.pages[i].url = strdup(url)) ? 0 : ENOMEM);
    }
    return l;
}

/* Gives each page the name of a file, no two the same. */
static inline void list_name(struct list *l)
{
    for (long i = 0; i < l->n; i++)
        l->pages[i].name = names_add(&l->names, l->pages[i].url);
}

#endif
