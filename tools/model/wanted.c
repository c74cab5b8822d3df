/* coverage.yaml: the schema, and what it cannot know.
 * SPDX-License-Identifier: MIT */
#include "model/wanted.h"

#include "model/form.h"
#include "model/pattern.h"
#include "model/place.h"
#include "model/weakness.h"

#include <stdlib.h>
#include <string.h>

static const cyaml_schema_value_t string_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_field_t titled_fields[] = {
    TEXT(wanted_id, id, CYAML_FLAG_POINTER),
    TEXT(wanted_id, title, CYAML_FLAG_POINTER),
    TEXT(wanted_id, uncovered, OPTIONAL),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t bare_fields[] = {
    TEXT(wanted_id, id, CYAML_FLAG_POINTER),
    TEXT(wanted_id, uncovered, OPTIONAL),
    CYAML_FIELD_END,
};
ENTRY(titled_entry, wanted_id, titled_fields);
ENTRY(bare_entry, wanted_id, bare_fields);

static const cyaml_schema_field_t reports_fields[] = {
    LIST(wanted_reports, detectors, &string_entry, CYAML_FLAG_POINTER, 1),
    LIST(wanted_reports, kinds, &bare_entry, CYAML_FLAG_POINTER, 1),
    CYAML_FIELD_END,
};
ENTRY(reports_entry, wanted_reports, reports_fields);

static const cyaml_schema_field_t wanted_fields[] = {
    LIST(wanted, cert, &titled_entry, OPTIONAL, 0),
    LIST(wanted, cwe, &titled_entry, OPTIONAL, 0),
    LIST(wanted, patterns, &bare_entry, OPTIONAL, 0),
    LIST(wanted, reports, &reports_entry, OPTIONAL, 0),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t wanted_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct wanted, wanted_fields)};

static const struct form wanted_form = {
    .schema = &wanted_schema,
    .name = "list",
    .help = "cases/coverage.yaml of Lockstep shows the keys",
};

struct reader {
    const char *file, *text;
    size_t n;
    const struct strv *detectors;
    struct diag *d;
};

static bool cert_known(const char *id)
{
    return cert_is_id(id);
}

/* As manifests write it: digits, no zero in front. */
static bool cwe_known(const char *id)
{
    return strspn(id, "0123456789") == strlen(id) && strlen(id) <= 4 &&
           *id != '0' && cwe_is_id((unsigned)atoi(id));
}

static bool pattern_known(const char *id)
{
    return pattern_by_id(id) != PATTERN_COUNT;
}

static bool any_name(const char *id)
{
    return *id != '\0';
}

/* How many of the ids before l[index] are the same; *first is its line. */
static unsigned earlier(const struct wanted_id *l, unsigned index, int *first)
{
    unsigned same = 0;
    for (unsigned i = index; i-- > 0;)
        if (str_eq(l[i].id, l[index].id)) {
            same++;
            *first = l[i].line;
        }
    return same;
}

/* Finds the line of each id, from that of the list on, and checks it. */
static void check_ids(const struct reader *r, struct wanted_id *l, unsigned n,
                      int from, const char *what, bool (*known)(const char *id))
{
    for (unsigned i = 0; i < n; i++) {
        int first = 0;
        unsigned same = earlier(l, i, &first);
        l[i].line = place_of_scalar(r->text, r->n, l[i].id,
                                    (struct place){.line = from}, same);
        if (!known(l[i].id))
            diag_at(r->d, r->file, l[i].line, "'%s' is no %s", l[i].id, what);
        if (same > 0)
            diag_at(r->d, r->file, l[i].line,
                    "'%s' stands twice, first in line %d", l[i].id, first);
    }
}

static bool names(const struct wanted_reports *group, const char *detector)
{
    for (unsigned i = 0; i < group->detectors_count; i++)
        if (str_eq(group->detectors[i], detector))
            return true;
    return false;
}

/* A detector may stand in several lists, one of its reports in one only. */
static void check_shared(const struct reader *r,
                         const struct wanted_reports *earlier,
                         const struct wanted_reports *group, const char *id)
{
    for (unsigned i = 0; names(earlier, id) && i < group->kinds_count; i++)
        for (unsigned j = 0; j < earlier->kinds_count; j++)
            if (str_eq(group->kinds[i].id, earlier->kinds[j].id))
                diag_at(r->d, r->file, group->kinds[i].line,
                        "'%s' of '%s' stands twice, first in line %d",
                        group->kinds[i].id, id, earlier->kinds[j].line);
}

static void check_detectors(const struct reader *r, const struct wanted *w,
                            unsigned index, int line)
{
    const struct wanted_reports *group = &w->reports[index];
    for (unsigned i = 0; i < group->detectors_count; i++) {
        const char *id = group->detectors[i];
        if (r->detectors && !strv_has(r->detectors, id))
            diag_at(r->d, r->file, line, "no detector is called '%s'", id);
        for (unsigned j = 0; j < index; j++)
            check_shared(r, &w->reports[j], group, id);
    }
}

static int section(const struct reader *r, const char *key)
{
    return place_of_entry(r->text, r->n, key, -1);
}

static void check(const struct reader *r, struct wanted *w)
{
    check_ids(r, w->cert, w->cert_count, section(r, "cert"),
              "id of SEI CERT C; they look like CON43-C", cert_known);
    check_ids(r, w->cwe, w->cwe_count, section(r, "cwe"),
              "number of CWE; CWE-362 is written 362", cwe_known);
    check_ids(r, w->patterns, w->patterns_count, section(r, "patterns"),
              "pattern; tools/model/pattern.h lists them", pattern_known);
    for (unsigned i = 0; i < w->reports_count; i++) {
        int line = place_of_entry(r->text, r->n, "reports", (int)i);
        check_ids(r, w->reports[i].kinds, w->reports[i].kinds_count, line,
                  "name of a report", any_name);
        check_detectors(r, w, i, line);
    }
}

enum err wanted_read(const char *file, const char *text, size_t n,
                     const struct strv *detectors, struct wanted **out,
                     struct diag *d)
{
    struct reader r = {file, text, n, detectors, d};
    size_t before = d->messages.n;
    void *w = NULL;
    enum err e = form_read(&wanted_form, file, text, n, &w, d);
    if (e != ERR_OK)
        return e;
    check(&r, w);
    if (d->messages.n > before) {
        wanted_free(w);
        return ERR_INVALID;
    }
    *out = w;
    return ERR_OK;
}

void wanted_free(struct wanted *w)
{
    form_free(&wanted_form, w);
}
