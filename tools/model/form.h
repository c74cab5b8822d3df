/* YAML files into structs, by libcyaml, with errors that name their place; and
 * the words in which a schema is written down. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_FORM_H
#define LOCKSTEP_MODEL_FORM_H

#include "base/diag.h"
#include "base/err.h"

#include <cyaml/cyaml.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

#define TEXT(type, key, flags)                                                 \
    CYAML_FIELD_STRING_PTR(#key, flags, struct type, key, 1, CYAML_UNLIMITED)
#define LIST(type, key, entry, flags, min)                                     \
    CYAML_FIELD_SEQUENCE(#key, flags, struct type, key, entry, min,            \
                         CYAML_UNLIMITED)
#define NUMBER(type, key)                                                      \
    CYAML_FIELD_UINT(#key, CYAML_FLAG_OPTIONAL, struct type, key)
#define CHOICE(type, key, flags, strings)                                      \
    CYAML_FIELD_ENUM(#key, CYAML_FLAG_STRICT | (flags), struct type, key,      \
                     strings, COUNT(strings))
#define ENTRY(name, type, fields)                                              \
    static const cyaml_schema_value_t name = {                                 \
        CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct type, fields)}

/* A kind of file. */
struct form {
    const cyaml_schema_value_t *schema;
    const char *name; /* what a message calls the file: "manifest" */
    const char *help; /* where its keys are told, the end of a message */
};

/* Reads text, the content of file, into *out (form_free). ERR_INVALID, with
 * messages in d that name file and line, for what does not fit the form. */
enum err form_read(const struct form *form, const char *file, const char *text,
                   size_t n, void **out, struct diag *d);
void form_free(const struct form *form, void *data);

#endif
