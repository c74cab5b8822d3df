/* Footnotes and units of pictures.
 * SPDX-License-Identifier: MIT */
#include "bench/picture_note.h"

const char *picture_kernel(const struct bench_report *r)
{
    return str_basename(r->kernel);
}

int picture_most_threads(const struct bench_report *r)
{
    int most = 1;
    for (size_t i = 0; i < r->rows.n; i++)
        if (r->rows.v[i].seconds.n > 0 && r->rows.v[i].threads > most)
            most = r->rows.v[i].threads;
    return most;
}

char *picture_threads(int n)
{
    return str_fmt("%d thread%s", n, n == 1 ? "" : "s");
}

struct picture_unit picture_unit(double largest)
{
    static const struct picture_unit units[] = {
        {"s", 1}, {"ms", 1e-3}, {"\xC2\xB5s", 1e-6}, {"ns", 1e-9}};
    size_t i = 0;
    while (i < 3 && largest < units[i].seconds)
        i++;
    return units[i];
}

static void add_computer(struct buf *out, const struct bench_report *r)
{
    buf_addf(out, "%s, %d core%s", r->host.cpu ? r->host.cpu : "CPU",
             r->host.cores, r->host.cores == 1 ? "" : "s");
    if (r->host.kernel)
        buf_addf(out, ", %s", r->host.kernel);
    for (size_t i = 0; i < r->compilers.n; i++)
        if (r->compilers.v[i].version)
            buf_addf(out, "; %s", r->compilers.v[i].version);
    buf_adds(out, ".");
}

/* The first one, as the table has them all. */
static void add_doubts(struct buf *out, const struct strv *l)
{
    if (l->n > 0)
        buf_addf(out, " To be doubted: %s", l->v[0]);
    if (l->n > 1)
        buf_addf(out, " (and %zu more reasons)", l->n - 1);
    if (l->n > 0)
        buf_adds(out, ".");
}

char *picture_note(const struct bench_report *r, size_t fewest, size_t most,
                   bool marks)
{
    struct buf b = {0};
    add_computer(&b, r);
    buf_addf(&b, " Medians of %zu", fewest);
    if (most > fewest)
        buf_addf(&b, " to %zu", most);
    buf_addf(&b, " run%s, 95 %% intervals", most == 1 ? "" : "s");
    buf_adds(&b, marks ? " (where none is seen, it is smaller than the mark)."
                       : ".");
    add_doubts(&b, &r->warnings);
    return buf_take(&b);
}
