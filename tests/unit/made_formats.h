/* A report that has some of everything, and what formats make of it. To be
 * included after cmocka.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_MADE_FORMATS_H
#define LOCKSTEP_TESTS_MADE_FORMATS_H

#include "engine/gate.h"
#include "engine/score.h"
#include "formats/format.h"

#include "made_report.h"

#define MADE_MANIFEST                                                          \
    SCRATCH_HEAD SCRATCH_TRUTH                                                 \
        "expect:\n"                                                            \
        "  - {detectors: [tsan-gcc, drd], verdict: flagged}\n"                 \
        "  - {detectors: [helgrind], verdict: missed, reason: blind}\n"        \
        "  - {detectors: [watchdog], verdict: missed, reason: It ends.}\n"

/* A race on `shared`, of line 4 by T1 with the same line by T2 before. */
static inline struct finding *made_race(struct result *r, const char *detector)
{
    struct finding *f =
        add_race(&r->findings, detector, r->variant->source, 4, 4);
    f->object = str_dup("shared");
    f->accesses.v[0].thread = str_dup("T1");
    f->accesses.v[0].stack.v[0].col = 5;
    f->accesses.v[1].previous = true;
    f->accesses.v[1].thread = str_dup("T2");
    f->accesses.v[1].stack.v[0].col = 5;
    return f;
}

static inline void made_full_of(struct made *m, const char *id);

/* Of a bug and its fix under four detectors: tsan-gcc does as recorded,
 * helgrind is better on the bug and has a false alarm, drd is worse, watchdog
 * is not installed. */
static inline void made_full(struct made *m)
{
    made_full_of(m, "class/pair");
}

/* The same of a case of that id. */
static inline void made_full_of(struct made *m, const char *id)
{
    static const char *const ids[] = {"drd", "helgrind", "tsan-gcc",
                                      "watchdog"};
    made_corpus(m, id, MADE_MANIFEST);
    for (size_t i = 0; i < 4; i++)
        made_detector(m, ids[i]);
    m->report.detectors.v[2].version = str_dup("gcc 12.2.0");
    m->report.detectors.v[3].usable = false;
    m->report.detectors.v[3].problem = str_dup("it is not there");
    m->report.host =
        (struct host_report){str_dup("Linux"), str_dup("a cpu"), 2, "cgroup"};
    m->report.timing = (struct timing_report){1, 2, 3, 2, 4, 5};
    made_result(m, m->bug, 0, OUTCOME_MISSED, 0, 3);
    made_race(made_result(m, m->bug, 1, OUTCOME_SOMETIMES, 2, 3), "helgrind");
    struct result *r = made_result(m, m->bug, 2, OUTCOME_FLAGGED, 3, 3);
    made_race(r, "tsan-gcc");
    r->command = str_dup("env A=B prog");
    r->seconds = 0.25;
    vec_push(&r->costs, ((struct run_cost){0.25, 0.125}));
    made_result(m, m->bug, 3, OUTCOME_SKIPPED, 0, 0)->note =
        str_dup("it is not there");
    made_result(m, m->fix, 0, OUTCOME_CLEAN, 0, 3);
    made_race(made_result(m, m->fix, 1, OUTCOME_FALSE_ALARM, 1, 3), "helgrind");
    made_result(m, m->fix, 2, OUTCOME_CLEAN, 0, 3);
    made_result(m, m->fix, 3, OUTCOME_SKIPPED, 0, 0);
    m->report.gate.asked = true;
    gate_judge(&m->report);
    score_report(&m->report);
}

/* The report as a format writes it, of n bytes if that is asked; owned by the
 * caller. The root is the folder of the test. */
static inline char *made_text(const struct made *m, const char *format,
                              const struct format_options *options, size_t *n)
{
    struct format_options o = options ? *options : (struct format_options){0};
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    o.root = o.root ? o.root : m->dir;
    assert_non_null(format_by_id(format));
    assert_int_equal(format_by_id(format)->write(&m->report, &o, out), ERR_OK);
    fclose(out);
    if (n)
        *n = size;
    return text;
}

/* text with each `from` as `to`; frees text. */
static inline char *made_replaced(char *text, const char *from, const char *to)
{
    struct buf b = {0};
    const char *rest = text;
    for (const char *at; (at = strstr(rest, from)); rest = at + strlen(from)) {
        buf_add(&b, rest, (size_t)(at - rest));
        buf_adds(&b, to);
    }
    buf_adds(&b, rest);
    free(text);
    return buf_take(&b);
}

/* Compares with GOLDEN_DIR/formats/name, the folder of the test being /made;
 * with GOLDEN_UPDATE in the environment, writes that file. */
static inline void made_golden(const struct made *m, char *text,
                               const char *name)
{
    char *path = str_fmt("%s/formats/%s", GOLDEN_DIR, name);
    char *encoded = made_replaced(str_dup(m->dir), " ", "%20");
    struct buf want = {0};
    text = made_replaced(text, m->dir, "/made");
    text = made_replaced(text, encoded, "/made");
    text = made_replaced(text, LOCKSTEP_VERSION, "VERSION");
    if (getenv("GOLDEN_UPDATE"))
        assert_int_equal(fs_write(path, text, strlen(text)), ERR_OK);
    assert_int_equal(fs_read(path, &want), ERR_OK);
    assert_string_equal(text, buf_str(&want));
    buf_fini(&want);
    free(encoded);
    free(path);
    free(text);
}

/* What nobody wishes for in a name or a message. */
#define MADE_HOSTILE                                                           \
    "=1+1 <script>alert(1)</script>\"'&lt;\n::error::x%0A]]>\001\033[31m"      \
    "\x7f\xff\xc3(\xe2\x80\xae|`*_[x](y)"

static inline void made_text_in(char **place, const char *text)
{
    free(*place);
    *place = str_dup(text);
}

/* Puts the text into what a finding says. */
static inline void made_hostile_finding(struct result *r, const char *text)
{
    struct finding *f = &r->findings.v[0];
    made_text_in(&f->object, text);
    made_text_in(&f->message, text);
    made_text_in(&f->detector, text);
    made_text_in(&f->native, text);
    made_text_in(&f->accesses.v[0].thread, text);
    made_text_in(&f->accesses.v[0].stack.v[0].function, text);
    made_text_in(&f->accesses.v[0].stack.v[0].module, text);
    f = findings_add(&r->findings, f->detector, KIND_DEADLOCK, "x");
    f->message = str_dup(text);
    char *path = str_fmt("/%s.c", text);
    add_access(f, ROLE_WAITS, path, 7);
    free(path);
}

/* Puts the text wherever text comes from outside: into what detectors, programs
 * and git say, and into what a stored run says of detectors. It is borrowed. */
static inline void made_hostile_with(struct made *m, const char *text)
{
    struct report *report = &m->report;
    for (size_t i = 0; i < report->detectors.n; i++) {
        made_text_in(&report->detectors.v[i].version, text);
        made_text_in(&report->detectors.v[i].problem, text);
    }
    report->detectors.v[1].id = text;
    for (size_t i = 0; i < report->results.n; i++) {
        struct result *r = &report->results.v[i];
        made_text_in(&r->note, text);
        made_text_in(&r->command, text);
        strv_add(&r->natives, text);
        if (r->findings.n)
            made_hostile_finding(r, text);
    }
    strv_add(&report->gate.incomplete, text);
    made_text_in(&report->host.system, text);
    made_text_in(&report->host.cpu, text);
    report->checkout.asked = report->checkout.changed = true;
    made_text_in(&report->checkout.revision, text);
    made_text_in(&report->checkout.branch, text);
    made_text_in(&report->checkout.uri, text);
}

static inline void made_hostile(struct made *m)
{
    made_hostile_with(m, MADE_HOSTILE);
}

/* An id of a case that is as bad. Folders may be called so. */
#define MADE_HOSTILE_ID                                                        \
    "=c<script>\"&'\n::error::\xff]]>/"                                        \
    "=n%0A<script>,;\"'\n::warning::\xe2\x80\xae"                              \
    "|`*"

#endif
