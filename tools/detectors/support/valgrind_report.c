/* Reads Valgrind's XML with expat.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/valgrind.h"
#include "detectors/support/valgrind_kind.h"
#include "detectors/support/valgrind_reader.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

struct xml {
    XML_Parser parser;
    bool named; /* look up addresses */
    bool in_args;
    struct buf text; /* of the innermost element */
    struct valgrind_report *report;
    struct valgrind_reader reader;
};

static void set(char **field, const struct buf *text)
{
    free(*field);
    *field = report_text(buf_str(text), text->len);
}

/* DRD's way to say that the object is allocated. */
static void enter_block(struct valgrind_reader *r)
{
    r->aside = VALGRIND_CREATES;
    if (r->scope == VALGRIND_IN_ERROR && !r->object)
        r->object = str_dup("heap block");
}

static void XMLCALL on_start(void *arg, const char *name, const char **attr)
{
    struct xml *x = arg;
    struct valgrind_reader *r = &x->reader;
    (void)attr;
    buf_clear(&x->text);
    if (str_eq(name, "valgrindoutput"))
        x->report->begun = true;
    else if (str_eq(name, "error"))
        valgrind_reader_enter(r, VALGRIND_IN_ERROR);
    else if (str_eq(name, "fatal_signal"))
        valgrind_reader_enter(r, VALGRIND_IN_SIGNAL);
    else if (str_eq(name, "announcethread"))
        valgrind_reader_enter(r, VALGRIND_IN_ANNOUNCE);
    else if (str_eq(name, "argv"))
        x->in_args = true;
    else if (str_eq(name, "stack"))
        valgrind_reader_drop_stack(r);
    else if (str_eq(name, "frame"))
        valgrind_reader_drop_frame(r), r->in_frame = true;
    else if (str_eq(name, "first_observed_at"))
        r->aside = VALGRIND_CREATES;
    else if (str_eq(name, "allocation_context"))
        enter_block(r);
    else if (str_starts(name, "other_segment_"))
        r->aside = VALGRIND_BOUNDS;
}

static bool end_of_frame_part(struct xml *x, const char *name)
{
    struct valgrind_reader *r = &x->reader;
    char **field = str_eq(name, "fn")     ? &r->frame.function
                   : str_eq(name, "obj")  ? &r->frame.module
                   : str_eq(name, "dir")  ? &r->dir
                   : str_eq(name, "file") ? &r->file
                                          : NULL;
    if (!r->in_frame)
        return false;
    if (field)
        set(field, &x->text);
    else if (str_eq(name, "line"))
        r->frame.line = atoi(buf_str(&x->text));
    else
        return false;
    return true;
}

/* A second text goes on where the first one stopped: "pthread_join failed"
 * "with error code 35". */
static void add_what(struct xml *x)
{
    struct valgrind_reader *r = &x->reader;
    if (r->what.len > REPORT_MAX_TEXT)
        return;
    char *text = report_text(buf_str(&x->text), x->text.len);
    buf_addf(&r->what, "%s%s", r->what.len ? " " : "", text);
    free(text);
}

static void add_aux(struct xml *x)
{
    struct valgrind_reader *r = &x->reader;
    char *text = report_text(buf_str(&x->text), x->text.len);
    buf_clear(&r->aux);
    buf_adds(&r->aux, text);
    if (!r->object)
        r->object = valgrind_object(text);
    free(text);
}

static void end_of_error_part(struct xml *x, const char *name)
{
    struct valgrind_reader *r = &x->reader;
    bool main_text = r->accesses.n == 0;
    if (str_eq(name, "kind"))
        set(&r->native, &x->text);
    else if (r->aside != VALGRIND_TELLS)
        return;
    else if (str_eq(name, "what") || (str_eq(name, "text") && main_text))
        add_what(x);
    else if (str_eq(name, "auxwhat") || str_eq(name, "text"))
        add_aux(x);
    else if (str_eq(name, "hthreadid") &&
             r->thread_ids.n < REPORT_MAX_ACCESSES &&
             !strv_has(&r->thread_ids, buf_str(&x->text)))
        strv_add(&r->thread_ids, buf_str(&x->text));
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

static void end_of_part(struct xml *x, const char *name)
{
    struct valgrind_reader *r = &x->reader;
    if (r->scope == VALGRIND_IN_ERROR)
        end_of_error_part(x, name);
    else if (r->scope == VALGRIND_IN_ANNOUNCE && str_eq(name, "hthreadid"))
        set(&r->id, &x->text);
    else if (r->scope == VALGRIND_IN_SIGNAL && str_eq(name, "signame"))
        set(&r->native, &x->text);
    else if (r->scope == VALGRIND_IN_SIGNAL && str_eq(name, "event"))
        set(&r->event, &x->text);
    else if (r->scope == VALGRIND_IN_SIGNAL && str_eq(name, "signo"))
        r->fatal = is_crash(buf_str(&x->text));
    else if (x->in_args && x->named && str_eq(name, "exe") && r->symbols.n == 0)
        symbols_load(buf_str(&x->text), &r->symbols);
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct xml *x = arg;
    struct valgrind_reader *r = &x->reader;
    if (str_eq(name, "valgrindoutput"))
        x->report->complete = true;
    else if (str_eq(name, "frame"))
        valgrind_reader_end_frame(r);
    else if (str_eq(name, "stack"))
        valgrind_reader_end_stack(r);
    else if (str_eq(name, "error") && r->scope == VALGRIND_IN_ERROR)
        valgrind_reader_end_error(r);
    else if (str_eq(name, "fatal_signal") && r->scope == VALGRIND_IN_SIGNAL)
        valgrind_reader_end_signal(r);
    else if (str_eq(name, "announcethread") && r->scope == VALGRIND_IN_ANNOUNCE)
        valgrind_reader_end_thread(r);
    else if (str_eq(name, "argv"))
        x->in_args = false;
    else if (str_eq(name, "first_observed_at") ||
             str_eq(name, "allocation_context") ||
             str_starts(name, "other_segment_"))
        r->aside = VALGRIND_TELLS;
    else if (!end_of_frame_part(x, name))
        end_of_part(x, name);
    buf_clear(&x->text);
}

static void XMLCALL on_text(void *arg, const char *s, int n)
{
    struct xml *x = arg;
    size_t room = REPORT_MAX_TEXT - x->text.len;
    buf_add(&x->text, s, (size_t)n < room ? (size_t)n : room);
}

/* Valgrind declares no document type; entities could only be an attack. */
static void XMLCALL on_doctype(void *arg, const char *name, const char *sysid,
                               const char *pubid, int internal)
{
    struct xml *x = arg;
    (void)name, (void)sysid, (void)pubid, (void)internal;
    XML_StopParser(x->parser, XML_FALSE);
}

void valgrind_parse_xml(const char *detector, const char *text, size_t n,
                        bool named, struct findings *findings,
                        struct valgrind_report *report)
{
    struct xml x = {.parser = XML_ParserCreate(NULL),
                    .named = named,
                    .report = report,
                    .reader = {.detector = detector, .findings = findings}};
    *report = (struct valgrind_report){0};
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_start, on_end);
    XML_SetCharacterDataHandler(x.parser, on_text);
    XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
    for (size_t at = 0, piece; at < n; at += piece) {
        piece = n - at < 1 << 16 ? n - at : 1 << 16;
        if (XML_Parse(x.parser, text + at, (int)piece, 0) != XML_STATUS_OK)
            break; /* cut off, or no XML: report tells */
    }
    report_note_dropped(findings, x.reader.dropped);
    valgrind_reader_fini(&x.reader);
    buf_fini(&x.text);
    XML_ParserFree(x.parser);
}
