/* A measurement as JSON.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "bench/sample.h"

#include <string.h>

/* json_string takes no NULL. */
static json_t *text(const char *s)
{
    return s ? json_string(s) : json_null();
}

static void set(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

static json_t *texts(const struct strv *l)
{
    json_t *a = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(a, json_string(l->v[i]));
    return a;
}

static json_t *interval(const struct stats_interval *i)
{
    json_t *a = json_array();
    json_array_append_new(a, json_real(i->low));
    json_array_append_new(a, json_real(i->high));
    return a;
}

/* Only what is set, not what is removed. */
static json_t *environment(void)
{
    json_t *a = json_array();
    for (const char *const *p = sample_env; *p; p++)
        if (strchr(*p, '='))
            json_array_append_new(a, json_string(*p));
    return a;
}

static json_t *host(const struct bench_report *r)
{
    json_t *h = json_object();
    set(h, "cpu", text(r->host.cpu));
    set(h, "cores", json_integer(r->host.cores));
    set(h, "affinity", text(r->host.cpus));
    set(h, "governor", text(r->host.governor));
    set(h, "kernel", text(r->host.kernel));
    return h;
}

static json_t *times(const struct bench_times *l)
{
    json_t *a = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(a, json_real(l->v[i]));
    return a;
}

static json_t *drift(const struct bench_report *r)
{
    if (r->pace.n < 2)
        return json_null();
    json_t *o = json_object();
    set(o, "mann_kendall_s", json_integer(r->drift.s));
    set(o, "p", json_real(r->drift.p));
    set(o, "change", json_real(r->drift.change));
    return o;
}

static json_t *noise(const struct bench_report *r)
{
    json_t *n = json_object();
    set(n, "quiet", json_boolean(r->warnings.n == 0));
    set(n, "load", r->host.load < 0 ? json_null() : json_real(r->host.load));
    set(n, "stolen", json_real(r->stolen));
    set(n, "others", json_real(r->others));
    set(n, "pace", times(&r->pace));
    set(n, "drift", drift(r));
    set(n, "warnings", texts(&r->warnings));
    return n;
}

static json_t *compilers(const struct compilers *l)
{
    json_t *a = json_array();
    for (size_t i = 0; i < l->n; i++) {
        json_t *c = json_object();
        set(c, "command", text(l->v[i].command));
        set(c, "version", text(l->v[i].version));
        json_array_append_new(a, c);
    }
    return a;
}

static json_t *size_json(uint64_t size)
{
    return size ? json_integer((json_int_t)size) : json_null();
}

static json_t *break_even(const struct bench_break_even *b)
{
    json_t *o = json_object();
    set(o, "above", size_json(b->above));
    set(o, "at", size_json(b->at));
    set(o, "estimate", b->estimate > 0 ? json_real(b->estimate) : json_null());
    return o;
}

static void set_comparison(json_t *o, const struct bench_row *row)
{
    set(o, "speedup", json_real(row->speedup));
    set(o, "speedup_ci95", interval(&row->speedup_interval));
    set(o, "efficiency", json_real(row->efficiency));
    if (row->has_fraction) {
        set(o, "karp_flatt", json_real(row->fraction));
        set(o, "karp_flatt_ci95", interval(&row->fraction_interval));
    }
    if (row->sweeps)
        set(o, "break_even", break_even(&row->break_even));
}

static void set_figures(json_t *o, const struct bench_row *row)
{
    set(o, "median_s", json_real(row->median));
    set(o, "mad_s", json_real(row->mad));
    set(o, "ci95", interval(&row->interval));
    set(o, "outliers", json_integer((json_int_t)row->outliers));
    if (row->compared)
        set_comparison(o, row);
}

static json_t *row_json(const struct bench_report *r,
                        const struct bench_row *row)
{
    const struct bench_work *w = &r->works.v[row->work];
    json_t *o = json_object();
    set(o, "workload", text(w->name));
    set(o, "size", size_json(w->size));
    set(o, "variant", text(row->variant));
    set(o, "model", text(model_id(row->model)));
    set(o, "compiler", text(row->compiler));
    set(o, "runtime", text(row->runtime));
    set(o, "threads", json_integer(row->threads));
    set(o, "value", text(row->seconds.n ? w->value : NULL));
    set(o, "samples", times(&row->seconds));
    set(o, "repeats", json_integer((json_int_t)row->repeats));
    set(o, "involuntary_switches", json_integer(row->involuntary));
    if (row->seconds.n > 0)
        set_figures(o, row);
    return o;
}

static json_t *work_json(const struct bench_work *w)
{
    json_t *o = json_object();
    set(o, "workload", text(w->name));
    set(o, "size", size_json(w->size));
    set(o, "args", texts(&w->args));
    set(o, "value", text(w->value));
    return o;
}

static json_t *skip_json(const struct bench_skip *s)
{
    json_t *o = json_object();
    set(o, "variant", text(s->variant));
    set(o, "compiler", text(s->compiler));
    set(o, "reason", text(s->reason));
    return o;
}

static json_t *server(const struct server_entry *s)
{
    if (!s)
        return json_null();
    json_t *o = json_object(), *fail = json_array();
    for (unsigned i = 0; i < s->fail_count; i++)
        json_array_append_new(fail, json_string(s->fail[i]));
    set(o, "latency_ms", json_integer(s->latency_ms));
    set(o, "jitter_ms", json_integer(s->jitter_ms));
    set(o, "bandwidth",
        s->bandwidth ? json_integer(s->bandwidth) : json_null());
    set(o, "fail", fail);
    return o;
}

json_t *bench_json(const struct bench_report *r)
{
    json_t *o = json_object(), *rows = json_array(), *skips = json_array();
    json_t *works = json_array();
    for (size_t i = 0; i < r->works.n; i++)
        json_array_append_new(works, work_json(&r->works.v[i]));
    for (size_t i = 0; i < r->rows.n; i++)
        json_array_append_new(rows, row_json(r, &r->rows.v[i]));
    for (size_t i = 0; i < r->skips.n; i++)
        json_array_append_new(skips, skip_json(&r->skips.v[i]));
    set(o, "kernel", text(r->kernel));
    set(o, "group", text(bench_group_id(r->group)));
    set(o, "base", text(r->base));
    set(o, "server", server(r->server));
    set(o, "flags", json_string(COMPILER_FLAGS));
    set(o, "environment", environment());
    set(o, "host", host(r));
    set(o, "compilers", compilers(&r->compilers));
    set(o, "seed", json_integer((json_int_t)r->seed));
    set(o, "rounds", json_integer(r->rounds));
    set(o, "elapsed_s", json_real(r->elapsed));
    set(o, "stopped_by", json_string(bench_stop_id(r->stop)));
    set(o, "noise", noise(r));
    set(o, "workloads", works);
    set(o, "rows", rows);
    set(o, "skipped", skips);
    return o;
}
