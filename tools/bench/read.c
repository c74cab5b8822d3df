/* Reads a measurement back from JSON.
 * SPDX-License-Identifier: MIT */
#include "bench/compare.h"

#include "os/fs.h"

#include <math.h>
#include <stdlib.h>

static char *text_at(const json_t *o, const char *key)
{
    return str_dup(json_string_value(json_object_get(o, key)));
}

static int64_t number_at(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

static bool read_samples(const json_t *list, struct bench_times *out)
{
    size_t i;
    json_t *x;
    json_array_foreach(list, i, x)
    {
        double seconds = json_number_value(x);
        if (!(seconds > 0 && isfinite(seconds)))
            return false;
        vec_push(out, seconds);
    }
    return json_is_array(list);
}

/* The index of that workload; made if it is new. */
static size_t work_of(struct bench_report *r, const char *name, uint64_t size)
{
    for (size_t i = 0; i < r->works.n; i++)
        if (str_eq(r->works.v[i].name, name) && r->works.v[i].size == size)
            return i;
    vec_push(&r->works,
             ((struct bench_work){.name = str_dup(name), .size = size}));
    return r->works.n - 1;
}

static bool read_row(const json_t *o, struct bench_report *r)
{
    struct bench_row row = {.base = SIZE_MAX};
    const char *work = json_string_value(json_object_get(o, "workload"));
    row.variant = text_at(o, "variant");
    row.compiler = text_at(o, "compiler");
    row.threads = (int)number_at(o, "threads");
    bool good = read_samples(json_object_get(o, "samples"), &row.seconds) &&
                work && row.variant && row.compiler && row.threads > 0;
    if (good)
        row.work = work_of(r, work, (uint64_t)number_at(o, "size"));
    vec_push(&r->rows, row);
    return good;
}

static void read_host(const json_t *o, struct bench_report *r)
{
    const json_t *h = json_object_get(o, "host");
    r->host.cpu = text_at(h, "cpu");
    r->host.kernel = text_at(h, "kernel");
    r->host.cpus = text_at(h, "affinity");
    r->host.governor = text_at(h, "governor");
    r->host.cores = (int)number_at(h, "cores");
}

static void read_compilers(const json_t *list, struct bench_report *r)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o) vec_push(
        &r->compilers, ((struct compiler){.command = text_at(o, "command"),
                                          .version = text_at(o, "version")}));
}

static bool read_report(const json_t *o, struct bench_reports *out)
{
    struct bench_report r = {.kernel = text_at(o, "kernel")};
    json_t *rows = json_object_get(o, "rows"), *row;
    bool good = r.kernel && json_is_array(rows);
    size_t i;
    read_host(o, &r);
    read_compilers(json_object_get(o, "compilers"), &r);
    json_array_foreach(rows, i, row) good = good && read_row(row, &r);
    if (good)
        bench_summarise(&r);
    vec_push(out, r);
    return good;
}

enum err bench_read(const char *path, struct bench_reports *out, struct diag *d)
{
    json_error_t error;
    struct buf text = {0};
    enum err e = fs_read(path, &text);
    if (e != ERR_OK) {
        diag_at(d, path, 0, "cannot be read: %s", err_text(e));
        return e;
    }
    json_t *top = json_loadb(buf_str(&text), text.len, 0, &error), *report;
    json_t *list = json_object_get(top, "bench");
    bool good = json_is_array(list);
    size_t i;
    buf_fini(&text);
    if (!top)
        diag_at(d, path, error.line, "this is no JSON: %s", error.text);
    json_array_foreach(list, i, report) good = good && read_report(report, out);
    if (top && !good)
        diag_at(d, path, 0,
                "this is no measurement; `lockstep bench --json` prints one");
    json_decref(top);
    return good ? ERR_OK : ERR_INVALID;
}
