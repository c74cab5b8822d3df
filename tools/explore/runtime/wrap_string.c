/* The functions of <string.h> as accesses: libc itself is not instrumented.
 * What is compared or searched is read up to where the answer is known.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"

#include <string.h>
#include <strings.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

void *__wrap_memcpy(void *to, const void *from, size_t n);
void *__wrap_memcpy(void *to, const void *from, size_t n)
{
    READ(from, n);
    WRITE(to, n);
    return memcpy(to, from, n);
}

void *__wrap_memmove(void *to, const void *from, size_t n);
void *__wrap_memmove(void *to, const void *from, size_t n)
{
    READ(from, n);
    WRITE(to, n);
    return memmove(to, from, n);
}

void *__wrap_memset(void *to, int byte, size_t n);
void *__wrap_memset(void *to, int byte, size_t n)
{
    WRITE(to, n);
    return memset(to, byte, n);
}

/* How many bytes decide a comparison: up to the first that differs. */
static size_t decided(const char *a, const char *b, size_t n, bool text)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i] || (text && a[i] == '\0'))
            return i + 1;
    return n;
}

int __wrap_memcmp(const void *a, const void *b, size_t n);
int __wrap_memcmp(const void *a, const void *b, size_t n)
{
    size_t seen = decided(a, b, n, false);
    READ(a, seen);
    READ(b, seen);
    return memcmp(a, b, n);
}

void *__wrap_memchr(const void *a, int byte, size_t n);
void *__wrap_memchr(const void *a, int byte, size_t n)
{
    const char *found = memchr(a, byte, n);
    READ(a, found ? (size_t)(found - (const char *)a) + 1 : n);
    return memchr(a, byte, n);
}

size_t __wrap_strlen(const char *s);
size_t __wrap_strlen(const char *s)
{
    READ(s, strlen(s) + 1);
    return strlen(s);
}

size_t __wrap_strnlen(const char *s, size_t n);
size_t __wrap_strnlen(const char *s, size_t n)
{
    size_t found = strnlen(s, n);
    READ(s, found < n ? found + 1 : n);
    return strnlen(s, n);
}

char *__wrap_strcpy(char *to, const char *from);
char *__wrap_strcpy(char *to, const char *from)
{
    size_t n = strlen(from) + 1;
    READ(from, n);
    WRITE(to, n);
    return memcpy(to, from, n);
}

char *__wrap_stpcpy(char *to, const char *from);
char *__wrap_stpcpy(char *to, const char *from)
{
    size_t n = strlen(from) + 1;
    READ(from, n);
    WRITE(to, n);
    memcpy(to, from, n);
    return to + n - 1;
}

char *__wrap_strncpy(char *to, const char *from, size_t n);
char *__wrap_strncpy(char *to, const char *from, size_t n)
{
    size_t found = strnlen(from, n);
    READ(from, found < n ? found + 1 : n);
    WRITE(to, n);
    return strncpy(to, from, n);
}

char *__wrap_strcat(char *to, const char *from);
char *__wrap_strcat(char *to, const char *from)
{
    size_t old = strlen(to), n = strlen(from) + 1;
    READ(to, old + 1);
    READ(from, n);
    WRITE(to + old, n);
    memcpy(to + old, from, n);
    return to;
}

char *__wrap_strncat(char *to, const char *from, size_t n);
char *__wrap_strncat(char *to, const char *from, size_t n)
{
    size_t old = strlen(to), found = strnlen(from, n);
    READ(to, old + 1);
    READ(from, found < n ? found + 1 : n);
    WRITE(to + old, found + 1);
    return strncat(to, from, n);
}

int __wrap_strcmp(const char *a, const char *b);
int __wrap_strcmp(const char *a, const char *b)
{
    size_t seen = decided(a, b, SIZE_MAX, true);
    READ(a, seen);
    READ(b, seen);
    return strcmp(a, b);
}

int __wrap_strncmp(const char *a, const char *b, size_t n);
int __wrap_strncmp(const char *a, const char *b, size_t n)
{
    size_t seen = decided(a, b, n, true);
    READ(a, seen);
    READ(b, seen);
    return strncmp(a, b, n);
}

int __wrap_strcasecmp(const char *a, const char *b);
int __wrap_strcasecmp(const char *a, const char *b)
{
    READ(a, strlen(a) + 1);
    READ(b, strlen(b) + 1);
    return strcasecmp(a, b);
}

char *__wrap_strchr(const char *s, int c);
char *__wrap_strchr(const char *s, int c)
{
    const char *found = strchr(s, c);
    READ(s, found ? (size_t)(found - s) + 1 : strlen(s) + 1);
    return strchr(s, c);
}

char *__wrap_strrchr(const char *s, int c);
char *__wrap_strrchr(const char *s, int c)
{
    READ(s, strlen(s) + 1);
    return strrchr(s, c);
}

char *__wrap_strstr(const char *s, const char *what);
char *__wrap_strstr(const char *s, const char *what)
{
    const char *found = strstr(s, what);
    READ(what, strlen(what) + 1);
    READ(s, found ? (size_t)(found - s) + strlen(what) : strlen(s) + 1);
    return strstr(s, what);
}

size_t __wrap_strspn(const char *s, const char *set);
size_t __wrap_strspn(const char *s, const char *set)
{
    READ(s, strspn(s, set) + 1);
    READ(set, strlen(set) + 1);
    return strspn(s, set);
}

size_t __wrap_strcspn(const char *s, const char *set);
size_t __wrap_strcspn(const char *s, const char *set)
{
    READ(s, strcspn(s, set) + 1);
    READ(set, strlen(set) + 1);
    return strcspn(s, set);
}

void *__wrap_malloc(size_t n);

char *__wrap_strdup(const char *s);
char *__wrap_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    READ(s, n);
    char *copy = __wrap_malloc(n);
    return copy ? memcpy(copy, s, n) : NULL;
}

char *__wrap_strndup(const char *s, size_t n);
char *__wrap_strndup(const char *s, size_t n)
{
    size_t found = strnlen(s, n);
    READ(s, found < n ? found + 1 : n);
    char *copy = __wrap_malloc(found + 1);
    if (!copy)
        return NULL;
    copy[found] = '\0';
    return memcpy(copy, s, found);
}

char *__wrap_strtok_r(char *s, const char *set, char **at);
char *__wrap_strtok_r(char *s, const char *set, char **at)
{
    if (!s)
        READ(at, sizeof *at);
    WRITE(at, sizeof *at);
    if (!s)
        s = *at;
    if (s) {
        READ(s, strlen(s) + 1);
        WRITE(s, strlen(s) + 1);
    }
    return strtok_r(s, set, at);
}

/* The place where strtok goes on is one for all threads. */
char *__wrap_strtok(char *s, const char *set);
char *__wrap_strtok(char *s, const char *set)
{
    static char *at;
    return __wrap_strtok_r(s, set, &at);
}
