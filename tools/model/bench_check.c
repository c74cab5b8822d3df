/* Checks what a manifest says of the measurement of its kernel.
 * SPDX-License-Identifier: MIT */
#include "model/check.h"

#include "model/place.h"
#include "model/size.h"

#include <string.h>

struct checker {
    const struct scenario_case *c;
    const struct bench_entry *b;
    const char *text;
    size_t n;
    struct diag *d;
    bool failed;
};

/* The line of the word's nth mention within the entry, or of the entry. */
static int line_of(const struct checker *k, const char *word, unsigned nth)
{
    struct place bench = {.line = place_of_entry(k->text, k->n, "bench", -1)};
    int line = place_of_scalar(k->text, k->n, word, bench, nth);
    return line ? line : bench.line;
}

#define fail(k, word, nth, ...)                                                \
    do {                                                                       \
        diag_at((k)->d, (k)->c->manifest_path, line_of((k), (word), (nth)),    \
                __VA_ARGS__);                                                  \
        (k)->failed = true;                                                    \
    } while (0)

static void check_base(struct checker *k)
{
    const char *base = k->b->base;
    const struct variant *v = base ? case_variant(k->c, base) : NULL;
    if (base && !v)
        fail(k, base, 0, "base '%s' has no file %s.c", base, base);
    else if (base && v->threads)
        fail(k, base, 0,
             "base '%s' uses threads; speed-ups are against a variant with "
             "'model: serial' or 'threads: no'",
             base);
}

static void check_threads(struct checker *k)
{
    const struct bench_entry *b = k->b;
    for (unsigned i = 0; i < b->threads_count; i++)
        if (b->threads[i] < 1 || b->threads[i] > BENCH_MAX_THREADS ||
            (i > 0 && b->threads[i] <= b->threads[i - 1]))
            fail(k, "threads", 0,
                 "'threads' are numbers from 1 to %d that ascend, not %u",
                 BENCH_MAX_THREADS, b->threads[i]);
}

static bool is_decimal(const char *s)
{
    return *s && strspn(s, "0123456789") == strlen(s);
}

/* 0 if it is none. */
static uint64_t check_size(struct checker *k, const char *text)
{
    uint64_t size = 0;
    if (!size_read(text, &size))
        fail(k, text, 0, "'%s' is no size from 1 to 10^15, such as 2000 or 2e3",
             text);
    return size;
}

static void check_workload(struct checker *k, unsigned index)
{
    const struct workload_entry *all = k->b->workloads, *w = &all[index];
    unsigned before = 0;
    for (unsigned i = 0; i < index; i++)
        before += str_eq(all[i].name, w->name);
    if (before)
        fail(k, w->name, before, "workload '%s' stands twice", w->name);
    if (str_eq(w->name, "sweep"))
        fail(k, w->name, 0, "'sweep' names the sweep; call it otherwise");
    if (w->value && !is_decimal(w->value))
        fail(k, w->value, 0, "value '%s' is no decimal number", w->value);
    if (w->size)
        check_size(k, w->size);
    if (w->paths_count && !k->b->server)
        fail(k, "paths", 0, "'paths' of workload '%s' need a 'server'",
             w->name);
    if (w->requests && !w->paths_count)
        fail(k, "requests", 0, "'requests' of workload '%s' need 'paths'",
             w->name);
    for (unsigned i = 0; i < w->paths_count; i++)
        if (w->paths[i][0] != '/')
            fail(k, w->paths[i], 0, "path '%s' does not begin with '/'",
                 w->paths[i]);
}

static void check_sweep(struct checker *k, const struct sweep_entry *s)
{
    bool placed = false;
    for (unsigned i = 0; i < s->args_count; i++)
        placed |= str_eq(s->args[i], SWEEP_SIZE);
    if (!placed)
        fail(k, "sweep", 0,
             "no argument of 'sweep' is \"" SWEEP_SIZE "\", which each size "
             "takes the place of");
    uint64_t before = 0;
    for (unsigned i = 0; i < s->sizes_count; i++) {
        uint64_t size = check_size(k, s->sizes[i]);
        if (size && size <= before)
            fail(k, s->sizes[i], 0, "size %s: sizes must ascend", s->sizes[i]);
        before = size;
    }
}

enum err bench_check(const struct scenario_case *c, const char *text, size_t n,
                     struct diag *d)
{
    struct checker k = {c, c->manifest->bench, text, n, d, false};
    if (k.b->workloads_count == 0 && !k.b->sweep)
        fail(&k, "bench", 0,
             "'bench' has neither 'workloads' nor a 'sweep'; say what is to "
             "be measured");
    check_base(&k);
    check_threads(&k);
    for (unsigned i = 0; i < k.b->workloads_count; i++)
        check_workload(&k, i);
    if (k.b->sweep)
        check_sweep(&k, k.b->sweep);
    return k.failed ? ERR_INVALID : ERR_OK;
}
