/* Functions of <stdlib.h> and <time.h> that go through memory of the program's
 * or answer in memory of their own: as accesses to it.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/format.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/point.h"
#include "explore/runtime/stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

/* What is sorted, and how. */
struct sorting {
    size_t size;
    int (*compare)(const void *, const void *, void *);
    int (*compare_two)(const void *, const void *);
    void *argument;
};

static bool in_order(const struct sorting *s, const char *a, const char *b)
{
    return (s->compare_two ? s->compare_two(a, b)
                           : s->compare(a, b, s->argument)) <= 0;
}

/* a and b, sorted each, into `to`. */
static void merge(const struct sorting *s, const char *a, size_t n,
                  const char *b, size_t m, char *to)
{
    for (; n > 0 || m > 0; to += s->size) {
        bool first = m == 0 || (n > 0 && in_order(s, a, b));
        const char **from = first ? &a : &b;
        memcpy(to, *from, s->size);
        *from += s->size;
        *(first ? &n : &m) -= 1;
    }
}

/* Stable, as glibc's is, by growing runs between two copies; which has it. */
static char *sort_copy(const struct sorting *s, char *from, char *to, size_t n)
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t a = n - i < run ? n - i : run;
            size_t b = n - i - a < run ? n - i - a : run;
            merge(s, from + i * s->size, a, from + (i + a) * s->size, b,
                  to + i * s->size);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    return from;
}

static void sort(const struct sorting *s, void *base, size_t n, uint64_t pc)
{
    size_t all = n * s->size;
    uint32_t id = state()->current->id;
    access_plain((uint64_t)base, all, EVENT_READ, pc);
    char *a = heap_new(id, all, 16, pc), *b = heap_new(id, all, 16, pc);
    if (!a || !b) {
        doubt(DOUBT_MEMORY, "qsort");
        point_end(SEARCH_ENDED_CAP);
    }
    memcpy(a, base, all);
    a = sort_copy(s, a, b, n);
    access_plain((uint64_t)base, all, EVENT_WRITE, pc);
    memcpy(base, a, all);
}

void __wrap_qsort(void *base, size_t n, size_t size,
                  int (*compare)(const void *, const void *));
void __wrap_qsort(void *base, size_t n, size_t size,
                  int (*compare)(const void *, const void *))
{
    const struct sorting s = {.size = size, .compare_two = compare};
    if (!active())
        qsort(base, n, size, compare);
    else if (n > 1)
        sort(&s, base, n, PC);
}

void __wrap_qsort_r(void *base, size_t n, size_t size,
                    int (*compare)(const void *, const void *, void *),
                    void *argument);
void __wrap_qsort_r(void *base, size_t n, size_t size,
                    int (*compare)(const void *, const void *, void *),
                    void *argument)
{
    const struct sorting s = {
        .size = size, .compare = compare, .argument = argument};
    if (!active())
        qsort_r(base, n, size, compare, argument);
    else if (n > 1)
        sort(&s, base, n, PC);
}

/* What is compared is accessed by the program's own function. */
void *__wrap_bsearch(const void *key, const void *base, size_t n, size_t size,
                     int (*compare)(const void *, const void *));
void *__wrap_bsearch(const void *key, const void *base, size_t n, size_t size,
                     int (*compare)(const void *, const void *))
{
    const char *from = base;
    while (n > 0) {
        const char *middle = from + n / 2 * size;
        int order = compare(key, middle);
        if (order == 0)
            return (void *)(uintptr_t)middle;
        if (order > 0)
            from = middle + size;
        n = order > 0 ? n - n / 2 - 1 : n / 2;
    }
    return NULL;
}

static int scan(const char *text, const char *format, va_list ap, uint64_t pc)
{
    va_list copy;
    va_copy(copy, ap);
    if (active()) {
        access_plain((uint64_t)text, strlen(text) + 1, EVENT_READ, pc);
        access_plain((uint64_t)format, strlen(format) + 1, EVENT_READ, pc);
    }
    int n = vsscanf(text, format, ap);
    if (active() && n > 0)
        format_scanned(format, copy, n, pc);
    va_end(copy);
    return n;
}

#define SCANF(name)                                                            \
    int __wrap_##name(const char *text, const char *format, ...);              \
    int __wrap_##name(const char *text, const char *format, ...)               \
    {                                                                          \
        va_list ap;                                                            \
        va_start(ap, format);                                                  \
        int n = scan(text, format, ap, PC);                                    \
        va_end(ap);                                                            \
        return n;                                                              \
    }

SCANF(sscanf)
SCANF(__isoc99_sscanf)
SCANF(__isoc23_sscanf)

#define FSCANF(name)                                                           \
    int __wrap_##name(FILE *f, const char *format, ...);                       \
    int __wrap_##name(FILE *f, const char *format, ...)                        \
    {                                                                          \
        va_list ap, copy;                                                      \
        if (active())                                                          \
            READ(format, strlen(format) + 1);                                  \
        f = stream_enter(f, false, #name, PC);                                 \
        va_start(ap, format);                                                  \
        va_copy(copy, ap);                                                     \
        int n = vfscanf(f, format, ap);                                        \
        if (active() && n > 0)                                                 \
            format_scanned(format, copy, n, PC);                               \
        va_end(copy);                                                          \
        va_end(ap);                                                            \
        return n;                                                              \
    }

FSCANF(fscanf)
FSCANF(__isoc99_fscanf)
FSCANF(__isoc23_fscanf)

int __wrap_vsscanf(const char *text, const char *format, va_list ap);
int __wrap_vsscanf(const char *text, const char *format, va_list ap)
{
    return scan(text, format, ap, PC);
}

/* The answer of localtime and its kin is one for all threads. */
static struct tm localtime_answer;
static char asctime_answer[64];

static void look_at_zone(uint64_t pc)
{
    access_plain(LAYOUT_ENVIRON, 16, EVENT_READ, pc);
    tzset();
    state()->changed_zone = true;
}

static struct tm *broken_down(const time_t *t, bool local, uint64_t pc)
{
    struct tm found = {0};
    access_plain((uint64_t)t, sizeof *t, EVENT_READ, pc);
    if (local)
        look_at_zone(pc);
    if (!(local ? localtime_r : gmtime_r)(t, &found))
        return NULL;
    access_plain((uint64_t)&localtime_answer, sizeof found, EVENT_WRITE, pc);
    localtime_answer = found;
    return &localtime_answer;
}

struct tm *__wrap_localtime(const time_t *t);
struct tm *__wrap_localtime(const time_t *t)
{
    return active() ? broken_down(t, true, PC) : localtime(t);
}

struct tm *__wrap_gmtime(const time_t *t);
struct tm *__wrap_gmtime(const time_t *t)
{
    return active() ? broken_down(t, false, PC) : gmtime(t);
}

struct tm *__wrap_localtime_r(const time_t *t, struct tm *to);
struct tm *__wrap_localtime_r(const time_t *t, struct tm *to)
{
    if (active()) {
        READ(t, sizeof *t);
        WRITE(to, sizeof *to);
    }
    return localtime_r(t, to);
}

struct tm *__wrap_gmtime_r(const time_t *t, struct tm *to);
struct tm *__wrap_gmtime_r(const time_t *t, struct tm *to)
{
    if (active()) {
        READ(t, sizeof *t);
        WRITE(to, sizeof *to);
    }
    return gmtime_r(t, to);
}

static char *as_text(const struct tm *t, uint64_t pc)
{
    access_plain((uint64_t)t, sizeof *t, EVENT_READ, pc);
    access_plain((uint64_t)asctime_answer, sizeof asctime_answer, EVENT_WRITE,
                 pc);
    /* In the locale "C", whatever the program's is. */
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    bool sound =
        t->tm_wday >= 0 && t->tm_wday < 7 && t->tm_mon >= 0 && t->tm_mon < 12;
    snprintf(asctime_answer, sizeof asctime_answer,
             "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n",
             sound ? &days[3 * t->tm_wday] : "???",
             sound ? &months[3 * t->tm_mon] : "???", t->tm_mday, t->tm_hour,
             t->tm_min, t->tm_sec, 1900 + t->tm_year);
    return asctime_answer;
}

char *__wrap_asctime(const struct tm *t);
char *__wrap_asctime(const struct tm *t)
{
    return as_text(t, PC);
}

char *__wrap_ctime(const time_t *t);
char *__wrap_ctime(const time_t *t)
{
    if (!active())
        return ctime(t);
    const struct tm *found = broken_down(t, true, PC);
    return found ? as_text(found, PC) : NULL;
}

time_t __wrap_mktime(struct tm *t);
time_t __wrap_mktime(struct tm *t)
{
    if (!active())
        return mktime(t);
    look_at_zone(PC);
    READ(t, sizeof *t);
    WRITE(t, sizeof *t);
    return mktime(t);
}

size_t __wrap_strftime(char *to, size_t n, const char *format,
                       const struct tm *t);
size_t __wrap_strftime(char *to, size_t n, const char *format,
                       const struct tm *t)
{
    if (!active())
        return strftime(to, n, format, t);
    READ(format, strlen(format) + 1);
    READ(t, sizeof *t);
    size_t done = strftime(to, n, format, t);
    if (done)
        WRITE(to, done + 1);
    return done;
}

void __wrap_tzset(void);
void __wrap_tzset(void)
{
    if (active())
        look_at_zone(PC);
    else
        tzset();
}
