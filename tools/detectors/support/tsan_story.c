/* Reads what ThreadSanitizer tells of one finding: headings and stacks.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tsan_story.h"

#include "detectors/support/report.h"
#include "detectors/support/tsan_frame.h"

#include <string.h>

static struct access *section(struct tsan_story *t, enum role role)
{
    t->settled |= t->finding.accesses.n > 0;
    t->collects = t->finding.accesses.n < REPORT_MAX_ACCESSES;
    return t->collects ? accesses_add(&t->finding.accesses, role) : NULL;
}

void tsan_story_pause(struct tsan_story *t)
{
    t->settled |= t->finding.accesses.n > 0;
    t->collects = false;
}

/* A stack without a heading: what its frames are follows from the kind. */
static void bare_stack(struct tsan_story *t)
{
    enum kind k = t->finding.kind;
    bool locks = k == KIND_LOCK_MISUSE || k == KIND_DOUBLE_LOCK;
    bool later = t->finding.accesses.n > 0;
    enum role role = !locks ? ROLE_ACCESS : later ? ROLE_HOLDS : ROLE_LOCKS;
    struct access *a = section(t, role);
    if (a)
        a->previous = later;
}

void tsan_story_frame(struct tsan_story *t, const char *s, size_t n)
{
    if (!t->collects && t->finding.accesses.n == 0)
        bare_stack(t);
    if (!t->collects)
        return;
    struct frames *stack =
        &t->finding.accesses.v[t->finding.accesses.n - 1].stack;
    struct frame f = {0};
    if (stack->n < REPORT_MAX_FRAMES && tsan_frame(s, n, &f))
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
    if (report_begins(s, (size_t)(end - s), "main thread"))
        return str_dup("main thread");
    if (!report_begins(s, (size_t)(end - s), "thread "))
        return NULL;
    s += strlen("thread ");
    const char *stop = s;
    while (stop < end && *stop && !strchr(" :,)", *stop))
        stop++;
    return report_text(s, (size_t)(stop - s));
}

static char *thread_after(const char *s, size_t n, const char *word)
{
    const char *at = report_within(s, n, word);
    return at ? thread_name(at + strlen(word), s + n) : NULL;
}

static bool access_heading(struct tsan_story *t, const char *s, size_t n)
{
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++) {
        if (!report_begins(s, n, accesses[i].start))
            continue;
        struct access *a = section(t, accesses[i].role);
        if (a) {
            a->previous = accesses[i].previous;
            a->thread = thread_after(s, n, " by ");
        }
        return true;
    }
    return false;
}

static void name_object(struct tsan_story *t, const char *s, size_t n)
{
    if (!t->finding.object)
        t->finding.object = report_text(s, n);
}

/* Behind "Location is ". */
static void location(struct tsan_story *t, const char *s, size_t n)
{
    const char *end;
    tsan_story_pause(t);
    if (report_begins(s, n, "global '")) {
        s += strlen("global '");
        n -= strlen("global '");
        end = memchr(s, '\'', n);
        /* The kernel's name for the stack, looked up as a module. */
        if (end && end > s && *s != '<' && *s != '?')
            name_object(t, s, (size_t)(end - s));
    } else if ((end = report_within(s, n, " at 0x")) ||
               (end = report_within(s, n, " created by"))) {
        name_object(t, s, (size_t)(end - s));
    } else {
        name_object(t, s, n - (n > 0 && s[n - 1] == '.'));
    }
    if (n == 0 || s[n - 1] != ':')
        return;
    struct access *a = section(t, ROLE_CREATED);
    if (a)
        a->thread = thread_after(s, n, " by ");
}

/* "Mutex M1 ...". */
static void mutex_heading(struct tsan_story *t, const char *s, size_t n)
{
    struct access *a;
    if (report_within(s, n, " acquired here while holding ")) {
        a = section(t, ROLE_LOCKS);
        if (a)
            a->thread = thread_after(s, n, " in ");
    } else if (report_within(s, n,
                             " previously acquired by the same thread here")) {
        a = section(t, ROLE_HOLDS);
        if (a && t->finding.accesses.n > 1)
            a->thread = str_dup(a[-1].thread);
    } else if (report_within(s, n, " created at:")) {
        section(t, ROLE_CREATED);
    } else {
        t->collects = false;
    }
}

/* "Thread T1 (tid=1, running) created by main thread at:". A leaked thread is
 * the finding itself, not only part of its story. */
static void thread_heading(struct tsan_story *t, const char *s, size_t n)
{
    bool leak =
        t->finding.kind == KIND_THREAD_LEAK && t->finding.accesses.n == 0;
    struct access *a = section(t, leak ? ROLE_ACCESS : ROLE_CREATED);
    if (!a)
        return;
    const char *stop = memchr(s, ' ', n);
    a->thread = report_text(s, stop ? (size_t)(stop - s) : n);
    if (leak && !t->finding.object)
        t->finding.object = str_fmt("thread %s", a->thread);
}

/* "M0 (0x7b10) => M1 (0x7b14) => M0" without the addresses. */
static void cycle(struct tsan_story *t, const char *s, size_t n)
{
    struct buf out = {0};
    t->collects = false;
    if (n > REPORT_MAX_TEXT)
        n = REPORT_MAX_TEXT;
    for (const char *end = s + n; s < end;) {
        const char *open = report_within(s, (size_t)(end - s), " (");
        const char *close =
            open ? memchr(open, ')', (size_t)(end - open)) : NULL;
        const char *stop = close ? open : end;
        buf_add(&out, s, (size_t)(stop - s));
        s = close ? close + 1 : end;
    }
    name_object(t, buf_str(&out), out.len);
    buf_fini(&out);
}

void tsan_story_heading(struct tsan_story *t, const char *s, size_t n)
{
    if (access_heading(t, s, n))
        return;
    if (report_begins(s, n, "Location is "))
        location(t, s + 12, n - 12);
    else if (report_begins(s, n, "Mutex M"))
        mutex_heading(t, s, n);
    else if (report_begins(s, n, "Thread T"))
        thread_heading(t, s + 7, n - 7);
    else if (report_begins(s, n, "Cycle in lock order graph: "))
        cycle(t, s + 27, n - 27);
    else if (report_begins(s, n, "and:"))
        bare_stack(t);
    else if (t->finding.accesses.n == 0 && n > 0 && s[n - 1] == ':')
        section(t, ROLE_ACCESS); /* "Signal 14 handler invoked at:" */
    else if (*s != ' ')          /* "[failed to restore the stack]" is deeper */
        t->collects = false;
}

void tsan_story_detail(struct tsan_story *t, const char *s, size_t n)
{
    if (!report_begins(s, n, "The signal is caused by a "))
        return;
    enum role role = report_within(s, n, "WRITE")  ? ROLE_WRITE
                     : report_within(s, n, "READ") ? ROLE_READ
                                                   : ROLE_ACCESS;
    section(t, role);
}
