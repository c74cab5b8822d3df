/* Fuzzes the search for labels and functions in sources.
 * SPDX-License-Identifier: MIT */
#include "model/site.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct sites l = {0};
    struct diag d = {0};
    char *text = str_ndup((const char *)data, n);
    int lines = 1;
    for (const char *p = text; *p; p++)
        lines += *p == '\n';
    enum err e = site_scan("fuzz.c", text, &l, &d);
    if ((e == ERR_OK) != (d.messages.n == 0))
        abort();
    for (size_t i = 0; i < l.n; i++) {
        const struct site *s = &l.v[i];
        if (s->line < 1 || s->line > lines || !*s->label ||
            site_find(&l, s->label) != s)
            abort();
        if (s->function && !strstr(text, s->function))
            abort();
        if (i > 0 && s->line < s[-1].line)
            abort();
    }
    sites_fini(&l);
    diag_fini(&d);
    free(text);
    return 0;
}
