/* Makes findings of cppcheck's errors, with expat.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cppcheck_xml.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

/* Those of posix.cfg that keep their result in memory that threads share. */
#define NOT_REENTRANT(X)                                                       \
    X(crypt)                                                                   \
    X(ctermid) X(fgetgrent) X(fgetpwent) X(fgetspent) X(getgrent) X(getgrgid)  \
        X(getgrnam) X(gethostbyname2) X(gethostent) X(getlogin)                \
            X(getnetbyaddr) X(getnetbyname) X(getnetent) X(getnetgrent)        \
                X(getprotobyname) X(getprotobynumber) X(getprotoent)           \
                    X(getpwent) X(getpwnam) X(getpwuid) X(getrpcbyname)        \
                        X(getrpcbynumber) X(getrpcent) X(getservbyname)        \
                            X(getservbyport) X(getservent) X(getspent)         \
                                X(getspnam) X(gmtime) X(localtime) X(readdir)  \
                                    X(sgetspent) X(strtok) X(tempnam)          \
                                        X(ttyname)

static const struct rule rules[] = {
#define CALLED(function) {#function "Called", KIND_DATA_RACE},
    NOT_REENTRANT(CALLED)
#undef CALLED
        {"threadsafety-threadsafety",
         KIND_DATA_RACE}, /* a local static object */
    {"threadsafety-threadsafety-const", KIND_DATA_RACE},
    {"raceAfterInterlockedDecrement", KIND_ATOMICITY},
    {"mktempCalled", KIND_ATOMICITY},
    {"localMutex", KIND_LOCK_MISUSE},
    {"globalLockGuard", KIND_LOCK_MISUSE},
    {"doubleFree", KIND_USE_AFTER_FREE},
    {"deallocuse", KIND_USE_AFTER_FREE},
    {"deallocret", KIND_USE_AFTER_FREE},
    {0},
};

/* What cppcheck says instead of reading on. */
static const char *const gave_up[] = {
    "syntaxError",          "unknownMacro",  "internalError",
    "internalAstError",     "cppcheckError", "preprocessorErrorDirective",
    "noValidConfiguration",
};

struct reader {
    XML_Parser parser;
    const char *detector;
    struct findings *findings;
    size_t dropped;
    bool begun, complete;
    char *why;     /* the source was not understood */
    bool in_error; /* its finding is being read */
    bool in_symbol;
    struct buf symbol;
    struct finding f;
};

static const char *attribute(const char **attr, const char *name)
{
    for (; attr[0]; attr += 2)
        if (str_eq(attr[0], name))
            return attr[1];
    return "";
}

static char *copy_of(const char **attr, const char *name)
{
    const char *s = attribute(attr, name);
    return report_text(s, strlen(s));
}

static bool is_giving_up(const char *id)
{
    for (size_t i = 0; i < sizeof gave_up / sizeof *gave_up; i++)
        if (str_eq(id, gave_up[i]))
            return true;
    return false;
}

static void begin_error(struct reader *r, const char **attr)
{
    const char *id = attribute(attr, "id");
    enum kind kind = rules_kind(rules, id);
    if (is_giving_up(id) && !r->why) {
        char *message = copy_of(attr, "msg");
        r->why = str_fmt("cppcheck cannot read the source: %s", message);
        free(message);
    }
    finding_fini(&r->f);
    buf_clear(&r->symbol);
    r->in_error = kind != RULES_UNRELATED && !is_giving_up(id);
    if (!r->in_error)
        return;
    r->f.detector = str_dup(r->detector);
    r->f.kind = kind;
    r->f.native = copy_of(attr, "id");
    r->f.message = copy_of(attr, "msg");
}

/* The first location is where the mistake is, the others lead to it. */
static void add_location(struct reader *r, const char **attr)
{
    if (r->f.accesses.n > 0)
        return;
    struct access *a = accesses_add(&r->f.accesses, ROLE_ACCESS);
    struct frame *frame = frames_add(&a->stack);
    frame->file = copy_of(attr, "file");
    frame->line = atoi(attribute(attr, "line"));
    frame->col = atoi(attribute(attr, "column"));
}

static void end_error(struct reader *r)
{
    if (r->in_error) {
        if (r->symbol.len)
            r->f.object = report_text(buf_str(&r->symbol), r->symbol.len);
        report_keep(r->findings, &r->f, &r->dropped);
    }
    r->in_error = false;
}

static void XMLCALL on_start(void *arg, const char *name, const char **attr)
{
    struct reader *r = arg;
    if (str_eq(name, "results"))
        r->begun = str_eq(attribute(attr, "version"), "2");
    else if (str_eq(name, "error"))
        begin_error(r, attr);
    else if (r->in_error && str_eq(name, "location"))
        add_location(r, attr);
    else if (r->in_error && str_eq(name, "symbol"))
        r->in_symbol = r->symbol.len == 0;
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct reader *r = arg;
    if (str_eq(name, "results"))
        r->complete = r->begun;
    else if (str_eq(name, "error"))
        end_error(r);
    r->in_symbol = false;
}

static void XMLCALL on_text(void *arg, const char *s, int n)
{
    struct reader *r = arg;
    if (r->in_symbol && r->symbol.len < REPORT_MAX_TEXT)
        buf_add(&r->symbol, s, (size_t)n);
}

/* cppcheck declares no document type; entities could only be an attack. */
static void XMLCALL on_doctype(void *arg, const char *name, const char *sysid,
                               const char *pubid, int internal)
{
    struct reader *r = arg;
    (void)name, (void)sysid, (void)pubid, (void)internal;
    XML_StopParser(r->parser, XML_FALSE);
}

static void read_all(struct reader *r, const char *text, size_t n)
{
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    for (size_t at = 0, piece; at < n; at += piece) {
        piece = n - at < 1 << 16 ? n - at : 1 << 16;
        if (XML_Parse(r->parser, text + at, (int)piece, 0) != XML_STATUS_OK)
            break;
    }
}

enum err cppcheck_xml_parse(const char *detector, const char *text, size_t n,
                            struct findings *findings, char **problem)
{
    struct reader r = {.parser = XML_ParserCreate(NULL),
                       .detector = detector,
                       .findings = findings};
    read_all(&r, text, n);
    report_note_dropped(findings, r.dropped);
    if (!r.why && !r.complete)
        r.why = str_dup("cppcheck's report is not whole, or none");
    if (r.why)
        *problem = r.why;
    finding_fini(&r.f);
    buf_fini(&r.symbol);
    XML_ParserFree(r.parser);
    return r.why ? ERR_INVALID : ERR_OK;
}
