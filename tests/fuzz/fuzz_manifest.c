/* Fuzzes the reader of case.yaml and the search for places in it.
 * SPDX-License-Identifier: MIT */
#include "model/manifest.h"
#include "model/place.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int lines_of(const char *text, size_t n)
{
    int lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n' || text[i] == '\r' || text[i] == '\x85' ||
                 text[i] == '\xe2';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const lists[] = {"truth", "plain", "expect", "variants"};
    const char *text = (const char *)data;
    struct manifest *m = NULL;
    struct diag d = {0};
    enum err e = manifest_read("case.yaml", text, n, &m, &d);
    if ((e == ERR_OK) != (m != NULL) || (e == ERR_OK) != (d.messages.n == 0))
        abort();
    if (m && (!m->title || !m->origin || !m->scenario))
        abort();
    int most = lines_of(text, n);
    for (size_t i = 0; i < 4; i++) {
        int first = place_of_entry(text, n, lists[i], 0);
        if (first < 0 || first > most)
            abort();
        if (m && manifest_line(text, n, m->title, 0) == 0)
            abort();
    }
    if (m && m->truth_count && place_of_entry(text, n, "truth", 0) == 0)
        abort();
    manifest_free(m);
    diag_fini(&d);
    return 0;
}
