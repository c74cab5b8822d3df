/* What a compiler's command line asks for.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include <string.h>

/* Options whose value is the next word. */
static bool takes_word(const char *a)
{
    static const char *const options[] = {
        "-I",       "-L",         "-l",      "-D",       "-U",
        "-include", "-isystem",   "-x",      "-MF",      "-MT",
        "-MQ",      "-Xlinker",   "-T",      "-u",       "-z",
        "-iquote",  "-idirafter", "--param", "-imacros", "-Xassembler"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (str_eq(a, options[i]))
            return true;
    return false;
}

static bool is_source(const char *a)
{
    return str_ends(a, ".c") || str_ends(a, ".i");
}

static bool is_object(const char *a)
{
    return str_ends(a, ".o") || str_ends(a, ".a") || str_ends(a, ".lo") ||
           strstr(a, ".so");
}

/* Why the explorer cannot follow what is asked for, or NULL. */
static const char *refusal(const char *a)
{
    if (str_eq(a, "-shared"))
        return "a shared library cannot be explored: link its sources into the "
               "program";
    if (str_eq(a, "-static") || str_eq(a, "-static-pie"))
        return "a static program cannot be explored: link it without -static";
    if (str_eq(a, "-fopenmp") || str_eq(a, "-fopenmp-simd"))
        return "OpenMP cannot be explored: its runtime makes threads of its "
               "own";
    if (str_starts(a, "-flto"))
        return "link-time optimisation cannot be explored: leave -flto out";
    if (str_starts(a, "-fsanitize=") && !str_eq(a, "-fsanitize=thread"))
        return "no other sanitizer can be in a program that is explored";
    return NULL;
}

/* What would undo what the driver adds. */
static bool dropped(const char *a)
{
    return (str_starts(a, "-O") || str_eq(a, "-fsanitize=thread") ||
            str_eq(a, "-pie") || str_eq(a, "-s") || str_eq(a, "-g0") ||
            str_eq(a, "-fbuiltin") || str_eq(a, "-fomit-frame-pointer"));
}

static bool stops_early(const char *a)
{
    return str_eq(a, "-E") || str_eq(a, "-M") || str_eq(a, "-MM") ||
           str_eq(a, "-fsyntax-only") || str_eq(a, "-S");
}

void driver_parse(char *const *argv, struct driver_job *job)
{
    *job = (struct driver_job){.links = true};
    for (; *argv; argv++) {
        const char *a = *argv;
        const char *no = refusal(a);
        if (no)
            job->refused = no;
        if (str_eq(a, "-c")) {
            job->links = false;
        } else if (stops_early(a)) {
            job->passes = true;
        } else if (str_eq(a, "-o") && argv[1]) {
            job->out = *++argv;
        } else if (is_source(a)) {
            strv_add(&job->sources, a);
        } else if (*a != '-' && is_object(a)) {
            strv_add(&job->objects, a);
        } else if (!dropped(a)) {
            strv_add(&job->flags, a);
            if (takes_word(a) && argv[1])
                strv_add(&job->flags, *++argv);
        }
    }
    if (job->sources.n + job->objects.n == 0)
        job->passes = true;
}

void driver_job_fini(struct driver_job *job)
{
    strv_fini(&job->sources);
    strv_fini(&job->objects);
    strv_fini(&job->flags);
}
