/* Runs a kernel once and reads what it prints.
 * SPDX-License-Identifier: MIT */
#include "bench/sample.h"

#include "os/host.h"
#include "os/proc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without binding, libgomp's second thread was seen to share the first one's
 * core for 6 to 10 ms, until the kernel moved it. The rest keeps what the
 * caller has set for programs of his own from changing the measurement. */
const char *const sample_env[] = {
    "OMP_PROC_BIND=true",
    "OMP_DYNAMIC=false",
    "OMP_NUM_THREADS",
    "OMP_THREAD_LIMIT",
    "OMP_PLACES",
    "OMP_WAIT_POLICY",
    "OMP_SCHEDULE",
    "OMP_TOOL_LIBRARIES",
    "GOMP_CPU_AFFINITY",
    "GOMP_SPINCOUNT",
    "KMP_AFFINITY",
    "KMP_BLOCKTIME",
    "KMP_ALL_THREADS",
    "KMP_DEVICE_THREAD_LIMIT",
    "LOCKSTEP_KERNEL_SECONDS",
    /* Open MPI refuses root without these; where it may run is our matter. */
    "OMPI_ALLOW_RUN_AS_ROOT=1",
    "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
    NULL,
};

/* The text after key if the line at *at is "key<text>"; *at goes to the next
 * line. Owned by the caller; NULL leaves *at. */
static char *take_line(const char **at, const char *key)
{
    const char *end = strchr(*at, '\n');
    if (!end || !str_starts(*at, key))
        return NULL;
    const char *text = *at + strlen(key);
    *at = end + 1;
    return str_ndup(text, (size_t)(end - text));
}

/* By hand, for strtod follows the locale and takes "nan" and hex. */
static bool read_seconds(const char *s, double *out)
{
    size_t whole = strspn(s, "0123456789");
    if (whole == 0 || whole > 9 || s[whole] != '.')
        return false;
    const char *fraction = s + whole + 1;
    size_t digits = strspn(fraction, "0123456789");
    if (digits < 9 || digits > 15 || fraction[digits])
        return false;
    double unit = 1;
    for (size_t i = 0; i < digits; i++)
        unit *= 10;
    double x = (double)strtol(s, NULL, 10) +
               (double)strtoll(fraction, NULL, 10) / unit;
    if (x <= 0)
        return false;
    *out = x;
    return true;
}

static bool read_repeats(const char *s, unsigned long *out)
{
    size_t digits = strspn(s, "0123456789");
    if (digits == 0 || digits > 15 || s[digits] || *s == '0')
        return false;
    *out = strtoul(s, NULL, 10);
    return true;
}

static bool is_decimal(const char *s)
{
    return *s && s[strspn(s, "0123456789")] == '\0';
}

/* The four lines as texts. */
struct lines {
    char *value, *seconds, *repeats, *token;
    bool more; /* there is something after them */
};

static struct lines read_lines(const char *text)
{
    struct lines l = {0};
    l.value = take_line(&text, "value ");
    l.seconds = take_line(&text, "seconds ");
    l.repeats = take_line(&text, "repeats ");
    l.token = take_line(&text, "INVARIANT HELD: ");
    l.more = *text != '\0';
    return l;
}

static char *check(const char *text, const struct lines *l, const char *wanted,
                   struct sample *out)
{
    if (strstr(text, "INVARIANT BROKEN"))
        return str_fmt("it says that its own result is wrong");
    if (!l->value || !l->seconds)
        return str_fmt("it does not print the lines 'value' and 'seconds'");
    if (wanted && !str_eq(l->value, wanted))
        return str_fmt("its value is %s, not %s", l->value, wanted);
    if (!is_decimal(l->value))
        return str_fmt("its value '%s' is no decimal number", l->value);
    if (!read_seconds(l->seconds, &out->seconds))
        return str_fmt("'%s' is no time in seconds", l->seconds);
    if (l->repeats && !read_repeats(l->repeats, &out->repeats))
        return str_fmt("'%s' is no number of repeats", l->repeats);
    if (!l->token || l->more)
        return str_fmt("its last line is not 'INVARIANT HELD: ...'");
    return NULL;
}

enum err sample_parse(const char *text, const char *value, struct sample *out,
                      char **problem)
{
    struct lines l = read_lines(text);
    struct sample s = {.repeats = 1};
    char *found = check(text, &l, value, &s);
    if (found) {
        *problem = found;
    } else {
        *out = s;
        out->value = str_dup(l.value);
    }
    free(l.value);
    free(l.seconds);
    free(l.repeats);
    free(l.token);
    return found ? ERR_INVALID : ERR_OK;
}

void sample_fini(struct sample *s)
{
    free(s->value);
    s->value = NULL;
}

static char *ending(const struct proc_result *r, double timeout)
{
    switch (r->end) {
    case PROC_EXITED:
        return r->code ? str_fmt("it ended with %d", r->code) : NULL;
    case PROC_SIGNALED:
        return str_fmt("it died of signal %d (%s)", r->code,
                       strsignal(r->code));
    case PROC_TIMEOUT:
        return str_fmt("it took more than %g s", timeout);
    default:
        return str_fmt("it was stopped from outside");
    }
}

static void complain(const struct sample_spec *s, const struct strv *argv,
                     const struct proc_result *r, const char *problem,
                     struct diag *d)
{
    struct buf command = {0};
    for (size_t i = 0; i < argv->n; i++) {
        buf_adds(&command, i ? " " : "");
        str_shell_quote(&command, argv->v[i]);
    }
    char *out = proc_output_text(&r->out), *err = proc_output_text(&r->err);
    diag_add(d,
             "%s: %s; a wrong run is no measurement: mend %s\n"
             "it was run as: %s\n%s%s",
             str_basename(s->program), problem, "the kernel first",
             buf_str(&command), out, err);
    free(out);
    free(err);
    buf_fini(&command);
}

static enum err judge(const struct sample_spec *s, const struct strv *argv,
                      const struct proc_result *r, struct sample *out,
                      struct diag *d)
{
    if (r->end == PROC_CANCELLED)
        return ERR_CANCELLED;
    char *problem = NULL;
    struct sample seen = {0};
    /* A kernel that saw a wrong value says more than its exit status. */
    if (r->end != PROC_EXITED || r->code > 1)
        problem = ending(r, s->timeout);
    if (!problem && sample_parse(buf_str(&r->out.head), s->value, &seen,
                                 &problem) == ERR_OK)
        problem = ending(r, s->timeout);
    if (!problem) {
        *out = seen;
        return ERR_OK;
    }
    sample_fini(&seen);
    complain(s, argv, r, problem, d);
    free(problem);
    return ERR_INVALID;
}

static void make_command(const struct sample_spec *s, struct strv *argv)
{
    if (s->mpirun) {
        strv_split(argv, "mpirun --bind-to core -np", ' ');
        strv_addf(argv, "%d", s->threads);
    }
    strv_add(argv, s->program);
    strv_add_all(argv, s->args);
    strv_addf(argv, "%d", s->threads);
}

enum err sample_take(const struct sample_spec *s, struct sample *out,
                     struct diag *d)
{
    struct strv argv = {0};
    make_command(s, &argv);
    struct proc_spec spec = {.argv = (const char *const *)argv.v,
                             .env = sample_env,
                             .timeout = s->timeout};
    struct proc_result r;
    struct host_usage before, after;
    host_usage(&before);
    enum err e = proc_run(&spec, &r);
    host_usage(&after);
    if (e != ERR_OK) {
        diag_add(d, "%s cannot be run: %s", s->program, err_text(e));
        strv_fini(&argv);
        return e;
    }
    e = judge(s, &argv, &r, out, d);
    if (e == ERR_OK)
        out->involuntary = after.involuntary - before.involuntary;
    proc_result_fini(&r);
    strv_fini(&argv);
    return e;
}
