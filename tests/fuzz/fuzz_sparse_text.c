/* Fuzzes the reader of sparse's text.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/sparse_text.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    enum err e = sparse_text_parse("fuzz", (const char *)data, n, &l, &problem);
    if ((e == ERR_OK) != (problem == NULL))
        abort();
    for (size_t i = 0; i < l.n; i++)
        if (!l.v[i].message || !l.v[i].native ||
            !finding_same(&l.v[i], &l.v[i]))
            abort();
    findings_fini(&l);
    free(problem);
    return 0;
}
