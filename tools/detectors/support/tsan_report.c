/* Reads a ThreadSanitizer report, line by line, in one pass.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"
#include "detectors/support/tsan.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *start;
    enum kind kind;
} kinds[] = {
    {"data race", KIND_DATA_RACE}, /* also "data race on vptr (...)" */
    {"race on external object", KIND_DATA_RACE},
    {"heap-use-after-free", KIND_USE_AFTER_FREE},
    {"thread leak", KIND_THREAD_LEAK},
    {"lock-order-inversion", KIND_LOCK_ORDER},
    {"double lock of a mutex", KIND_DOUBLE_LOCK},
    {"destroy of a locked mutex", KIND_LOCK_MISUSE},
    {"use of an invalid mutex", KIND_LOCK_MISUSE},
    {"unlock of an unlocked mutex", KIND_LOCK_MISUSE},
    {"read lock of a write locked mutex", KIND_LOCK_MISUSE},
    {"read unlock of a write locked mutex", KIND_LOCK_MISUSE},
    {"mutex held in the wrong context", KIND_LOCK_MISUSE},
    {"signal-unsafe call inside of a signal", KIND_SIGNAL_UNSAFE},
    {"signal handler spoils errno", KIND_ERRNO_SPOILED},
};

enum kind tsan_kind(const char *native)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(native, kinds[i].start))
            return kinds[i].kind;
    return KIND_OTHER;
}

struct reader {
    const char *detector;
    struct findings *findings;
    size_t dropped;
    char **problem;
    struct finding cur;
    bool open;     /* cur is being read */
    bool collects; /* frames go to the last access of cur */
    bool settled;  /* the first stack of cur is complete */
    bool stricken; /* a deadly signal that no report followed yet */
};

static bool begins(const char *s, size_t n, const char *prefix)
{
    size_t len = strlen(prefix);
    return n >= len && memcmp(s, prefix, len) == 0;
}

/* The place of needle in s[0..n), or NULL. */
static const char *within(const char *s, size_t n, const char *needle)
{
    return memmem(s, n, needle, strlen(needle));
}

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
    r->open = r->collects = false;
    bool crash = r->cur.kind == KIND_CRASH;
    if (crash && (!r->cur.accesses.n || !access_place(r->cur.accesses.v))) {
        char *what =
            str_fmt("the ThreadSanitizer runtime crashed: %s", r->cur.native);
        broke(r, what, strlen(what));
        free(what);
        finding_fini(&r->cur);
        return;
    }
    describe(&r->cur);
    report_keep(r->findings, &r->cur, &r->dropped);
}

static void start(struct reader *r, const char *native, size_t n, bool is_crash)
{
    finish(r);
    char *name = report_text(native, n);
    r->cur = (struct finding){
        .detector = str_dup(r->detector),
        .kind = is_crash ? KIND_CRASH : tsan_kind(name),
        .native = name,
    };
    r->open = true;
    r->collects = r->settled = r->stricken = false;
}

static struct access *section(struct reader *r, enum role role)
{
    r->settled |= r->cur.accesses.n > 0;
    r->collects = r->cur.accesses.n < REPORT_MAX_ACCESSES;
    return r->collects ? accesses_add(&r->cur.accesses, role) : NULL;
}

/* ---- frames ---- */

static int number(const char *s, size_t n)
{
    long v = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return 0;
        v = 10 * v + (s[i] - '0');
        if (v > INT_MAX)
            return 0;
    }
    return (int)v;
}

static char *known(const char *s, size_t n)
{
    if (n == 0 || (n == 6 && memcmp(s, "<null>", 6) == 0))
        return NULL;
    return report_text(s, n);
}

/* Cuts the part behind the last '|' off s[0..*n). */
static bool cut_last(const char *s, size_t *n, const char **part, size_t *len)
{
    const char *bar = memrchr(s, '|', *n);
    if (!bar)
        return false;
    *part = bar + 1;
    *len = *n - (size_t)(bar + 1 - s);
    *n = (size_t)(bar - s);
    return true;
}

/* "n|function|file|line|col|module"; C++ operators put bars in a function. */
static bool read_frame(const char *s, size_t n, struct frame *f)
{
    const char *part[4];
    size_t len[4];
    for (int i = 3; i >= 0; i--)
        if (!cut_last(s, &n, &part[i], &len[i]))
            return false;
    const char *bar = memchr(s, '|', n);
    if (!bar)
        return false;
    f->function = known(bar + 1, n - (size_t)(bar + 1 - s));
    f->file = known(part[0], len[0]);
    f->line = number(part[1], len[1]);
    f->col = number(part[2], len[2]);
    f->module = known(part[3], len[3]);
    return true;
}

/* A stack without a heading: what its frames are follows from the kind. */
static void bare_stack(struct reader *r)
{
    enum kind k = r->cur.kind;
    bool locks = k == KIND_LOCK_MISUSE || k == KIND_DOUBLE_LOCK;
    bool later = r->cur.accesses.n > 0;
    enum role role = !locks ? ROLE_ACCESS : later ? ROLE_HOLDS : ROLE_LOCKS;
    struct access *a = section(r, role);
    if (a)
        a->previous = later;
}

static void frame_line(struct reader *r, const char *s, size_t n)
{
    if (!r->collects && r->cur.accesses.n == 0)
        bare_stack(r);
    if (!r->collects)
        return;
    struct frames *stack = &r->cur.accesses.v[r->cur.accesses.n - 1].stack;
    struct frame f = {0};
    if (stack->n < REPORT_MAX_FRAMES && read_frame(s, n, &f))
        *frames_add(stack) = f;
}

/* ---- headings ---- */

static const struct {
    const char *start;
    enum role role;
    bool previous;
} accesses[] = {
    {"Read of ", ROLE_READ, false},
    {"Write of ", ROLE_WRITE, false},
    {"Previous read of ", ROLE_READ, true},
    {"Previous write of ", ROLE_WRITE, true},
    {"Atomic read of ", ROLE_ATOMIC_READ, false},
    {"Atomic write of ", ROLE_ATOMIC_WRITE, false},
    {"Previous atomic read of ", ROLE_ATOMIC_READ, true},
    {"Previous atomic write of ", ROLE_ATOMIC_WRITE, true},
    {"Read-only access of ", ROLE_READ, false},
    {"Modifying access of ", ROLE_WRITE, false},
    {"Previous read-only access of ", ROLE_READ, true},
    {"Previous modifying access of ", ROLE_WRITE, true},
};

/* "main thread", or "T1" of "thread T1 (tid=..." and "thread T1:". */
static char *thread_name(const char *s, const char *end)
{
    if (begins(s, (size_t)(end - s), "main thread"))
        return str_dup("main thread");
    if (!begins(s, (size_t)(end - s), "thread "))
        return NULL;
    s += strlen("thread ");
    const char *stop = s;
    while (stop < end && *stop && !strchr(" :,)", *stop))
        stop++;
    return report_text(s, (size_t)(stop - s));
}

static char *thread_after(const char *s, size_t n, const char *word)
{
    const char *at = within(s, n, word);
    return at ? thread_name(at + strlen(word), s + n) : NULL;
}

static bool access_heading(struct reader *r, const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++) {
        if (!begins(s, n, accesses[i].start))
            continue;
        struct access *a = section(r, accesses[i].role);
        if (a) {
            a->previous = accesses[i].previous;
            a->thread = thread_after(s, n, " by ");
        }
        return true;
    }
    return false;
}

static void name_object(struct reader *r, const char *s, size_t n)
{
    if (!r->cur.object)
        r->cur.object = report_text(s, n);
}

/* Behind "Location is ". */
static void location(struct reader *r, const char *s, size_t n)
{
    const char *end;
    r->settled |= r->cur.accesses.n > 0;
    r->collects = false;
    if (begins(s, n, "global '")) {
        s += strlen("global '");
        n -= strlen("global '");
        end = memchr(s, '\'', n);
        /* The kernel's name for the stack, looked up as a module. */
        if (end && end > s && *s != '<' && *s != '?')
            name_object(r, s, (size_t)(end - s));
    } else if ((end = within(s, n, " at 0x")) ||
               (end = within(s, n, " created by"))) {
        name_object(r, s, (size_t)(end - s));
    } else {
        name_object(r, s, n - (n > 0 && s[n - 1] == '.'));
    }
    if (n == 0 || s[n - 1] != ':')
        return;
    struct access *a = section(r, ROLE_CREATED);
    if (a)
        a->thread = thread_after(s, n, " by ");
}

/* "Mutex M1 ...". */
static void mutex_heading(struct reader *r, const char *s, size_t n)
{
    struct access *a;
    if (within(s, n, " acquired here while holding ")) {
        a = section(r, ROLE_LOCKS);
        if (a)
            a->thread = thread_after(s, n, " in ");
    } else if (within(s, n, " previously acquired by the same thread here")) {
        a = section(r, ROLE_HOLDS);
        if (a && r->cur.accesses.n > 1)
            a->thread = str_dup(a[-1].thread);
    } else if (within(s, n, " created at:")) {
        section(r, ROLE_CREATED);
    } else {
        r->collects = false;
    }
}

/* "Thread T1 (tid=1, running) created by main thread at:". A leaked thread is
 * the finding itself, not only part of its story. */
static void thread_heading(struct reader *r, const char *s, size_t n)
{
    bool leak = r->cur.kind == KIND_THREAD_LEAK && r->cur.accesses.n == 0;
    struct access *a = section(r, leak ? ROLE_ACCESS : ROLE_CREATED);
    if (!a)
        return;
    const char *stop = memchr(s, ' ', n);
    a->thread = report_text(s, stop ? (size_t)(stop - s) : n);
    if (leak && !r->cur.object)
        r->cur.object = str_fmt("thread %s", a->thread);
}

/* "M0 (0x7b10) => M1 (0x7b14) => M0" without the addresses. */
static void cycle(struct reader *r, const char *s, size_t n)
{
    struct buf out = {0};
    r->collects = false;
    if (n > REPORT_MAX_TEXT)
        n = REPORT_MAX_TEXT;
    for (const char *end = s + n; s < end;) {
        const char *open = within(s, (size_t)(end - s), " (");
        const char *close =
            open ? memchr(open, ')', (size_t)(end - open)) : NULL;
        const char *stop = close ? open : end;
        buf_add(&out, s, (size_t)(stop - s));
        s = close ? close + 1 : end;
    }
    name_object(r, buf_str(&out), out.len);
    buf_fini(&out);
}

static void heading(struct reader *r, const char *s, size_t n)
{
    if (access_heading(r, s, n))
        return;
    if (begins(s, n, "Location is "))
        location(r, s + 12, n - 12);
    else if (begins(s, n, "Mutex M"))
        mutex_heading(r, s, n);
    else if (begins(s, n, "Thread T"))
        thread_heading(r, s + 7, n - 7);
    else if (begins(s, n, "Cycle in lock order graph: "))
        cycle(r, s + 27, n - 27);
    else if (begins(s, n, "and:"))
        bare_stack(r);
    else if (r->cur.accesses.n == 0 && n > 0 && s[n - 1] == ':')
        section(r, ROLE_ACCESS); /* "Signal 14 handler invoked at:" */
    else if (*s != ' ')          /* "[failed to restore the stack]" is deeper */
        r->collects = false;
}

/* ---- lines ---- */

/* "WARNING: ThreadSanitizer: KIND (pid=1)". */
static bool warning(struct reader *r, const char *s, size_t n)
{
    static const char head[] = "WARNING: ThreadSanitizer: ";
    if (!begins(s, n, head))
        return false;
    s += sizeof head - 1;
    n -= sizeof head - 1;
    const char *pid = NULL;
    for (const char *p = s; (p = within(p, n - (size_t)(p - s), " (pid=")); p++)
        pid = p;
    if (pid) /* else it speaks of itself: "memory layout is incompatible" */
        start(r, s, (size_t)(pid - s), false);
    return true;
}

/* "==1==ERROR: ThreadSanitizer: SEGV on unknown address 0x0 (pc ...". */
static bool deadly(struct reader *r, const char *s, size_t n)
{
    static const char head[] = "ERROR: ThreadSanitizer: ";
    if (begins(s, n, "ThreadSanitizer:DEADLYSIGNAL")) {
        finish(r);
        r->stricken = true;
        return true;
    }
    if (!begins(s, n, head))
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
        if (!begins(s, n, words[i]))
            continue;
        broke(r, s, n);
        r->stricken = false;
        if (r->open)
            finding_fini(&r->cur);
        r->open = r->collects = false;
        return true;
    }
    return false;
}

static void crash_detail(struct reader *r, const char *s, size_t n)
{
    if (!begins(s, n, "The signal is caused by a "))
        return;
    enum role role = within(s, n, "WRITE")  ? ROLE_WRITE
                     : within(s, n, "READ") ? ROLE_READ
                                            : ROLE_ACCESS;
    section(r, role);
}

static void read_line(struct reader *r, const char *s, size_t n)
{
    const char *said = report_skip_pid(s);
    size_t left = (size_t)(s + n - said);
    if (warning(r, said, left) || runtime_failed(r, said, left) ||
        deadly(r, said, left) || !r->open)
        return;
    if (begins(s, n, "=================") || begins(s, n, "SUMMARY: "))
        finish(r);
    else if (begins(s, n, "FR|"))
        frame_line(r, s + 3, n - 3);
    else if (n == 0)
        r->settled |= r->cur.accesses.n > 0, r->collects = false;
    else if (begins(s, n, "  "))
        heading(r, s + 2, n - 2);
    else
        crash_detail(r, said, left);
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
    if (r.open && (r.settled || r.cur.kind == KIND_CRASH))
        finish(&r);
    else if (r.open)
        finding_fini(&r.cur);
    report_note_dropped(findings, r.dropped);
    if (r.stricken && !broken)
        broken = str_dup("the ThreadSanitizer runtime died of a signal that "
                         "it did not report");
    if (!broken)
        return ERR_OK;
    *problem = broken;
    return ERR_INVALID;
}
