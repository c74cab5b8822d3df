/* Entries of a manifest as keys and values.
 * SPDX-License-Identifier: MIT */
#include "model/fields.h"

#include "model/corpus.h"
#include "model/yaml.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void take(struct fields *l, const char *key, char *value)
{
    vec_push(l, ((struct field){key, value, false}));
}

static void add_list(struct fields *l, const char *key, char *const *words,
                     unsigned n, bool quoted)
{
    struct buf b = {0};
    yaml_list(&b, words, n, quoted);
    take(l, key, buf_take(&b));
}

static void add_word(struct fields *l, const char *key, const char *word)
{
    struct buf b = {0};
    yaml_word(&b, word);
    take(l, key, buf_take(&b));
}

static void add_number(struct fields *l, const char *key, unsigned n)
{
    take(l, key, str_fmt("%u", n));
}

/* Two digits, or as many as give the number of hits back and neither 0 nor 1;
 * without the zeros at the end. */
static char *rate_text(double rate, unsigned runs)
{
    char text[32];
    for (int digits = 2; digits < 18; digits++) {
        snprintf(text, sizeof text, "%.*f", digits, rate);
        double x = strtod(text, NULL);
        if (lround(x * runs) == lround(rate * runs) && x > 0 && x < 1)
            break;
    }
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        n--;
    return str_ndup(text, n);
}

void fields_of_plain(const struct plain *p, struct fields *out)
{
    add_word(out, "variant", manifest_variant(p->variant));
    if (p->compiler)
        add_word(out, "compiler", p->compiler);
    if (p->flags_count)
        add_list(out, "flags", p->flags, p->flags_count, true);
    if (p->args_count)
        add_list(out, "args", p->args, p->args_count, true);
    add_number(out, "shows", p->shows);
    add_number(out, "runs", p->runs);
}

void fields_of_expectation(const struct expectation *e, struct fields *out)
{
    add_list(out, "detectors", e->detectors, e->detectors_count, false);
    if (!str_eq(manifest_variant(e->variant), manifest_variant(NULL)))
        add_word(out, "variant", e->variant);
    add_word(out, "verdict", verdict_id(e->verdict));
    if (e->grade != GRADE_NONE)
        add_word(out, "grade", grade_id(e->grade));
    if (e->thanks_to != AID_NONE)
        add_word(out, "thanks-to", aid_id(e->thanks_to));
    if (e->claim != CLAIM_NONE)
        add_word(out, "claim", claimed_id(e->claim));
    if (e->verdict == VERDICT_SOMETIMES)
        take(out, "rate", rate_text(e->rate, e->runs));
    if (e->runs)
        add_number(out, "runs", e->runs);
    if (e->reports_count)
        add_list(out, "reports", e->reports, e->reports_count, false);
    if (e->reason)
        vec_push(out, ((struct field){"reason", str_dup(e->reason), true}));
}

void fields_fini(struct fields *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].value);
    vec_fini(l);
}

bool fields_equal(const struct fields *a, const struct fields *b)
{
    bool equal = a->n == b->n;
    for (size_t i = 0; equal && i < a->n; i++)
        equal = str_eq(a->v[i].key, b->v[i].key) &&
                str_eq(a->v[i].value, b->v[i].value);
    return equal;
}

/* "- {key: value, ...}", or false when that is no way to write it. */
static bool write_line(struct buf *out, size_t indent, const struct fields *l)
{
    struct buf b = {0};
    bool fits = true;
    for (size_t i = 0; i < l->n; i++) {
        fits &= !l->v[i].prose;
        buf_addf(&b, "%s%s: %s", i ? ", " : "- {", l->v[i].key, l->v[i].value);
    }
    buf_adds(&b, "}");
    fits &= indent + str_columns(buf_str(&b), b.len) <= YAML_WIDTH;
    if (fits)
        buf_addf(out, "%*s%s\n", (int)indent, "", buf_str(&b));
    buf_fini(&b);
    return fits;
}

void fields_write(struct buf *out, size_t indent, const struct fields *l)
{
    size_t dash = out->len + indent;
    if (write_line(out, indent, l))
        return;
    for (size_t i = 0; i < l->n; i++) {
        const struct field *f = &l->v[i];
        if (f->prose && !str_eq(f->value, REASON_UNKNOWN))
            yaml_prose(out, (int)indent + 2, f->key, f->value);
        else
            yaml_field(out, (int)indent + 2, f->key, f->value);
    }
    out->data[dash] = '-';
}
