/* not-built.yaml: the schema.
 * SPDX-License-Identifier: MIT */
#include "model/not_built.h"

#include "model/form.h"

static const cyaml_schema_field_t pair_fields[] = {
    TEXT(absent_pair, name, CYAML_FLAG_POINTER),
    TEXT(absent_pair, reason, CYAML_FLAG_POINTER),
    CYAML_FIELD_END,
};
ENTRY(pair_entry, absent_pair, pair_fields);

static const cyaml_schema_field_t not_built_fields[] = {
    LIST(not_built, pairs, &pair_entry, CYAML_FLAG_POINTER, 0),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t not_built_schema = {CYAML_VALUE_MAPPING(
    CYAML_FLAG_POINTER, struct not_built, not_built_fields)};

static const struct form not_built_form = {
    .schema = &not_built_schema,
    .name = "list",
    .help = "an entry of 'pairs' has 'name' and 'reason'",
};

enum err not_built_read(const char *file, const char *text, size_t n,
                        struct not_built **out, struct diag *d)
{
    void *b = NULL;
    enum err e = form_read(&not_built_form, file, text, n, &b, d);
    if (e == ERR_OK)
        *out = b;
    return e;
}

void not_built_free(struct not_built *b)
{
    form_free(&not_built_form, b);
}
