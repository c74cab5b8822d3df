/* case.yaml: the schema.
 * SPDX-License-Identifier: MIT */
#include "model/manifest.h"

#include "base/str.h"
#include "model/form.h"

#define STRINGVAL(name, id) {id, VERDICT_##name},
static const cyaml_strval_t verdicts[] = {VERDICT_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id) {id, GRADE_##name},
static const cyaml_strval_t grades[] = {GRADE_LIST(STRINGVAL)};
#undef STRINGVAL
static const cyaml_strval_t aids[] = {{"annotation", AID_ANNOTATION}};
static const cyaml_strval_t claims[] = {{"not-found", CLAIM_NOT_FOUND},
                                        {"bounded", CLAIM_BOUNDED},
                                        {"verified", CLAIM_VERIFIED}};
#define STRINGVAL(name, id, text) {id, KIND_##name},
static const cyaml_strval_t kinds[] = {KIND_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id) {id, MODEL_##name},
static const cyaml_strval_t models[] = {MODEL_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id, title, source) {id, PATTERN_##name},
static const cyaml_strval_t patterns[] = {PATTERN_LIST(STRINGVAL)};
#undef STRINGVAL
#define STRINGVAL(name, id) {id, BENCH_GROUP_##name},
static const cyaml_strval_t groups[] = {BENCH_GROUP_LIST(STRINGVAL)};
#undef STRINGVAL
static const cyaml_strval_t failures[] = {
    {"none", FAILURE_NONE},   {"wrong-value", FAILURE_WRONG_VALUE},
    {"hang", FAILURE_HANG},   {"crash", FAILURE_CRASH},
    {"stall", FAILURE_STALL},
};

static const cyaml_schema_value_t string_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};
static const cyaml_schema_value_t argument_entry = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};
static const cyaml_schema_value_t number_entry = {
    CYAML_VALUE_UINT(CYAML_FLAG_DEFAULT, unsigned)};
static const cyaml_schema_value_t kind_entry = {
    CYAML_VALUE_ENUM(CYAML_FLAG_STRICT, enum kind, kinds, COUNT(kinds))};
static const cyaml_schema_value_t pattern_entry = {CYAML_VALUE_ENUM(
    CYAML_FLAG_STRICT, enum pattern, patterns, COUNT(patterns))};

static const cyaml_schema_field_t truth_fields[] = {
    TEXT(truth, variant, OPTIONAL),
    LIST(truth, kinds, &kind_entry, CYAML_FLAG_POINTER, 1),
    TEXT(truth, object, OPTIONAL),
    LIST(truth, sites, &string_entry, CYAML_FLAG_POINTER, 1),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t plain_fields[] = {
    TEXT(plain, variant, OPTIONAL),
    TEXT(plain, compiler, OPTIONAL),
    LIST(plain, flags, &string_entry, OPTIONAL, 0),
    LIST(plain, args, &argument_entry, OPTIONAL, 0),
    CYAML_FIELD_UINT("shows", CYAML_FLAG_DEFAULT, struct plain, shows),
    CYAML_FIELD_UINT("runs", CYAML_FLAG_DEFAULT, struct plain, runs),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t expectation_fields[] = {
    LIST(expectation, detectors, &string_entry, CYAML_FLAG_POINTER, 1),
    TEXT(expectation, variant, OPTIONAL),
    CHOICE(expectation, verdict, CYAML_FLAG_DEFAULT, verdicts),
    CHOICE(expectation, grade, CYAML_FLAG_OPTIONAL, grades),
    CYAML_FIELD_ENUM("thanks-to", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL,
                     struct expectation, thanks_to, aids, COUNT(aids)),
    CHOICE(expectation, claim, CYAML_FLAG_OPTIONAL, claims),
    CYAML_FIELD_FLOAT("rate", CYAML_FLAG_OPTIONAL, struct expectation, rate),
    CYAML_FIELD_UINT("runs", CYAML_FLAG_OPTIONAL, struct expectation, runs),
    LIST(expectation, reports, &string_entry, OPTIONAL, 0),
    TEXT(expectation, reason, OPTIONAL),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t explore_fields[] = {
    LIST(explore_entry, args, &argument_entry, OPTIONAL, 0),
    NUMBER(explore_entry, work),
    TEXT(explore_entry, unsupported, OPTIONAL),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t variant_fields[] = {
    TEXT(variant_entry, name, CYAML_FLAG_POINTER),
    CHOICE(variant_entry, model, CYAML_FLAG_DEFAULT, models),
    CYAML_FIELD_BOOL_PTR("threads", OPTIONAL, struct variant_entry, threads),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t workload_fields[] = {
    TEXT(workload_entry, name, CYAML_FLAG_POINTER),
    LIST(workload_entry, args, &argument_entry, OPTIONAL, 0),
    TEXT(workload_entry, value, OPTIONAL),
    TEXT(workload_entry, size, OPTIONAL),
    LIST(workload_entry, paths, &string_entry, OPTIONAL, 1),
    NUMBER(workload_entry, requests),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t sweep_fields[] = {
    LIST(sweep_entry, args, &argument_entry, CYAML_FLAG_POINTER, 1),
    LIST(sweep_entry, sizes, &string_entry, CYAML_FLAG_POINTER, 2),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t server_fields[] = {
    NUMBER(server_entry, latency_ms),
    NUMBER(server_entry, jitter_ms),
    NUMBER(server_entry, bandwidth),
    LIST(server_entry, fail, &string_entry, OPTIONAL, 1),
    NUMBER(server_entry, seed),
    CYAML_FIELD_END,
};

ENTRY(truth_entry, truth, truth_fields);
ENTRY(plain_entry, plain, plain_fields);
ENTRY(expectation_entry, expectation, expectation_fields);
ENTRY(variant_entry_schema, variant_entry, variant_fields);
ENTRY(workload_entry_schema, workload_entry, workload_fields);

static const cyaml_schema_field_t bench_fields[] = {
    CHOICE(bench_entry, group, CYAML_FLAG_OPTIONAL, groups),
    TEXT(bench_entry, base, OPTIONAL),
    LIST(bench_entry, threads, &number_entry, OPTIONAL, 1),
    LIST(bench_entry, workloads, &workload_entry_schema, OPTIONAL, 1),
    CYAML_FIELD_MAPPING_PTR("sweep", OPTIONAL, struct bench_entry, sweep,
                            sweep_fields),
    CYAML_FIELD_MAPPING_PTR("server", OPTIONAL, struct bench_entry, server,
                            server_fields),
    CYAML_FIELD_END,
};

static const cyaml_schema_field_t manifest_fields[] = {
    TEXT(manifest, title, CYAML_FLAG_POINTER),
    CHOICE(manifest, model, CYAML_FLAG_DEFAULT, models),
    LIST(manifest, cwe, &number_entry, OPTIONAL, 0),
    LIST(manifest, cert, &string_entry, OPTIONAL, 0),
    LIST(manifest, patterns, &pattern_entry, OPTIONAL, 0),
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
    CYAML_FIELD_MAPPING_PTR("explore", OPTIONAL, struct manifest, explore,
                            explore_fields),
    CYAML_FIELD_MAPPING_PTR("bench", OPTIONAL, struct manifest, bench,
                            bench_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t manifest_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct manifest, manifest_fields)};

static const struct form manifest_form = {
    .schema = &manifest_schema,
    .name = "manifest",
    .help = "CONTRIBUTING.md lists the keys",
};

enum err manifest_read(const char *file, const char *text, size_t n,
                       struct manifest **out, struct diag *d)
{
    void *m = NULL;
    enum err e = form_read(&manifest_form, file, text, n, &m, d);
    if (e == ERR_OK)
        *out = m;
    return e;
}

void manifest_free(struct manifest *m)
{
    form_free(&manifest_form, m);
}

const char *failure_id(enum failure f)
{
    return failures[f].str;
}

const char *bench_group_id(enum bench_group g)
{
    return groups[g].str;
}

enum bench_group bench_group_by_id(const char *id)
{
    for (size_t i = 0; i < COUNT(groups); i++)
        if (str_eq(groups[i].str, id))
            return (enum bench_group)groups[i].val;
    return BENCH_GROUP_COUNT;
}
