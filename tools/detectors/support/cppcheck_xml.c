/* Makes findings of cppcheck's errors, with expat.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cppcheck_xml.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

static const struct rule rules[] = {
    /* Of posix.cfg: it keeps its result in memory that threads share. */
    {NULL, "Non reentrant function '", NULL, KIND_DATA_RACE, AID_NONE},
    {"threadsafety-threadsafety", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"threadsafety-threadsafety-const", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"raceAfterInterlockedDecrement", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"mktempCalled", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"localMutex", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"globalLockGuard", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"doubleFree", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
    {"deallocuse", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
    {"deallocret", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
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
    bool begun, complete;
    char *why;         /* the source was not understood */
    struct finding *f; /* being read, the last of findings; or NULL */
    bool in_symbol;
    struct buf symbol;
};

static const char *attribute(const char **attr, const char *name)
{
    for (; attr[0]; attr += 2)
        if (str_eq(attr[0], name))
            return attr[1];
    return "";
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
    r->f = NULL;
    buf_clear(&r->symbol);
    if (!is_giving_up(id) && r->findings->n < REPORT_MAX_FINDINGS)
        r->f = rule_add(r->findings, r->detector, rules, id,
                        attribute(attr, "msg"));
    if (!is_giving_up(id) || r->why)
        return;
    const char *message = attribute(attr, "msg");
    char *copy = report_text(message, strlen(message));
    r->why = str_fmt("the source cannot be read: %s", copy);
    free(copy);
}

/* The first location is where the mistake is, the others lead to it. */
static void add_location(struct reader *r, const char **attr)
{
    if (r->f->accesses.n == 0)
        rule_place(r->f, ROLE_ACCESS, attribute(attr, "file"),
                   atoi(attribute(attr, "line")),
                   atoi(attribute(attr, "column")));
}

static void end_error(struct reader *r)
{
    if (r->f && r->symbol.len)
        r->f->object = report_text(buf_str(&r->symbol), r->symbol.len);
    r->f = NULL;
}

static void XMLCALL on_start(void *arg, const char *name, const char **attr)
{
    struct reader *r = arg;
    if (str_eq(name, "results"))
        r->begun = str_eq(attribute(attr, "version"), "2");
    else if (str_eq(name, "error"))
        begin_error(r, attr);
    else if (r->f && str_eq(name, "location"))
        add_location(r, attr);
    else if (r->f && str_eq(name, "symbol"))
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
    if (!r.why && !r.complete)
        r.why = str_dup("its report is not whole, or none");
    if (r.why)
        *problem = r.why;
    buf_fini(&r.symbol);
    XML_ParserFree(r.parser);
    return r.why ? ERR_INVALID : ERR_OK;
}
