/* case.yaml by libcyaml: the schema, and its errors with their places.
 * SPDX-License-Identifier: MIT */
#include "model/manifest.h"

#include "model/place.h"

#include <cyaml/cyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

#define STRINGVAL(name, id) {id, VERDICT_##name},
static const cyaml_strval_t verdicts[] = {VERDICT_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id) {id, GRADE_##name},
static const cyaml_strval_t grades[] = {GRADE_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id, text) {id, KIND_##name},
static const cyaml_strval_t kinds[] = {KIND_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id) {id, MODEL_##name},
static const cyaml_strval_t models[] = {MODEL_LIST(STRINGVAL)};
#undef STRINGVAL
static const cyaml_strval_t failures[] = {
    {"none", FAILURE_NONE},
    {"wrong-value", FAILURE_WRONG_VALUE},
    {"hang", FAILURE_HANG},
    {"crash", FAILURE_CRASH},
};

static const cyaml_schema_value_t string_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t argument_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};
static const cyaml_schema_value_t number_entry = {
    CYAML_VALUE_UINT(CYAML_FLAG_DEFAULT, unsigned)};
static const cyaml_schema_value_t kind_entry = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, enum kind, kinds, COUNT(kinds))};

#define TEXT(type, key, flags)                                                 \
    CYAML_FIELD_STRING_PTR(#key, flags, struct type, key, 1, CYAML_UNLIMITED)
#define LIST(type, key, entry, flags, min)                                     \
    CYAML_FIELD_SEQUENCE(#key, flags, struct type, key, entry, min,            \
                         CYAML_UNLIMITED)
#define CHOICE(type, key, flags, strings)                                      \
    CYAML_FIELD_ENUM(#key, CYAML_FLAG_STRICT | (flags), struct type, key,      \
                     strings, COUNT(strings))

static const cyaml_schema_field_t truth_fields[] = {
    TEXT(truth, variant, OPTIONAL),
    LIST(truth, kinds, &kind_entry, CYAML_FLAG_POINTER, 1),
    TEXT(truth, object, OPTIONAL),
    LIST(truth, sites, &string_entry, CYAML_FLAG_POINTER, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t plain_fields[] = {
    TEXT(plain, variant, OPTIONAL),
    CYAML_FIELD_UINT("shows", CYAML_FLAG_DEFAULT, struct plain, shows),
    CYAML_FIELD_UINT("runs", CYAML_FLAG_DEFAULT, struct plain, runs),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t expectation_fields[] = {
    LIST(expectation, detectors, &string_entry, CYAML_FLAG_POINTER, 1),
    TEXT(expectation, variant, OPTIONAL),
    CHOICE(expectation, verdict, CYAML_FLAG_DEFAULT, verdicts),
    CHOICE(expectation, grade, CYAML_FLAG_OPTIONAL, grades),
    CYAML_FIELD_FLOAT("rate", CYAML_FLAG_OPTIONAL, struct expectation, rate),
    CYAML_FIELD_UINT("runs", CYAML_FLAG_OPTIONAL, struct expectation, runs),
    TEXT(expectation, reason, OPTIONAL),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t variant_fields[] = {
    TEXT(variant_entry, name, CYAML_FLAG_POINTER),
    CHOICE(variant_entry, model, CYAML_FLAG_DEFAULT, models),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t bench_fields[] = {
    LIST(bench_entry, args, &argument_entry, CYAML_FLAG_POINTER, 0),
    TEXT(bench_entry, value, CYAML_FLAG_POINTER),
    CYAML_FIELD_END,
};

#define ENTRY(name, type, fields)                                              \
    static const cyaml_schema_value_t name = {                                 \
        CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct type, fields)}
ENTRY(truth_entry, truth, truth_fields);
ENTRY(plain_entry, plain, plain_fields);
ENTRY(expectation_entry, expectation, expectation_fields);
ENTRY(variant_entry_schema, variant_entry, variant_fields);

static const cyaml_schema_field_t manifest_fields[] = {
    TEXT(manifest, title, CYAML_FLAG_POINTER),
    CHOICE(manifest, model, CYAML_FLAG_DEFAULT, models),
    LIST(manifest, cwe, &number_entry, OPTIONAL, 0),
    LIST(manifest, cert, &string_entry, OPTIONAL, 0),
    TEXT(manifest, origin, CYAML_FLAG_POINTER),
    CHOICE(manifest, failure, CYAML_FLAG_DEFAULT, failures),
    LIST(manifest, args, &argument_entry, OPTIONAL, 0),
    LIST(manifest, libraries, &string_entry, OPTIONAL, 0),
    TEXT(manifest, scenario, CYAML_FLAG_POINTER),
    TEXT(manifest, diagnosis, OPTIONAL),
    LIST(manifest, truth, &truth_entry, OPTIONAL, 0),
    LIST(manifest, plain, &plain_entry, OPTIONAL, 0),
    LIST(manifest, expect, &expectation_entry, OPTIONAL, 0),
    LIST(manifest, variants, &variant_entry_schema, OPTIONAL, 0),
    CYAML_FIELD_MAPPING_PTR("bench", OPTIONAL, struct manifest, bench,
                            bench_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t manifest_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct manifest, manifest_fields)};

static void keep_log(cyaml_log_t level, void *ctx, const char *fmt, va_list ap)
{
    if (level >= CYAML_LOG_ERROR)
        buf_addv(ctx, fmt, ap);
}

static cyaml_config_t configuration(struct buf *log)
{
    return (cyaml_config_t){
        .log_fn = keep_log,
        .log_ctx = log,
        .log_level = CYAML_LOG_ERROR,
        .mem_fn = cyaml_mem,
        .flags = CYAML_CFG_NO_ALIAS,
    };
}

/* What libyaml itself does not read, and aliases, which are not for manifests:
 * libcyaml tells neither where nor why. */
static enum err check_syntax(const char *file, const char *text, size_t n,
                             struct diag *d)
{
    yaml_parser_t parser;
    yaml_event_t event;
    enum err e = ERR_OK;
    bool more = yaml_parser_initialize(&parser);
    if (!more)
        return ERR_OK;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    while (more && e == ERR_OK) {
        if (!yaml_parser_parse(&parser, &event)) {
            diag_at(d, file, (int)parser.problem_mark.line + 1,
                    "this is no YAML: %s",
                    parser.problem ? parser.problem : "it cannot be read");
            e = ERR_INVALID;
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        if (event.type == YAML_ALIAS_EVENT) {
            diag_at(d, file, (int)event.start_mark.line + 1,
                    "'*%s': an alias has no place in a manifest; write it out",
                    (const char *)event.data.alias.anchor);
            e = ERR_INVALID;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return e;
}

/* libcyaml logs what is wrong in its first line, and then a backtrace whose
 * first place, "(line: 3, column: 9)", is the innermost; of a key that is
 * unknown or stands twice it is the one before. */
static int line_of(const char *text, size_t n, const char *log)
{
    static const char *const late[] = {"Load: Unexpected key: ",
                                       "Load: Mapping field already seen: "};
    struct place p = {0};
    const char *at = strstr(log, "(line: ");
    if (at)
        sscanf(at, "(line: %d, column: %d)", &p.line, &p.column);
    for (size_t i = 0; i < COUNT(late); i++) {
        const char *key = log + strlen(late[i]);
        if (!str_starts(log, late[i]))
            continue;
        char *word = str_ndup(key, strcspn(key, "\n"));
        int line = place_of_scalar(text, n, word, p, 0);
        free(word);
        return line ? line : p.line;
    }
    return p.line;
}

static void tell(const char *file, const char *text, size_t n, const char *log,
                 const char *fallback, struct diag *d)
{
    static const char field[] = "  in mapping field '";
    const char *what = str_starts(log, "Load: ") ? log + 6 : log;
    const char *in = strstr(log, field);
    int whole = (int)strcspn(what, "\n");
    bool about_key = str_starts(what, "Unexpected key") ||
                     str_starts(what, "Missing required") ||
                     str_starts(what, "Mapping field already");
    struct buf b = {0};
    if (whole == 0 || str_starts(what, "Backtrace"))
        buf_adds(&b, fallback);
    else
        buf_addf(&b, "%.*s", whole, what);
    if (in && !about_key)
        buf_addf(&b, " in '%.*s'", (int)strcspn(in + sizeof field - 1, "'\n"),
                 in + sizeof field - 1);
    diag_at(d, file, line_of(text, n, log),
            "%s; CONTRIBUTING.md lists the keys", buf_str(&b));
    buf_fini(&b);
}

enum err manifest_read(const char *file, const char *text, size_t n,
                       struct manifest **out, struct diag *d)
{
    struct buf log = {0};
    cyaml_config_t config = configuration(&log);
    struct manifest *m = NULL;
    if (check_syntax(file, text, n, d) != ERR_OK)
        return ERR_INVALID;
    cyaml_err_t e = cyaml_load_data((const uint8_t *)text, n, &config,
                                    &manifest_schema, (void **)&m, NULL);
    if (e == CYAML_OK && !m)
        diag_at(d, file, 1, "the manifest is empty");
    else if (e != CYAML_OK)
        tell(file, text, n, buf_str(&log), cyaml_strerror(e), d);
    else
        *out = m;
    buf_fini(&log);
    return e == CYAML_OK && m ? ERR_OK : ERR_INVALID;
}

void manifest_free(struct manifest *m)
{
    struct buf log = {0};
    cyaml_config_t config = configuration(&log);
    cyaml_free(&config, &manifest_schema, m, 0);
    buf_fini(&log);
}

const char *failure_id(enum failure f)
{
    return failures[f].str;
}
