/* Names of the kinds and models.
 * SPDX-License-Identifier: MIT */
#include "model/kind.h"
#include "model/model.h"

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
