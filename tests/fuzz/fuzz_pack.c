/* Fuzzes what is read back from the history: a database may come from another
 * computer. What can be read is written again byte by byte, numbers aside that
 * had more bytes than they need.
 * SPDX-License-Identifier: MIT */
#include "history/packed.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* One struct, in either direction. */
union any {
    struct result result;
    struct report head;
    struct case_texts texts;
};

static void pack_any(struct pack *p, union any *x, unsigned which,
                     struct strv *borrowed)
{
    if (which == 0)
        packed_result(p, &x->result);
    else if (which == 1)
        packed_head(p, &x->head, borrowed);
    else
        packed_case(p, &x->texts);
}

static void fini_any(union any *x, unsigned which)
{
    if (which == 0)
        result_fini(&x->result);
    else if (which == 1)
        report_fini(&x->head);
    else
        case_texts_fini(&x->texts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    union any x, y;
    struct strv borrowed = {0};
    struct pack in, out = {0}, again = {0};
    unsigned which = n ? data[0] % 3 : 0;
    memset(&x, 0, sizeof x);
    memset(&y, 0, sizeof y);
    in = pack_of(data + (n > 0), n - (n > 0));
    pack_any(&in, &x, which, &borrowed);
    if (pack_done(&in)) {
        pack_any(&out, &x, which, NULL);
        struct pack back = pack_of(out.out.data, out.out.len);
        pack_any(&back, &y, which, &borrowed);
        if (!pack_done(&back))
            abort();
        pack_any(&again, &y, which, NULL);
        if (again.out.len != out.out.len ||
            memcmp(again.out.data, out.out.data, out.out.len) != 0)
            abort();
        fini_any(&y, which);
    }
    fini_any(&x, which);
    pack_fini(&out);
    pack_fini(&again);
    strv_fini(&borrowed);
    return 0;
}
