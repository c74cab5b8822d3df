/* Findings as text, so that a test can show all that was read of a report.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_TOLD_H
#define LOCKSTEP_TESTS_TOLD_H

#include "base/buf.h"
#include "base/str.h"
#include "model/finding.h"
#include "os/fs.h"

#include <stdbool.h>
#include <stdlib.h>

#define TOLD_OR(s) ((s) ? (s) : "-")

static inline void told_frame(struct buf *b, const struct frame *f)
{
    buf_addf(b, "    %s %s:%d:%d %s\n", TOLD_OR(f->function), TOLD_OR(f->file),
             f->line, f->col, TOLD_OR(f->module));
}

/* whole: every frame; else the user's own place of each access. */
static inline void told_access(struct buf *b, const struct access *a,
                               bool whole)
{
    buf_addf(b, "  %s%s by %s", a->previous ? "previous " : "",
             role_id(a->role), TOLD_OR(a->thread));
    const struct frame *place = access_place(a);
    if (whole)
        buf_adds(b, "\n");
    else if (place)
        buf_addf(b, " at %s %s:%d\n", TOLD_OR(place->function), place->file,
                 place->line);
    else
        buf_addf(b, " at no place of %zu\n", a->stack.n);
    for (size_t i = 0; whole && i < a->stack.n; i++)
        told_frame(b, &a->stack.v[i]);
}

/* Owned by the caller. */
static inline char *told(const struct findings *l, bool whole)
{
    struct buf b = {0};
    for (size_t i = 0; i < l->n; i++) {
        const struct finding *f = &l->v[i];
        buf_addf(&b, "%s %s: %s [%s] {%s}\n", f->detector, kind_id(f->kind),
                 f->native, TOLD_OR(f->object), f->message);
        for (size_t j = 0; j < f->accesses.n; j++)
            told_access(&b, &f->accesses.v[j], whole);
    }
    return buf_take(&b);
}

/* Compares every report GOLDEN_DIR/ID/NAME.EXT, as parse tells it, with
 * NAME.told beside it, the "hit" frame by frame; returns how many there were.
 * To be included after cmocka.h. */
static inline size_t told_goldens(const char *id, const char *ext,
                                  void (*parse)(const char *id,
                                                const struct buf *text,
                                                struct findings *l))
{
    size_t n = 0;
    char *dir = str_fmt("%s/%s", GOLDEN_DIR, id);
    struct strv names = {0};
    assert_int_equal(fs_list(dir, &names), ERR_OK);
    for (size_t i = 0; i < names.n; i++) {
        if (!str_ends(names.v[i], ext))
            continue;
        size_t stem = strlen(names.v[i]) - strlen(ext);
        char *report = fs_join(dir, names.v[i]);
        char *expected = str_fmt("%s/%.*stold", dir, (int)stem, names.v[i]);
        struct buf text = {0}, want = {0};
        struct findings l = {0};
        assert_int_equal(fs_read(report, &text), ERR_OK);
        assert_int_equal(fs_read(expected, &want), ERR_OK);
        parse(id, &text, &l);
        char *got = told(&l, str_starts(names.v[i], "hit."));
        assert_string_equal(got, buf_str(&want));
        free(got);
        findings_fini(&l);
        buf_fini(&want);
        buf_fini(&text);
        free(expected);
        free(report);
        n++;
    }
    strv_fini(&names);
    free(dir);
    return n;
}

#endif
