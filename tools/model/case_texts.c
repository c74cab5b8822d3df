/* The texts of a case.
 * SPDX-License-Identifier: MIT */
#include "model/corpus.h"

#include <stdlib.h>

void case_texts_of(const struct scenario_case *c, struct case_texts *out)
{
    *out = (struct case_texts){.id = str_dup(c->id),
                               .dir = str_dup(c->dir),
                               .manifest = str_dup(c->text)};
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        struct source_text s = {str_dup(str_basename(v->source)),
                                str_dup(v->text)};
        vec_push(&out->sources, s);
    }
}

void case_texts_fini(struct case_texts *t)
{
    for (size_t i = 0; i < t->sources.n; i++) {
        free(t->sources.v[i].file);
        free(t->sources.v[i].text);
    }
    vec_fini(&t->sources);
    free(t->id);
    free(t->dir);
    free(t->manifest);
}
