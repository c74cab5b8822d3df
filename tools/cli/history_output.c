/* How the history is told.
 * SPDX-License-Identifier: MIT */
#include "cli/history_output.h"

#include "formats/support/checkout_json.h"

#include <jansson.h>
#include <libsmartcols/libsmartcols.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* So many runs of a cell are told one by one. */
#define POINTS 10

/* On a terminal the last column is cut where the terminal ends; it has the
 * longest text. */
static struct libscols_table *table(const char *const *heads,
                                    const struct format_options *o, FILE *out)
{
    struct libscols_table *t = scols_new_table();
    scols_table_set_stream(t, out);
    scols_table_enable_colors(t, o->color);
    if (o->width > 0) {
        scols_table_set_termforce(t, SCOLS_TERMFORCE_ALWAYS);
        scols_table_set_termwidth(t, (size_t)o->width);
    }
    for (; *heads; heads++)
        scols_table_new_column(t, *heads, 0,
                               o->width > 0 && !heads[1] ? SCOLS_FL_TRUNC : 0);
    return t;
}

static void close_table(struct libscols_table *t)
{
    scols_print_table(t);
    scols_unref_table(t);
}

/* Takes the text. */
static void set(struct libscols_line *line, size_t column, char *text)
{
    scols_line_refer_data(line, column, text);
}

static const char *state_of(const struct run_info *r)
{
    if (r->going_on)
        return "going on";
    if (r->state == RUN_OPEN)
        return "broken off";
    if (r->state == RUN_STOPPED)
        return "interrupted";
    if (!r->gate)
        return "done";
    return r->passed ? "passed" : "FAILED";
}

/* "0123456789+", the sign being that of a tree with changes. */
static char *commit_of(const struct run_info *r)
{
    const struct checkout *c = &r->checkout;
    return c->revision ? str_fmt("%.10s%s", c->revision, c->changed ? "+" : "")
                       : NULL;
}

static void add_run(struct libscols_table *t, const struct run_info *r)
{
    struct libscols_line *line = scols_table_new_line(t, NULL);
    set(line, 0, str_dup(r->id));
    set(line, 1, str_dup(state_of(r)));
    if (r->gate && r->state == RUN_DONE)
        scols_cell_set_color(scols_line_get_cell(line, 1),
                             r->passed ? "green" : "red");
    set(line, 2, r->bugs ? str_fmt("%u/%u", r->flagged, r->bugs) : NULL);
    set(line, 3, r->fixes ? str_fmt("%u/%u", r->clean, r->fixes) : NULL);
    set(line, 4, str_fmt("%.1f s", r->wall));
    set(line, 5, commit_of(r));
    set(line, 6, str_dup(r->host));
    set(line, 7, str_dup(r->words));
}

static char *share(unsigned k, unsigned n)
{
    return str_fmt("%u/%u", k, n);
}

static struct libscols_line *add_rate(struct libscols_table *t,
                                      const struct rate *r)
{
    struct libscols_line *line = scols_table_new_line(t, NULL);
    struct rate_sum sum = rate_sum(r);
    set(line, 0, str_dup(r->c));
    set(line, 1, str_dup(r->variant));
    set(line, 2, str_dup(r->detector));
    set(line, 3, str_dup(r->expected));
    set(line, 4, share(sum.flagged, sum.judged));
    return line;
}

static void print_flaky(const struct rates *rates,
                        const struct format_options *o, FILE *out)
{
    static const char *const heads[] = {"FLAKY",    "VARIANT", "DETECTOR",
                                        "RECORDED", "FLAGGED", NULL};
    struct libscols_table *t = table(heads, o, out);
    size_t n = 0;
    for (size_t i = 0; i < rates->n; i++) {
        const struct rate *r = &rates->v[i];
        if (!rate_is_flaky(r))
            continue;
        add_rate(t, r);
        n++;
    }
    if (n) {
        fputc('\n', out);
        close_table(t);
    } else {
        scols_unref_table(t);
    }
}

void history_print_runs(const struct run_infos *runs, const struct rates *rates,
                        const struct format_options *o, FILE *out)
{
    static const char *const heads[] = {"RUN",   "STATE", "BUGS",
                                        "FIXES", "TOOK",  "COMMIT",
                                        "HOST",  "WHAT",  NULL};
    struct libscols_table *t = table(heads, o, out);
    for (size_t i = 0; i < runs->n; i++)
        add_run(t, &runs->v[i]);
    close_table(t);
    print_flaky(rates, o, out);
}

/* One run, after what stands before it: a bar where the content changed. */
static char *step(const struct rate *r, size_t i, bool first)
{
    const struct rate_point *p = &r->points.v[i];
    const char *gap = first ? "" : str_eq(p->key, p[-1].key) ? " " : " | ";
    return str_fmt("%s%u/%u", gap, p->flagged, p->judged);
}

/* "1/1 1/1 | 0/1": the latest runs, as many as have room. */
static char *course(const struct rate *r, size_t room)
{
    struct buf b = {0};
    size_t n = r->points.n, from = n, wide = 0;
    for (; from > 0 && n - from < POINTS; from--) {
        char *text = step(r, from - 1, from == 1);
        wide += strlen(text);
        free(text);
        if (wide > room && from < n)
            break;
    }
    for (size_t i = from; i < n; i++) {
        char *text = step(r, i, i == from);
        buf_adds(&b, text);
        free(text);
    }
    return b.len ? buf_take(&b) : str_dup("");
}

static void widen(size_t *width, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    *width = n > *width ? n : *width;
}

/* What the columns before the course leave of the terminal. */
static size_t room_of(const struct rates *rates, int width)
{
    size_t w[] = {strlen("CASE"), strlen("VARIANT"), strlen("DETECTOR"),
                  strlen("RECORDED"), strlen("FLAGGED")};
    size_t taken = 0;
    for (size_t i = 0; i < rates->n; i++) {
        const struct rate *r = &rates->v[i];
        struct rate_sum sum = rate_sum(r);
        char *whole = share(sum.flagged, sum.judged);
        const char *const texts[] = {r->c, r->variant, r->detector, r->expected,
                                     whole};
        for (size_t j = 0; j < 5; j++)
            widen(&w[j], texts[j]);
        free(whole);
    }
    for (size_t j = 0; j < 5; j++)
        taken += w[j] + 1;
    if (width <= 0)
        return SIZE_MAX;
    return (size_t)width > taken ? (size_t)width - taken : 0;
}

void history_print_rates(const struct rates *rates,
                         const struct format_options *o, FILE *out)
{
    static const char *const heads[] = {"CASE",     "VARIANT", "DETECTOR",
                                        "RECORDED", "FLAGGED", "RUN BY RUN",
                                        NULL};
    struct libscols_table *t = table(heads, o, out);
    size_t room = room_of(rates, o->width);
    for (size_t i = 0; i < rates->n; i++) {
        const struct rate *r = &rates->v[i];
        struct libscols_line *line = add_rate(t, r);
        set(line, 5, course(r, room));
    }
    close_table(t);
}

static json_t *run_json(const struct run_info *r)
{
    static const char *const states[] = {"open", "interrupted", "done"};
    json_t *shard = r->shards ? json_pack("{s:i, s:i}", "number", (int)r->shard,
                                          "of", (int)r->shards)
                              : json_null();
    return json_pack(
        "{s:s, s:s?, s:s?, s:s?, s:s, s:b, s:b, s:o, s:b, s:f, s:f, s:f, s:i,"
        " s:i, s:i, s:i, s:o, s:s, s:o}",
        "run", r->id, "lockstep", r->version, "host", r->host, "command",
        r->words, "state", states[r->state], "going_on", r->going_on, "gate",
        r->gate, "passed",
        r->gate && r->state == RUN_DONE ? json_boolean(r->passed) : json_null(),
        "whole", r->whole, "began", r->began, "ended", r->ended, "seconds",
        r->wall, "bugs", (int)r->bugs, "flagged", (int)r->flagged, "fixes",
        (int)r->fixes, "clean", (int)r->clean, "shard", shard, "kind",
        run_kind_id(r->kind), "checkout", checkout_json(&r->checkout));
}

static json_t *rate_json(const struct rate *r)
{
    struct rate_sum sum = rate_sum(r);
    json_t *points = json_array();
    for (size_t i = 0; i < r->points.n; i++) {
        const struct rate_point *p = &r->points.v[i];
        json_array_append_new(points,
                              json_pack("{s:s, s:s?, s:s?, s:i, s:i}", "run",
                                        p->run, "content", p->key, "outcome",
                                        p->outcome, "flagged", (int)p->flagged,
                                        "judged", (int)p->judged));
    }
    return json_pack("{s:s, s:s, s:s, s:s?, s:i, s:i, s:i, s:b, s:o}", "case",
                     r->c, "variant", r->variant, "detector", r->detector,
                     "expected", r->expected, "runs", (int)sum.runs, "flagged",
                     (int)sum.flagged, "judged", (int)sum.judged, "flaky",
                     rate_is_flaky(r), "results", points);
}

void history_print_json(const struct run_infos *runs, const struct rates *rates,
                        FILE *out)
{
    json_t *list = json_array(), *cells = json_array();
    for (size_t i = 0; i < runs->n; i++)
        json_array_append_new(list, run_json(&runs->v[i]));
    for (size_t i = 0; i < rates->n; i++)
        json_array_append_new(cells, rate_json(&rates->v[i]));
    json_t *j = json_pack("{s:s, s:o, s:o}", "lockstep", LOCKSTEP_VERSION,
                          "runs", list, "cells", cells);
    json_dumpf(j, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(j);
}
