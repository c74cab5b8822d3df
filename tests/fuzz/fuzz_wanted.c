/* Fuzzes the reader of coverage.yaml.
 * SPDX-License-Identifier: MIT */
#include "model/wanted.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Each id was found in the text again, in its own list. */
static void check_lines(const struct wanted_id *l, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (!l[i].id || l[i].line <= 0)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct wanted *w = NULL;
    struct diag d = {0};
    enum err e =
        wanted_read("coverage.yaml", (const char *)data, n, NULL, &w, &d);
    if ((e == ERR_OK) != (w != NULL) || (e == ERR_OK) != (d.messages.n == 0))
        abort();
    if (w) {
        check_lines(w->cert, w->cert_count);
        check_lines(w->cwe, w->cwe_count);
        check_lines(w->patterns, w->patterns_count);
        for (unsigned i = 0; i < w->reports_count; i++)
            check_lines(w->reports[i].kinds, w->reports[i].kinds_count);
    }
    wanted_free(w);
    diag_fini(&d);
    return 0;
}
