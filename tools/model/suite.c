/* Manifests of suites: the schema, and what it cannot know.
 * SPDX-License-Identifier: MIT */
#include "model/suite.h"

#include "base/str.h"
#include "model/form.h"
#include "model/place.h"

#include <regex.h>
#include <stdlib.h>

#define STRINGVAL(name, id) {id, MODEL_##name},
static const cyaml_strval_t models[] = {MODEL_LIST(STRINGVAL)};
#undef STRINGVAL
static const cyaml_strval_t groups[] = {
    {"line", SUITE_GROUP_LINE},     {"object", SUITE_GROUP_OBJECT},
    {"column", SUITE_GROUP_COLUMN}, {"role", SUITE_GROUP_ROLE},
    {"ignore", SUITE_GROUP_IGNORE},
};

static const cyaml_schema_value_t string_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t argument_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};
static const cyaml_schema_value_t group_entry = {CYAML_VALUE_ENUM(
    CYAML_FLAG_STRICT, enum suite_group, groups, COUNT(groups))};

static const cyaml_schema_field_t label_fields[] = {
    TEXT(suite_label, racy, OPTIONAL),
    TEXT(suite_label, clean, OPTIONAL),
    TEXT(suite_label, pair, OPTIONAL),
    LIST(suite_label, groups, &group_entry, OPTIONAL, 1),
    TEXT(suite_label, line, OPTIONAL),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t when_fields[] = {
    TEXT(suite_when, path, CYAML_FLAG_POINTER),
    LIST(suite_when, args, &argument_entry, OPTIONAL, 0),
    LIST(suite_when, flags, &string_entry, OPTIONAL, 0),
    CYAML_FIELD_FLOAT("timeout", CYAML_FLAG_OPTIONAL, struct suite_when,
                      timeout),
    CYAML_FIELD_END,
};
ENTRY(when_entry, suite_when, when_fields);

static const cyaml_schema_field_t suite_fields[] = {
    TEXT(suite, title, CYAML_FLAG_POINTER),
    CHOICE(suite, model, CYAML_FLAG_DEFAULT, models),
    LIST(suite, sources, &string_entry, CYAML_FLAG_POINTER, 1),
    LIST(suite, except, &string_entry, OPTIONAL, 0),
    CYAML_FIELD_MAPPING_PTR("label", CYAML_FLAG_POINTER, struct suite, label,
                            label_fields),
    LIST(suite, flags, &string_entry, OPTIONAL, 0),
    LIST(suite, libraries, &string_entry, OPTIONAL, 0),
    LIST(suite, args, &argument_entry, OPTIONAL, 0),
    NUMBER(suite, threads),
    NUMBER(suite, repeat),
    CYAML_FIELD_FLOAT("timeout", CYAML_FLAG_OPTIONAL, struct suite, timeout),
    LIST(suite, when, &when_entry, OPTIONAL, 0),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t suite_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct suite, suite_fields)};

static const struct form suite_form = {
    .schema = &suite_schema,
    .name = "manifest of a suite",
    .help = "sanitizer-configs/suites has examples",
};

struct checker {
    const char *file, *text;
    size_t n;
    struct diag *d;
};

static int line_of(const struct checker *c, const char *word)
{
    return place_of_scalar(c->text, c->n, word, (struct place){0}, 0);
}

/* Its number of groups, or -1 for what is no expression. */
static int check_expression(const struct checker *c, const char *what,
                            const char *expression)
{
    regex_t compiled;
    if (!expression)
        return 0;
    int code = regcomp(&compiled, expression, REG_EXTENDED);
    if (code == 0) {
        int n = (int)compiled.re_nsub;
        regfree(&compiled);
        return n;
    }
    char why[128];
    regerror(code, &compiled, why, sizeof why);
    diag_at(c->d, c->file, line_of(c, expression),
            "'%s' of '%s' is no extended regular expression: %s", expression,
            what, why);
    return -1;
}

static void check_groups(const struct checker *c, const struct suite_label *l,
                         int n)
{
    bool has_line = false;
    int line = line_of(c, "groups");
    for (unsigned i = 0; i < l->groups_count; i++)
        has_line |= l->groups[i] == SUITE_GROUP_LINE;
    if (!l->pair && l->groups_count)
        diag_at(c->d, c->file, line,
                "'groups' without 'pair', whose groups "
                "they would name");
    else if (l->pair && n >= 0 && (unsigned)n != l->groups_count)
        diag_at(c->d, c->file, line ? line : line_of(c, "pair"),
                "'pair' has %d group%s, and 'groups' names %u; name each one, "
                "those that do not matter as ignore",
                n, n == 1 ? "" : "s", l->groups_count);
    else if (l->pair && n >= 0 && !has_line)
        diag_at(c->d, c->file, line,
                "none of the 'groups' is line: a racy "
                "place is told by its line");
}

static void check_label(const struct checker *c, const struct suite_label *l)
{
    check_expression(c, "racy", l->racy);
    check_expression(c, "clean", l->clean);
    check_expression(c, "line", l->line);
    check_groups(c, l, check_expression(c, "pair", l->pair));
    if (!l->line && (!l->racy || !l->clean))
        diag_at(c->d, c->file, line_of(c, "label"),
                "who is racy and who is clean? tell it by 'racy' and 'clean', "
                "expressions on the path, or by 'line', one on racy lines");
}

static void check_numbers(const struct checker *c, const struct suite *s)
{
    if (s->timeout < 0 || s->timeout > 86400)
        diag_at(c->d, c->file, line_of(c, "timeout"),
                "'timeout' is in seconds, at most 86400");
    if (s->threads > 1024)
        diag_at(c->d, c->file, line_of(c, "threads"),
                "'threads' is at most 1024");
    if (s->repeat > 100000)
        diag_at(c->d, c->file, line_of(c, "repeat"),
                "'repeat' is at most 100000");
}

static void check(const struct checker *c, const struct suite *s)
{
    for (unsigned i = 0; i < s->sources_count; i++)
        if (*s->sources[i] == '/')
            diag_at(c->d, c->file, line_of(c, s->sources[i]),
                    "'%s' is seen from the suite's folder: no '/' in front",
                    s->sources[i]);
    for (unsigned i = 0; i < s->except_count; i++)
        check_expression(c, "except", s->except[i]);
    for (unsigned i = 0; i < s->when_count; i++)
        check_expression(c, "path", s->when[i].path);
    check_label(c, s->label);
    check_numbers(c, s);
}

enum err suite_read(const char *file, const char *text, size_t n,
                    struct suite **out, struct diag *d)
{
    struct checker c = {file, text, n, d};
    size_t before = d->messages.n;
    void *s = NULL;
    enum err e = form_read(&suite_form, file, text, n, &s, d);
    if (e != ERR_OK)
        return e;
    check(&c, s);
    if (d->messages.n > before) {
        suite_free(s);
        return ERR_INVALID;
    }
    *out = s;
    return ERR_OK;
}

void suite_free(struct suite *s)
{
    form_free(&suite_form, s);
}
