/* Writing YAML as the manifests are written: words, lists and folded prose in
 * lines of 80 columns. Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_YAML_H
#define LOCKSTEP_MODEL_YAML_H

#include "base/buf.h"

#include <stdbool.h>

#define YAML_WIDTH 80

/* A scalar in flow or block style: bare where that is safe, else in quotes. */
void yaml_word(struct buf *out, const char *s);

/* The same, always in quotes: what is no word to YAML's eyes. */
void yaml_quoted(struct buf *out, const char *s);

/* "[a, b]" of n words; with `quoted`, each is in quotes. */
void yaml_list(struct buf *out, char *const *words, unsigned n, bool quoted);

/* Adds "key: value\n", indented; value is YAML already. A list that is too long
 * for the line goes on in the next. */
void yaml_field(struct buf *out, int indent, const char *key,
                const char *value);

/* The same for a text: folded ("key: >-" and indented lines) if folding gives
 * it back, else in quotes. */
void yaml_prose(struct buf *out, int indent, const char *key, const char *text);

#endif
