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
    if (strspn(fraction, "0123456789") != 9 || fraction[9])
        return false;
    double x =
        (double)strtol(s, NULL, 10) + (double)strtol(fraction, NULL, 10) / 1e9;
    if (x <= 0)
        return false;
    *out = x;
    return true;
}

static char *check(const char *text, const char *wanted, double *seconds)
{
    const char *at = text;
    char *value = take_line(&at, "value ");
    char *time = take_line(&at, "seconds ");
    char *token = take_line(&at, "INVARIANT HELD: ");
    char *problem = NULL;
    double x;
    if (strstr(text, "INVARIANT BROKEN"))
        problem = str_fmt("it says that its own result is wrong");
    else if (!value || !time)
        problem = str_fmt("it does not print the lines 'value' and 'seconds'");
    else if (!str_eq(value, wanted))
        problem = str_fmt("its value is %s, not %s", value, wanted);
    else if (!read_seconds(time, &x))
        problem = str_fmt("'%s' is no time in seconds", time);
    else if (!token || *at)
        problem = str_fmt("its last line is not 'INVARIANT HELD: ...'");
    else
        *seconds = x;
    free(value);
    free(time);
    free(token);
    return problem;
}

enum err sample_parse(const char *text, const char *value, double *seconds,
                      char **problem)
{
    char *found = check(text, value, seconds);
    if (!found)
        return ERR_OK;
    *problem = found;
    return ERR_INVALID;
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
                      const struct proc_result *r, double *seconds,
                      struct diag *d)
{
    if (r->end == PROC_CANCELLED)
        return ERR_CANCELLED;
    char *problem = NULL;
    /* A kernel that saw a wrong value says more than its exit status. */
    if (r->end != PROC_EXITED || r->code > 1)
        problem = ending(r, s->timeout);
    if (!problem && sample_parse(buf_str(&r->out.head), s->value, seconds,
                                 &problem) == ERR_OK)
        problem = ending(r, s->timeout);
    if (!problem)
        return ERR_OK;
    complain(s, argv, r, problem, d);
    free(problem);
    return ERR_INVALID;
}

enum err sample_take(const struct sample_spec *s, struct sample *out,
                     struct diag *d)
{
    struct strv argv = {0};
    strv_add(&argv, s->program);
    strv_add_all(&argv, s->args);
    strv_addf(&argv, "%d", s->threads);

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
    double seconds = 0;
    e = judge(s, &argv, &r, &seconds, d);
    if (e == ERR_OK)
        *out = (struct sample){seconds, after.involuntary - before.involuntary};
    proc_result_fini(&r);
    strv_fini(&argv);
    return e;
}
