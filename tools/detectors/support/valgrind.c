/* Building, running and judging a program under Valgrind.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind.h"

#include "detectors/support/config.h"
#include "detectors/support/probe.h"
#include "detectors/support/report.h"
#include "detectors/support/source.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

void valgrind_probe(const struct valgrind *v, struct detector_status *s)
{
    static const char mend[] = "apt-get install valgrind libc6-dbg";
    if (!probe_command("valgrind", mend, s))
        return;
    char *option = str_fmt("--tool=%s", v->tool);
    const char *argv[] = {"valgrind", option, "--help", NULL};
    char *line = probe_line(argv);
    if (!line)
        probe_missing(s, "Valgrind's tool", v->tool, mend);
    free(line);
    free(option);
}

const char *valgrind_unsupported(enum model m)
{
    if (m == MODEL_OPENMP)
        return "libgomp's barriers and locks are futexes, those of LLVM's "
               "libomp "
               "atomic operations; Valgrind knows neither to order anything, "
               "and every OpenMP program looks racy";
    return NULL;
}

/* -O0 keeps lines exact, Valgrind 3.19 misreads the lines of DWARF 5, and at
 * fixed addresses a global's name can be looked up. */
static void compile(const struct valgrind *v, const struct detector_env *env,
                    const struct target *target, struct strv *out)
{
    static const char *const words[] = {"-O0", "-gdwarf-4", "-no-pie",
                                        "-pthread"};
    strv_add(out, "gcc");
    if (target->source)
        strv_add(out, "-std=gnu17");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        strv_add(out, words[i]);
    if (v->posix_only)
        source_threads(env, target, out);
    source_words(target, out);
}

/* Valgrind expands % in the names of its files. */
static void add_xml_file(struct strv *prefix, const char *dir)
{
    struct buf name = {0};
    for (const char *p = dir; *p; p++)
        buf_addf(&name, "%s%c", *p == '%' ? "%" : "", *p);
    strv_add(prefix, "--xml=yes");
    strv_addf(prefix, "--xml-file=%s/report.%%p.xml", buf_str(&name));
    buf_fini(&name);
}

void valgrind_prepare(const struct valgrind *v, const struct detector_env *env,
                      const struct target *target, const char *report_dir,
                      struct launch *l)
{
    compile(v, env, target, &l->compile);
    strv_add(&l->prefix, "valgrind");
    if (target->source)
        strv_add(&l->prefix, "-q"); /* which hides what was suppressed */
    strv_addf(&l->prefix, "--tool=%s", v->tool);
    config_options(env, v->id, "options", &l->prefix);
    char *suppressions = config_suppressions(env, v->id);
    if (suppressions)
        strv_addf(&l->prefix, "--suppressions=%s", suppressions);
    free(suppressions);
    for (size_t i = 0; target->suppressions && i < target->suppressions->n; i++)
        strv_addf(&l->prefix, "--suppressions=%s", target->suppressions->v[i]);
    if (report_dir)
        add_xml_file(&l->prefix, report_dir);
    l->slowdown = 60;
}

/* What Valgrind says on stderr when it dies itself. */
static char *own_death(const char *err)
{
    static const char *const says[] = {
        "valgrind: ", "Valgrind: FATAL", "Assertion failed in",
        "Helgrind: ", "drd: ",           NULL,
    };
    return err ? report_line_starting(err, says) : NULL;
}

/* Its own faults and failed assertions, told from what it merely refuses. */
static void add_own_death(const struct valgrind *v, const char *why,
                          struct findings *findings)
{
    if (!strstr(why, "the 'impossible' happened") && !strstr(why, "Assertion"))
        return;
    struct finding *f = findings_add(findings, v->id, KIND_CRASH, "Valgrind");
    f->message = str_dup(why);
}

/* Whether the program ran to an end of its own, so that a report must be
 * whole. */
static bool ended_freely(const struct proc_result *p)
{
    return p && p->end == PROC_EXITED;
}

static char *judge(const struct valgrind *v, const struct run_output *o,
                   size_t begun, size_t complete, struct findings *findings)
{
    char *why = own_death(o->err);
    if (why) {
        add_own_death(v, why, findings);
        return why;
    }
    if (begun == 0)
        return str_fmt("%s left no report in %s", v->tool, o->report_dir);
    if (complete == 0 && ended_freely(o->proc))
        return str_fmt("%s ended before its report did", v->tool);
    return NULL;
}

enum err valgrind_parse(const struct valgrind *v, const struct run_output *o,
                        struct findings *findings, char **problem)
{
    struct strv paths = {0};
    size_t begun = 0, complete = 0;
    report_files(o->report_dir, &paths);
    for (size_t i = 0; i < paths.n; i++) {
        struct buf text = {0};
        struct valgrind_report r = {0};
        if (report_read(paths.v[i], &text) == ERR_OK)
            valgrind_parse_xml(v->id, buf_str(&text), text.len, true, findings,
                               &r);
        begun += r.begun;
        complete += r.complete;
        buf_fini(&text);
    }
    strv_fini(&paths);
    char *why = judge(v, o, begun, complete, findings);
    if (!why)
        return ERR_OK;
    *problem = why;
    return ERR_INVALID;
}
