/* Numbers in YAML files.
 * SPDX-License-Identifier: MIT */
#include "model/numbers.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static const char *scalar(const yaml_node_t *node)
{
    return (const char *)node->data.scalar.value;
}

static bool all_digits(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0';
}

static bool fits(const cyaml_schema_value_t *schema, const char *s)
{
    char *end = NULL;
    if (schema->type == CYAML_FLOAT)
        return strtod(s, &end), *s && *end == '\0';
    return schema->type != CYAML_UINT || all_digits(s);
}

static const cyaml_schema_value_t *field(const cyaml_schema_value_t *mapping,
                                         const yaml_node_t *key)
{
    const cyaml_schema_field_t *f = mapping->mapping.fields;
    while (f->key && !str_eq(f->key, scalar(key)))
        f++;
    return f->key ? &f->value : NULL;
}

/* Files are as deep as their schema, which is not recursive. */
static const yaml_node_t *misfit(yaml_document_t *doc, int index,
                                 const cyaml_schema_value_t *schema)
{
    const yaml_node_t *node = yaml_document_get_node(doc, index), *found = NULL;
    if (!node || !schema)
        return NULL;
    if (node->type == YAML_SCALAR_NODE)
        return fits(schema, scalar(node)) ? NULL : node;
    if (node->type == YAML_SEQUENCE_NODE && schema->type == CYAML_SEQUENCE)
        for (const int *i = node->data.sequence.items.start;
             i < node->data.sequence.items.top && !found; i++)
            found = misfit(doc, *i, schema->sequence.entry);
    if (node->type == YAML_MAPPING_NODE && schema->type == CYAML_MAPPING)
        for (const yaml_node_pair_t *p = node->data.mapping.pairs.start;
             p < node->data.mapping.pairs.top && !found; p++)
            found = misfit(doc, p->value,
                           field(schema, yaml_document_get_node(doc, p->key)));
    return found;
}

struct number_misread numbers_check(const cyaml_schema_value_t *schema,
                                    const char *text, size_t n)
{
    struct number_misread missed = {0};
    yaml_parser_t parser;
    yaml_document_t doc;
    if (!yaml_parser_initialize(&parser))
        return missed;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    if (yaml_parser_load(&parser, &doc)) {
        const yaml_node_t *root = yaml_document_get_root_node(&doc), *found;
        found = root ? misfit(&doc, 1, schema) : NULL;
        if (found)
            missed = (struct number_misread){str_dup(scalar(found)),
                                             (int)found->start_mark.line + 1};
        yaml_document_delete(&doc);
    }
    yaml_parser_delete(&parser);
    return missed;
}
