/* Names of the kinds, models and patterns.
 * SPDX-License-Identifier: MIT */
#include "model/kind.h"
#include "model/model.h"
#include "model/pattern.h"

#include <string.h>

static const char *const kinds[][2] = {
#define KIND_TEXT(name, id, text) {id, text},
    KIND_LIST(KIND_TEXT)
#undef KIND_TEXT
};

const char *kind_id(enum kind k)
{
    return kinds[k][0];
}

const char *kind_text(enum kind k)
{
    return kinds[k][1];
}

enum kind kind_by_id(const char *id)
{
    int k = 0;
    while (k < KIND_COUNT && strcmp(kinds[k][0], id) != 0)
        k++;
    return (enum kind)k;
}

static const char *const models[] = {
#define MODEL_TEXT(name, id) id,
    MODEL_LIST(MODEL_TEXT)
#undef MODEL_TEXT
};

const char *model_id(enum model m)
{
    return models[m];
}

enum model model_by_id(const char *id)
{
    int m = 0;
    while (m < MODEL_COUNT && strcmp(models[m], id) != 0)
        m++;
    return (enum model)m;
}

static const char *const patterns[][3] = {
#define PATTERN_TEXT(name, id, title, source) {id, title, source},
    PATTERN_LIST(PATTERN_TEXT)
#undef PATTERN_TEXT
};

const char *pattern_id(enum pattern p)
{
    return patterns[p][0];
}

const char *pattern_title(enum pattern p)
{
    return patterns[p][1];
}

const char *pattern_source(enum pattern p)
{
    return patterns[p][2];
}

enum pattern pattern_by_id(const char *id)
{
    int p = 0;
    while (p < PATTERN_COUNT && strcmp(patterns[p][0], id) != 0)
        p++;
    return (enum pattern)p;
}
