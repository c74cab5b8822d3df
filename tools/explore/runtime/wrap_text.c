/* More functions of <string.h> and <strings.h> as accesses: those that glibc
 * has beyond the C standard, and printing into memory that they allocate.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/format.h"
#include "explore/runtime/point.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

void *__wrap_malloc(size_t n);

void *__wrap_mempcpy(void *to, const void *from, size_t n);
void *__wrap_mempcpy(void *to, const void *from, size_t n)
{
    READ(from, n);
    WRITE(to, n);
    return mempcpy(to, from, n);
}

void __wrap_bzero(void *to, size_t n);
void __wrap_bzero(void *to, size_t n)
{
    WRITE(to, n);
    memset(to, 0, n);
}

void *__wrap_memrchr(const void *a, int byte, size_t n);
void *__wrap_memrchr(const void *a, int byte, size_t n)
{
    READ(a, n);
    return memrchr(a, byte, n);
}

void *__wrap_memmem(const void *a, size_t n, const void *what, size_t m);
void *__wrap_memmem(const void *a, size_t n, const void *what, size_t m)
{
    READ(a, n);
    READ(what, m);
    return memmem(a, n, what, m);
}

int __wrap_strncasecmp(const char *a, const char *b, size_t n);
int __wrap_strncasecmp(const char *a, const char *b, size_t n)
{
    size_t i = 0;
    while (i < n && a[i] && strncasecmp(a + i, b + i, 1) == 0)
        i++;
    READ(a, i < n ? i + 1 : n);
    READ(b, i < n ? i + 1 : n);
    return strncasecmp(a, b, n);
}

char *__wrap_strcasestr(const char *s, const char *what);
char *__wrap_strcasestr(const char *s, const char *what)
{
    READ(s, strlen(s) + 1);
    READ(what, strlen(what) + 1);
    return strcasestr(s, what);
}

char *__wrap_strpbrk(const char *s, const char *set);
char *__wrap_strpbrk(const char *s, const char *set)
{
    READ(set, strlen(set) + 1);
    READ(s, strcspn(s, set) + 1);
    return strpbrk(s, set);
}

char *__wrap_strchrnul(const char *s, int c);
char *__wrap_strchrnul(const char *s, int c)
{
    READ(s, (size_t)(strchrnul(s, c) - s) + 1);
    return strchrnul(s, c);
}

char *__wrap_strsep(char **at, const char *set);
char *__wrap_strsep(char **at, const char *set)
{
    READ(at, sizeof *at);
    READ(set, strlen(set) + 1);
    char *s = *at;
    if (!s)
        return NULL;
    size_t n = strcspn(s, set);
    READ(s, n + 1);
    if (s[n])
        WRITE(s + n, 1);
    WRITE(at, sizeof *at);
    return strsep(at, set);
}

static int print_new(char **to, const char *format, va_list ap, uint64_t pc)
{
    va_list copy;
    va_copy(copy, ap);
    format_access(format, copy, pc);
    va_end(copy);
    va_copy(copy, ap);
    int n = vsnprintf(NULL, 0, format, copy);
    va_end(copy);
    char *text = n < 0 ? NULL : __wrap_malloc((size_t)n + 1);
    if (!text)
        return -1;
    vsnprintf(text, (size_t)n + 1, format, ap);
    access_plain((uint64_t)text, (size_t)n + 1, EVENT_WRITE, pc);
    access_plain((uint64_t)to, sizeof *to, EVENT_WRITE, pc);
    *to = text;
    return n;
}

int __wrap_vasprintf(char **to, const char *format, va_list ap);
int __wrap_vasprintf(char **to, const char *format, va_list ap)
{
    return print_new(to, format, ap, PC);
}

int __wrap_asprintf(char **to, const char *format, ...);
int __wrap_asprintf(char **to, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = print_new(to, format, ap, PC);
    va_end(ap);
    return n;
}
