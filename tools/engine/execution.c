/* One program, once, under one detector.
 * SPDX-License-Identifier: MIT */
#include "engine/execution.h"

#include "os/blocked.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

/* A program that stays wholly blocked for this long is hung. */
#define HANG_SECONDS 1.0
/* Time to write a report after TERM. */
#define GRACE_SECONDS 5.0
#define MEMORY_BYTES ((size_t)6 << 30)

void execution_fini(struct execution *r)
{
    findings_fini(&r->findings);
    free(r->problem);
    free(r->claim_terms);
}

struct watch {
    struct blocked blocked;
    struct findings *findings;
    struct slot *slot;
    const char *report_dir;
    bool full; /* was the disk, if only while another program was compiled */
};

static bool watch_hang(pid_t leader, void *arg)
{
    struct watch *w = arg;
    w->full |= fs_is_full(w->report_dir);
    bool hung = blocked_sample(&w->blocked, leader, HANG_SECONDS);
    slot_set_idle(w->slot, w->blocked.threads > 0);
    if (!hung)
        return false;
    for (const struct detector *const *d = detectors; *d; d++)
        if ((*d)->on_hang)
            (*d)->on_hang(leader, w->findings);
    return true;
}

static enum run_end run_end_of(enum proc_end end)
{
    switch (end) {
    case PROC_STOPPED:
        return RUN_HUNG;
    case PROC_TIMEOUT:
        return RUN_TIMEOUT;
    case PROC_MEMORY:
        return RUN_MEMORY;
    case PROC_CANCELLED:
        return RUN_CANCELLED;
    default:
        return RUN_ENDED;
    }
}

/* The last line that begins with a token, as case.h prints them. */
static enum token token_of(const char *text)
{
    enum token t = TOKEN_NONE;
    for (const char *line = text; line;) {
        if (str_starts(line, "INVARIANT HELD: "))
            t = TOKEN_HELD;
        else if (str_starts(line, "INVARIANT BROKEN: "))
            t = TOKEN_BROKEN;
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return t;
}

static bool is_static(const struct execution_spec *s)
{
    return s->detector->family == DETECTOR_STATIC;
}

static bool is_exploring(const struct execution_spec *s)
{
    return s->detector->family == DETECTOR_EXPLORING;
}

static void argv_of(const struct execution_spec *s, const struct launch *l,
                    struct strv *argv)
{
    strv_add_all(argv, &l->prefix);
    if (is_static(s))
        return;
    strv_add(argv, s->program);
    for (const char *const *a = s->target->args; *a; a++)
        strv_add(argv, *a);
}

static bool tells_of_death(const struct detector *d, const struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].kind == KIND_CRASH && str_eq(l->v[i].detector, d->id))
            return true;
    return false;
}

static void keep_output(const char *dir, const char *name, const char *text)
{
    char *path = fs_join(dir, name);
    if (*text)
        fs_write(path, text, strlen(text));
    free(path);
}

/* Why there is nothing to parse, or NULL: nobody knows what an analyser that
 * was stopped would have said. */
static char *stopped(const struct proc_result *r)
{
    switch (r->end) {
    case PROC_SIGNALED:
        return str_fmt("the analyser died from SIG%s", sigabbrev_np(r->code));
    case PROC_TIMEOUT:
        return str_fmt("the analyser did not end within %.0f s", r->wall);
    case PROC_MEMORY:
        return str_dup("the analyser took too much memory");
    default:
        return NULL;
    }
}

static void judge_source(const struct execution_spec *s,
                         const struct run_output *o, struct execution *out)
{
    char *problem = stopped(o->proc);
    out->end = o->proc->end == PROC_CANCELLED ? RUN_CANCELLED : RUN_ENDED;
    if (out->end != RUN_CANCELLED && !problem &&
        s->detector->parse(o, &out->findings, &problem) != ERR_OK && !problem)
        problem = str_dup("its report is no report");
    out->problem = problem;
}

static void judge_run(const struct execution_spec *s,
                      const struct run_output *o, struct execution *out)
{
    const struct proc_result *r = o->proc;
    char *problem = NULL;
    out->end = run_end_of(r->end);
    out->token = token_of(o->out);
    out->signal = r->end == PROC_SIGNALED ? r->code : 0;
    out->code = r->end == PROC_EXITED ? r->code : 0;
    if (out->end != RUN_CANCELLED &&
        s->detector->parse(o, &out->findings, &problem) != ERR_OK)
        out->problem = problem ? problem : str_dup("its report is no report");
    out->died = proc_faulted(r) || tells_of_death(s->detector, &out->findings);
}

/* The output and the end are those of the search; what the program did in it
 * is for the search to say. Takes what r owns. */
static void judge_search(struct search_result *r, struct execution *out)
{
    out->signal = out->code = 0;
    out->died = false;
    out->token = token_of(r->printed);
    out->claim = r->claim;
    out->claim_terms = r->terms;
    if (!r->printed && r->claim != CLAIM_NONE) {
        out->claim_terms = str_fmt("no execution ran to its end; %s", r->terms);
        free(r->terms);
    }
    free(r->printed);
}

static void judge(const struct execution_spec *s, const struct proc_result *r,
                  bool full, struct execution *out)
{
    char *text = proc_output_text(&r->out);
    char *err = proc_output_text(&r->err);
    struct search_result search = {0};
    struct run_output o = {s->report_dir, text,
                           err,           r,
                           s->target,     is_exploring(s) ? &search : NULL};
    out->wall = r->wall;
    out->cpu = r->cpu;
    keep_output(s->report_dir, "stdout.txt", text);
    keep_output(s->report_dir, "stderr.txt", err);
    if (is_static(s))
        judge_source(s, &o, out);
    else
        judge_run(s, &o, out);
    if (is_exploring(s))
        judge_search(&search, out);
    if (full || fs_is_full(s->report_dir)) {
        /* A report that was cut short looks like one with fewer findings. */
        free(out->problem);
        out->problem = str_fmt("no space left on the device of %s: its report "
                               "may be incomplete",
                               s->report_dir);
    }
    free(text);
    free(err);
}

enum err execution_run(const struct execution_spec *s, struct execution *out)
{
    struct launch l = {0};
    struct strv argv = {0};
    struct watch watch = {.findings = &out->findings,
                          .slot = s->slot,
                          .report_dir = s->report_dir};
    struct proc_result r = {0};
    *out = (struct execution){0};
    enum err e = fs_mkdirs(s->report_dir);
    if (e != ERR_OK)
        return e;
    s->detector->prepare(s->env, s->target, s->report_dir, &l);
    argv_of(s, &l, &argv);
    struct proc_spec spec = {
        .argv = (const char *const *)argv.v,
        .env = (const char *const *)l.env.v,
        .cwd = s->target->cwd,
        .timeout = s->timeout * (l.slowdown > 1 ? l.slowdown : 1),
        .grace = GRACE_SECONDS,
        .head = (size_t)4 << 20,
        .tail = (size_t)1 << 20,
        .max_rss = MEMORY_BYTES,
        .no_aslr = l.no_aslr,
        .watch = is_static(s) || is_exploring(s) ? NULL : watch_hang,
        .watch_arg = &watch,
    };
    e = proc_run(&spec, &r);
    slot_set_idle(s->slot, false);
    if (e == ERR_OK) {
        judge(s, &r, watch.full, out);
        proc_result_fini(&r);
    } else {
        out->problem = str_fmt("%s: %s", argv.v[0], err_text(e));
        e = ERR_OK;
    }
    strv_fini(&argv);
    launch_fini(&l);
    return e;
}

static void add_words(struct buf *b, const struct strv *words)
{
    for (size_t i = 0; i < words->n; i++) {
        str_shell_quote(b, words->v[i]);
        buf_adds(b, " ");
    }
}

char *execution_command_line(const struct execution_spec *s)
{
    struct launch l = {0};
    struct strv argv = {0};
    struct buf b = {0};
    s->detector->prepare(s->env, s->target, s->report_dir, &l);
    argv_of(s, &l, &argv);
    if (s->target->cwd) {
        buf_adds(&b, "cd ");
        str_shell_quote(&b, s->target->cwd);
        buf_adds(&b, " && ");
    }
    if (l.env.n)
        buf_adds(&b, "env ");
    add_words(&b, &l.env);
    if (l.no_aslr)
        buf_adds(&b, "setarch -R ");
    add_words(&b, &argv);
    if (b.len)
        b.data[--b.len] = '\0';
    strv_fini(&argv);
    launch_fini(&l);
    return buf_take(&b);
}
