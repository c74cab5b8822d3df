/* Reads Valgrind's XML with expat.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/symbols.h"
#include "detectors/support/valgrind.h"
#include "detectors/support/valgrind_kind.h"

#include <expat.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_THREADS = 1024 }; /* whose creation is remembered */

/* What is being read. */
enum scope { NOWHERE, IN_ERROR, IN_SIGNAL, IN_ANNOUNCE };

/* What the stacks in an element of an error are. */
enum aside { TELLS, CREATES, BOUNDS };

struct thread {
    char *id;
    struct frames stack;
};

struct reader {
    XML_Parser xml;
    const char *detector;
    bool named;
    struct findings *findings;
    size_t dropped;
    struct valgrind_report *report;

    enum scope scope;
    enum aside aside;
    bool in_args, in_frame;
    struct buf text; /* of the innermost element */

    /* of the error, signal or thread being read */
    char *native, *event, *id;
    struct buf what, aux;
    char *object;
    struct accesses accesses;
    struct strv thread_ids;
    bool fatal;

    struct frames stack;
    struct frame frame;
    char *dir, *file;

    VEC(struct thread) threads;
    struct symbols symbols;
};

static void set(char **field, const struct buf *text)
{
    free(*field);
    *field = report_text(buf_str(text), text->len);
}

static void drop_frame(struct reader *r)
{
    frame_fini(&r->frame);
    free(r->dir);
    free(r->file);
    r->dir = r->file = NULL;
    r->in_frame = false;
}

static void drop_stack(struct reader *r)
{
    drop_frame(r);
    for (size_t i = 0; i < r->stack.n; i++)
        frame_fini(&r->stack.v[i]);
    vec_fini(&r->stack);
}

/* Forgets what is being read. */
static void drop(struct reader *r)
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
    drop_stack(r);
    r->fatal = false;
    r->scope = NOWHERE;
    r->aside = TELLS;
}

/* ---- stacks ---- */

static void end_frame(struct reader *r)
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
    drop_frame(r);
}

static struct access *place_stack(struct reader *r)
{
    const char *what = buf_str(&r->what), *aux = buf_str(&r->aux);
    struct access *a = accesses_add(&r->accesses, ROLE_ACCESS);
    if (r->scope == IN_SIGNAL)
        return a;
    if (r->aside == CREATES) {
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

static void end_stack(struct reader *r)
{
    bool wanted = r->scope == IN_ERROR || r->scope == IN_SIGNAL;
    if (wanted && r->aside != BOUNDS && r->accesses.n < REPORT_MAX_ACCESSES) {
        place_stack(r)->stack = r->stack;
        r->stack = (struct frames){0};
    }
    if (r->scope != IN_ANNOUNCE)
        drop_stack(r);
}

/* ---- threads ---- */

static void end_announce(struct reader *r)
{
    if (r->id && r->stack.n && r->threads.n < MAX_THREADS) {
        struct thread t = {r->id, r->stack};
        vec_push(&r->threads, t);
        r->id = NULL;
        r->stack = (struct frames){0};
    }
    drop(r);
}

static void tell_creation(struct reader *r, const char *id)
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

static void tell_threads(struct reader *r)
{
    for (size_t i = 0; i < r->thread_ids.n; i++)
        tell_creation(r, r->thread_ids.v[i]);
}

/* ---- findings ---- */

/* The text with the addresses that symbols are known of replaced by these;
 * the names go to *names, comma between. */
static char *name_addresses(const struct symbols *s, const char *text,
                            char **names)
{
    struct buf out = {0};
    struct strv found = {0};
    for (const char *hex; (hex = strstr(text, "0x")) != NULL;) {
        char *end;
        uint64_t address = strtoull(hex, &end, 16);
        const char *name = symbols_name(s, address);
        buf_add(&out, text, (size_t)(hex - text));
        if (end <= hex + 1) /* "0x" without digits */
            end = strchr(hex, 'x') + 1;
        if (name)
            buf_adds(&out, name);
        else
            buf_add(&out, hex, (size_t)(end - hex));
        if (name && !strv_has(&found, name))
            strv_add(&found, name);
        text = end;
    }
    buf_adds(&out, text);
    struct buf list = {0};
    for (size_t i = 0; i < found.n; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", found.v[i]);
    *names = found.n ? buf_take(&list) : NULL;
    strv_fini(&found);
    return buf_take(&out);
}

static void keep(struct reader *r, enum kind kind, char *message)
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

static void end_error(struct reader *r)
{
    const char *what = buf_str(&r->what);
    enum kind kind = valgrind_kind(r->native ? r->native : "", what);
    char *names = NULL;
    char *message = name_addresses(&r->symbols, what, &names);
    if (!r->object)
        r->object = names;
    else
        free(names);
    tell_threads(r);
    keep(r, kind, message);
}

/* Signals by which a program falls over itself. Others, such as TERM, came
 * from outside. */
static bool is_crash(const char *signo)
{
    static const char *const own[] = {"4", "5", "6", "7", "8", "11", "31"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(signo, own[i]))
            return true;
    return false;
}

static void end_signal(struct reader *r)
{
    if (!r->fatal) {
        drop(r);
        return;
    }
    keep(r, KIND_CRASH,
         str_fmt("killed by %s: %s", r->native ? r->native : "a signal",
                 r->event ? r->event : "no details"));
}

/* ---- elements ---- */

static void enter(struct reader *r, enum scope scope)
{
    drop(r);
    r->scope = scope;
}

/* DRD's way to say that the object is allocated. */
static void enter_block(struct reader *r)
{
    r->aside = CREATES;
    if (r->scope == IN_ERROR && !r->object)
        r->object = str_dup("heap block");
}

static void XMLCALL on_start(void *arg, const char *name, const char **attr)
{
    struct reader *r = arg;
    (void)attr;
    buf_clear(&r->text);
    if (str_eq(name, "valgrindoutput"))
        r->report->begun = true;
    else if (str_eq(name, "error"))
        enter(r, IN_ERROR);
    else if (str_eq(name, "fatal_signal"))
        enter(r, IN_SIGNAL);
    else if (str_eq(name, "announcethread"))
        enter(r, IN_ANNOUNCE);
    else if (str_eq(name, "argv"))
        r->in_args = true;
    else if (str_eq(name, "stack"))
        drop_stack(r);
    else if (str_eq(name, "frame"))
        drop_frame(r), r->in_frame = true;
    else if (str_eq(name, "first_observed_at"))
        r->aside = CREATES;
    else if (str_eq(name, "allocation_context"))
        enter_block(r);
    else if (str_starts(name, "other_segment_"))
        r->aside = BOUNDS;
}

static bool end_of_frame_part(struct reader *r, const char *name)
{
    char **field = str_eq(name, "fn")     ? &r->frame.function
                   : str_eq(name, "obj")  ? &r->frame.module
                   : str_eq(name, "dir")  ? &r->dir
                   : str_eq(name, "file") ? &r->file
                                          : NULL;
    if (!r->in_frame)
        return false;
    if (field)
        set(field, &r->text);
    else if (str_eq(name, "line"))
        r->frame.line = atoi(buf_str(&r->text));
    else
        return false;
    return true;
}

/* A second text goes on where the first one stopped: "pthread_join failed"
 * "with error code 35". */
static void add_what(struct reader *r)
{
    if (r->what.len > REPORT_MAX_TEXT)
        return;
    char *text = report_text(buf_str(&r->text), r->text.len);
    buf_addf(&r->what, "%s%s", r->what.len ? " " : "", text);
    free(text);
}

static void add_aux(struct reader *r)
{
    char *text = report_text(buf_str(&r->text), r->text.len);
    buf_clear(&r->aux);
    buf_adds(&r->aux, text);
    if (!r->object)
        r->object = valgrind_object(text);
    free(text);
}

static void end_of_error_part(struct reader *r, const char *name)
{
    bool main_text = r->accesses.n == 0;
    if (str_eq(name, "kind"))
        set(&r->native, &r->text);
    else if (r->aside != TELLS)
        return;
    else if (str_eq(name, "what") || (str_eq(name, "text") && main_text))
        add_what(r);
    else if (str_eq(name, "auxwhat") || str_eq(name, "text"))
        add_aux(r);
    else if (str_eq(name, "hthreadid") &&
             r->thread_ids.n < REPORT_MAX_ACCESSES &&
             !strv_has(&r->thread_ids, buf_str(&r->text)))
        strv_add(&r->thread_ids, buf_str(&r->text));
}

static void end_of_part(struct reader *r, const char *name)
{
    if (r->scope == IN_ERROR)
        end_of_error_part(r, name);
    else if (r->scope == IN_ANNOUNCE && str_eq(name, "hthreadid"))
        set(&r->id, &r->text);
    else if (r->scope == IN_SIGNAL && str_eq(name, "signame"))
        set(&r->native, &r->text);
    else if (r->scope == IN_SIGNAL && str_eq(name, "event"))
        set(&r->event, &r->text);
    else if (r->scope == IN_SIGNAL && str_eq(name, "signo"))
        r->fatal = is_crash(buf_str(&r->text));
    else if (r->in_args && r->named && str_eq(name, "exe") && r->symbols.n == 0)
        symbols_load(buf_str(&r->text), &r->symbols);
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct reader *r = arg;
    if (str_eq(name, "valgrindoutput"))
        r->report->complete = true;
    else if (str_eq(name, "frame"))
        end_frame(r);
    else if (str_eq(name, "stack"))
        end_stack(r);
    else if (str_eq(name, "error") && r->scope == IN_ERROR)
        end_error(r);
    else if (str_eq(name, "fatal_signal") && r->scope == IN_SIGNAL)
        end_signal(r);
    else if (str_eq(name, "announcethread") && r->scope == IN_ANNOUNCE)
        end_announce(r);
    else if (str_eq(name, "argv"))
        r->in_args = false;
    else if (str_eq(name, "first_observed_at") ||
             str_eq(name, "allocation_context") ||
             str_starts(name, "other_segment_"))
        r->aside = TELLS;
    else if (!end_of_frame_part(r, name))
        end_of_part(r, name);
    buf_clear(&r->text);
}

static void XMLCALL on_text(void *arg, const char *s, int n)
{
    struct reader *r = arg;
    size_t room = REPORT_MAX_TEXT - r->text.len;
    buf_add(&r->text, s, (size_t)n < room ? (size_t)n : room);
}

/* Valgrind declares no document type; entities could only be an attack. */
static void XMLCALL on_doctype(void *arg, const char *name, const char *sysid,
                               const char *pubid, int internal)
{
    struct reader *r = arg;
    (void)name, (void)sysid, (void)pubid, (void)internal;
    XML_StopParser(r->xml, XML_FALSE);
}

static void reader_fini(struct reader *r)
{
    drop(r);
    for (size_t i = 0; i < r->threads.n; i++) {
        struct access a = {.stack = r->threads.v[i].stack};
        access_fini(&a);
        free(r->threads.v[i].id);
    }
    vec_fini(&r->threads);
    symbols_fini(&r->symbols);
    buf_fini(&r->text);
    buf_fini(&r->what);
    buf_fini(&r->aux);
    XML_ParserFree(r->xml);
}

void valgrind_parse_xml(const char *detector, const char *text, size_t n,
                        bool named, struct findings *findings,
                        struct valgrind_report *report)
{
    struct reader r = {.xml = XML_ParserCreate(NULL),
                       .detector = detector,
                       .named = named,
                       .findings = findings,
                       .report = report};
    *report = (struct valgrind_report){0};
    XML_SetUserData(r.xml, &r);
    XML_SetElementHandler(r.xml, on_start, on_end);
    XML_SetCharacterDataHandler(r.xml, on_text);
    XML_SetStartDoctypeDeclHandler(r.xml, on_doctype);
    for (size_t at = 0, piece; at < n; at += piece) {
        piece = n - at < 1 << 16 ? n - at : 1 << 16;
        if (XML_Parse(r.xml, text + at, (int)piece, 0) != XML_STATUS_OK)
            break; /* cut off, or no XML: report tells */
    }
    report_note_dropped(findings, r.dropped);
    reader_fini(&r);
}
