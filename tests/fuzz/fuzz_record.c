/* Fuzzes the change of a manifest in place: a record that says what the text
 * says gives its bytes back, and another number changes nothing else.
 * SPDX-License-Identifier: MIT */
#include "model/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void record_of(const struct manifest *m, struct record *r)
{
    for (unsigned i = 0; i < m->plain_count; i++)
        vec_push(&r->plain, ((struct plain_record){m->plain[i], (int)i}));
    for (unsigned i = 0; i < m->expect_count; i++) {
        struct expect_record e = {.is = m->expect[i], .from = (int)i};
        for (unsigned j = 0; j < m->expect[i].detectors_count; j++)
            strv_add(&e.detectors, m->expect[i].detectors[j]);
        vec_push(&r->expect, e);
    }
}

/* What is not OK has been told, and has no whole text. */
static enum err write(const struct record *r, const struct manifest *m,
                      const char *text, size_t n, struct record_text *t)
{
    struct diag d = {0};
    enum err e = record_write(r, m, "case.yaml", text, n, t, &d);
    if ((e == ERR_OK) != (d.messages.n == 0) ||
        (e != ERR_OK && t->whole.len > 0))
        abort();
    diag_fini(&d);
    return e;
}

static void try_manifest(const struct manifest *m, const char *text, size_t n)
{
    struct record r = {0};
    struct record_text t;
    record_of(m, &r);
    enum err e = write(&r, m, text, n, &t);
    if (e == ERR_OK && (t.whole.len != n || memcmp(t.whole.data, text, n) != 0))
        abort();
    record_text_fini(&t);
    if (r.plain.n > 0) {
        r.plain.v[0].is.shows ^= 1;
        enum err again = write(&r, m, text, n, &t);
        /* What can be left alone can be changed, if its lines are lines. */
        if (again == ERR_OK && e != ERR_OK)
            abort();
        record_text_fini(&t);
    }
    record_fini(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct buf text = {0};
    struct manifest *m = NULL;
    struct diag d = {0};
    buf_add(&text, data, n);
    if (manifest_read("case.yaml", buf_str(&text), n, &m, &d) == ERR_OK)
        try_manifest(m, buf_str(&text), n);
    manifest_free(m);
    diag_fini(&d);
    buf_fini(&text);
    return 0;
}
