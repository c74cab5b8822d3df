/* Makes findings of the errors and signals of an XML report.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind_reader.h"

#include "detectors/support/report.h"
#include "detectors/support/valgrind_kind.h"

#include <stdlib.h>

enum { MAX_THREADS = 1024 }; /* whose creation is remembered */

void valgrind_reader_drop_frame(struct valgrind_reader *r)
{
    frame_fini(&r->frame);
    free(r->dir);
    free(r->file);
    r->dir = r->file = NULL;
    r->in_frame = false;
}

void valgrind_reader_drop_stack(struct valgrind_reader *r)
{
    valgrind_reader_drop_frame(r);
    for (size_t i = 0; i < r->stack.n; i++)
        frame_fini(&r->stack.v[i]);
    vec_fini(&r->stack);
}

/* Forgets what is being read. */
static void drop(struct valgrind_reader *r)
{
    struct finding f = {
        .native = r->native, .object = r->object, .accesses = r->accesses};
    finding_fini(&f);
    r->native = r->object = NULL;
    r->accesses = (struct accesses){0};
    free(r->event);
    free(r->id);
    r->event = r->id = NULL;
    buf_clear(&r->what);
    buf_clear(&r->aux);
    strv_fini(&r->thread_ids);
    valgrind_reader_drop_stack(r);
    r->fatal = false;
    r->scope = VALGRIND_NOWHERE;
    r->aside = VALGRIND_TELLS;
}

void valgrind_reader_enter(struct valgrind_reader *r, enum valgrind_scope scope)
{
    drop(r);
    r->scope = scope;
}

/* ---- stacks ---- */

void valgrind_reader_end_frame(struct valgrind_reader *r)
{
    if (!r->in_frame)
        return;
    if (r->file && r->dir && r->file[0] != '/')
        r->frame.file = str_fmt("%s/%s", r->dir, r->file);
    else
        r->frame.file = str_dup(r->file);
    if (r->stack.n < REPORT_MAX_FRAMES) {
        vec_push(&r->stack, r->frame);
        r->frame = (struct frame){0};
    }
    valgrind_reader_drop_frame(r);
}

static struct access *place_stack(struct valgrind_reader *r)
{
    const char *what = buf_str(&r->what), *aux = buf_str(&r->aux);
    struct access *a = accesses_add(&r->accesses, ROLE_ACCESS);
    if (r->scope == VALGRIND_IN_SIGNAL)
        return a;
    if (r->aside == VALGRIND_CREATES) {
        a->role = ROLE_CREATED;
    } else if (r->accesses.n == 1) {
        enum kind kind = valgrind_kind(r->native ? r->native : "", what);
        a->role = valgrind_role(kind, what, &r->stack);
        a->thread = valgrind_thread(what);
    } else {
        a->role = valgrind_later_role(aux, &a->previous);
        a->thread = valgrind_thread(aux);
    }
    return a;
}

void valgrind_reader_end_stack(struct valgrind_reader *r)
{
    bool wanted =
        r->scope == VALGRIND_IN_ERROR || r->scope == VALGRIND_IN_SIGNAL;
    if (wanted && r->aside != VALGRIND_BOUNDS &&
        r->accesses.n < REPORT_MAX_ACCESSES) {
        place_stack(r)->stack = r->stack;
        r->stack = (struct frames){0};
    }
    if (r->scope != VALGRIND_IN_ANNOUNCE)
        valgrind_reader_drop_stack(r);
}

/* ---- threads ---- */

void valgrind_reader_end_thread(struct valgrind_reader *r)
{
    if (r->id && r->stack.n && r->threads.n < MAX_THREADS) {
        struct valgrind_announced t = {r->id, r->stack};
        vec_push(&r->threads, t);
        r->id = NULL;
        r->stack = (struct frames){0};
    }
    drop(r);
}

static void tell_creation(struct valgrind_reader *r, const char *id)
{
    for (size_t i = 0; i < r->threads.n; i++) {
        if (!str_eq(r->threads.v[i].id, id) ||
            r->accesses.n >= REPORT_MAX_ACCESSES)
            continue;
        struct access *a = accesses_add(&r->accesses, ROLE_CREATED);
        a->thread = str_fmt("thread #%s", id);
        report_copy_stack(&a->stack, &r->threads.v[i].stack);
        return;
    }
}

static void tell_threads(struct valgrind_reader *r)
{
    for (size_t i = 0; i < r->thread_ids.n; i++)
        tell_creation(r, r->thread_ids.v[i]);
}

/* ---- findings ---- */

static void keep(struct valgrind_reader *r, enum kind kind, char *message)
{
    struct finding f = {
        .detector = str_dup(r->detector),
        .kind = kind,
        .native = r->native ? r->native : str_dup("unknown"),
        .message = message,
        .object = r->object,
        .accesses = r->accesses,
    };
    r->native = r->object = NULL;
    r->accesses = (struct accesses){0};
    report_keep(r->findings, &f, &r->dropped);
    drop(r);
}

void valgrind_reader_end_error(struct valgrind_reader *r)
{
    const char *what = buf_str(&r->what);
    enum kind kind = valgrind_kind(r->native ? r->native : "", what);
    char *names = NULL;
    char *message = symbols_replace(&r->symbols, what, &names);
    if (!r->object)
        r->object = names;
    else
        free(names);
    tell_threads(r);
    keep(r, kind, message);
}

void valgrind_reader_end_signal(struct valgrind_reader *r)
{
    if (!r->fatal) {
        drop(r);
        return;
    }
    keep(r, KIND_CRASH,
         str_fmt("killed by %s: %s", r->native ? r->native : "a signal",
                 r->event ? r->event : "no details"));
}

void valgrind_reader_fini(struct valgrind_reader *r)
{
    drop(r);
    for (size_t i = 0; i < r->threads.n; i++) {
        struct access a = {.stack = r->threads.v[i].stack};
        access_fini(&a);
        free(r->threads.v[i].id);
    }
    vec_fini(&r->threads);
    symbols_fini(&r->symbols);
    buf_fini(&r->what);
    buf_fini(&r->aux);
}
