/* Counting what suppressions kept back.
 * SPDX-License-Identifier: MIT */
#include "model/suppressed.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

void suppressed_add(struct suppressed_list *l, const char *name, size_t length,
                    unsigned long n)
{
    for (size_t i = 0; i < l->n; i++)
        if (strlen(l->v[i].name) == length &&
            strncmp(l->v[i].name, name, length) == 0) {
            l->v[i].count += n;
            return;
        }
    vec_push(l, ((struct suppressed){str_ndup(name, length), n}));
}

void suppressed_fini(struct suppressed_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].name);
    vec_fini(l);
}
