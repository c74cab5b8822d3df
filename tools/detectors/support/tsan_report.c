/* Reads a ThreadSanitizer report, line by line, in one pass.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/tsan.h"
#include "detectors/support/tsan_story.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    const char *detector;
    struct findings *findings;
    size_t dropped;
    char **problem;
    struct tsan_story cur;
    bool open;     /* cur is being read */
    bool stricken; /* a deadly signal that no report followed yet */
};

static void broke(struct reader *r, const char *s, size_t n)
{
    if (!*r->problem)
        *r->problem = report_text(s, n);
}

/* ---- one finding ---- */

static void describe(struct finding *f)
{
    if (!f->message)
        f->message = f->kind == KIND_CRASH ? str_fmt("killed by %s", f->native)
                     : f->object ? str_fmt("%s on %s", f->native, f->object)
                                 : str_dup(f->native);
}

static void finish(struct reader *r)
{
    if (!r->open)
        return;
    struct finding *f = &r->cur.finding;
    r->open = false;
    if (f->kind == KIND_CRASH &&
        (!f->accesses.n || !access_place(f->accesses.v))) {
        char *what =
            str_fmt("the ThreadSanitizer runtime crashed: %s", f->native);
        broke(r, what, strlen(what));
        free(what);
        finding_fini(f);
        return;
    }
    describe(f);
    report_keep(r->findings, f, &r->dropped);
}

static void start(struct reader *r, const char *native, size_t n, bool is_crash)
{
    finish(r);
    char *name = report_text(native, n);
    r->cur = (struct tsan_story){
        .finding = {.detector = str_dup(r->detector),
                    .kind = is_crash ? KIND_CRASH : tsan_kind(name),
                    .native = name},
    };
    r->open = true;
    r->stricken = false;
}

/* ---- lines ---- */

/* "WARNING: ThreadSanitizer: KIND (pid=1)". */
static bool warning(struct reader *r, const char *s, size_t n)
{
    static const char head[] = "WARNING: ThreadSanitizer: ";
    if (!report_begins(s, n, head))
        return false;
    s += sizeof head - 1;
    n -= sizeof head - 1;
    const char *pid = NULL;
    for (const char *p = s;
         (p = report_within(p, n - (size_t)(p - s), " (pid=")); p++)
        pid = p;
    if (pid) /* else it speaks of itself: "memory layout is incompatible" */
        start(r, s, (size_t)(pid - s), false);
    return true;
}

/* "==1==ERROR: ThreadSanitizer: SEGV on unknown address 0x0 (pc ...". */
static bool deadly(struct reader *r, const char *s, size_t n)
{
    static const char head[] = "ERROR: ThreadSanitizer: ";
    if (report_begins(s, n, "ThreadSanitizer:DEADLYSIGNAL")) {
        finish(r);
        r->stricken = true;
        return true;
    }
    if (!report_begins(s, n, head))
        return false;
    s += sizeof head - 1;
    n -= sizeof head - 1;
    const char *stop = memchr(s, ' ', n);
    start(r, s, stop ? (size_t)(stop - s) : n, true);
    return true;
}

static bool runtime_failed(struct reader *r, const char *s, size_t n)
{
    static const char *const words[] = {
        "FATAL: ThreadSanitizer",
        "ThreadSanitizer: CHECK failed",
        "ThreadSanitizer CHECK failed",
        "ThreadSanitizer: nested bug",
        "ThreadSanitizer: failed to ",
        "ThreadSanitizer: starting new threads after multi-threaded fork",
        "ThreadSanitizer: unexpected memory mapping",
        "ERROR: ThreadSanitizer ",
        "ERROR: Can't ",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!report_begins(s, n, words[i]))
            continue;
        broke(r, s, n);
        r->stricken = false;
        if (r->open)
            finding_fini(&r->cur.finding);
        r->open = false;
        return true;
    }
    return false;
}

static void read_line(struct reader *r, const char *s, size_t n)
{
    const char *said = report_skip_pid(s);
    size_t left = (size_t)(s + n - said);
    if (warning(r, said, left) || runtime_failed(r, said, left) ||
        deadly(r, said, left) || !r->open)
        return;
    if (report_begins(s, n, "=================") ||
        report_begins(s, n, "SUMMARY: "))
        finish(r);
    else if (report_begins(s, n, "FR|"))
        tsan_story_frame(&r->cur, s + 3, n - 3);
    else if (n == 0)
        tsan_story_pause(&r->cur);
    else if (report_begins(s, n, "  "))
        tsan_story_heading(&r->cur, s + 2, n - 2);
    else
        tsan_story_detail(&r->cur, said, left);
}

enum err tsan_parse_text(const char *detector, const char *text, size_t n,
                         struct findings *findings, char **problem)
{
    char *broken = NULL;
    struct reader r = {
        .detector = detector, .findings = findings, .problem = &broken};
    const char *line;
    size_t pos = 0, len;
    while (report_line(text, n, &pos, &line, &len))
        read_line(&r, line, len);
    if (r.open && (r.cur.settled || r.cur.finding.kind == KIND_CRASH))
        finish(&r);
    else if (r.open)
        finding_fini(&r.cur.finding);
    report_note_dropped(findings, r.dropped);
    if (r.stricken && !broken)
        broken = str_dup("the ThreadSanitizer runtime died of a signal that "
                         "it did not report");
    if (!broken)
        return ERR_OK;
    *problem = broken;
    return ERR_INVALID;
}
