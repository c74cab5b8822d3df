/* qsort and bsearch: what is moved and compared, as accesses. Sorting is our
 * own, for the order of comparisons is what other threads can see.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/point.h"

#include <stdlib.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

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
