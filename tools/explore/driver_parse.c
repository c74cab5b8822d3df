/* What a compiler's command line asks for.
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include <string.h>

/* Options whose value is the next word. */
static bool takes_word(const char *a)
{
    static const char *const options[] = {"-I",          "-L",
                                          "-l",          "-D",
                                          "-U",          "-A",
                                          "-B",          "-T",
                                          "-include",    "-isystem",
                                          "-MF",         "-MT",
                                          "-MQ",         "-Xlinker",
                                          "-u",          "-z",
                                          "-iquote",     "-idirafter",
                                          "--param",     "-imacros",
                                          "-Xassembler", "-Xpreprocessor",
                                          "-Xclang",     "-mllvm",
                                          "-isysroot",   "--sysroot",
                                          "-iprefix",    "-iwithprefix",
                                          "-target",     "-wrapper",
                                          "-aux-info",   "-dumpbase"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (str_eq(a, options[i]))
            return true;
    return false;
}

static bool ends_in(const char *a, const char *const *suffixes)
{
    for (; *suffixes; suffixes++)
        if (str_ends(a, *suffixes))
            return true;
    return false;
}

static bool is_source(const char *a)
{
    static const char *const suffixes[] = {".c", ".i", NULL};
    return ends_in(a, suffixes);
}

bool driver_is_assembly(const char *source)
{
    static const char *const suffixes[] = {".s", ".S", ".sx", NULL};
    return ends_in(source, suffixes);
}

static bool is_other(const char *a)
{
    static const char *const suffixes[] = {".cc", ".cpp", ".cxx", ".c++", ".C",
                                           ".cp", ".ii",  ".m",   ".mm",  NULL};
    return ends_in(a, suffixes);
}

static bool is_object(const char *a)
{
    return str_ends(a, ".o") || str_ends(a, ".a") || str_ends(a, ".lo") ||
           strstr(a, ".so");
}

/* Why the explorer cannot follow what is asked for, or NULL. */
static const char *refusal(const char *a)
{
    static const struct {
        const char *option, *why;
    } list[] = {
        {"-shared", "a shared library cannot be explored: link its sources "
                    "into the program"},
        {"-static", "a static program cannot be explored: link it without "
                    "-static"},
        {"-static-pie", "a static program cannot be explored: link it without "
                        "-static-pie"},
        {"-fopenmp", "OpenMP cannot be explored: its runtime makes threads of "
                     "its own"},
        {"-fopenmp-simd", "OpenMP cannot be explored"},
        {"-masm=intel", "assembly is read as AT&T writes it: leave "
                        "-masm=intel out"},
        {"-r", "a partial link cannot be explored: link the program at once"},
        {"-nostdlib", "a program without the C library cannot be explored"},
        {"-nostartfiles", "a program without main cannot be explored"},
        {"--coverage", "coverage cannot be counted where all is explored: "
                       "leave --coverage out"},
        {"-fprofile-arcs", "profiles cannot be made where all is explored: "
                           "leave -fprofile-arcs out"},
        {"-fprofile-generate", "profiles cannot be made where all is explored: "
                               "leave -fprofile-generate out"},
        {"-pg", "profiles cannot be made where all is explored: leave -pg "
                "out"}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (str_eq(a, list[i].option))
            return list[i].why;
    if (str_starts(a, "-flto"))
        return "link-time optimisation cannot be explored: leave -flto out";
    if (str_starts(a, "-fsanitize=") && !str_eq(a, "-fsanitize=thread"))
        return "no other sanitizer can be in a program that is explored";
    if (*a != '-' && is_other(a))
        return "only C can be explored, not C++ or Objective-C";
    return NULL;
}

/* What would undo what the driver adds, or complain of it. */
static bool dropped(const char *a)
{
    return str_starts(a, "-O") || str_eq(a, "-fsanitize=thread") ||
           str_starts(a, "-fno-sanitize=") || str_eq(a, "-pie") ||
           str_eq(a, "-s") || str_eq(a, "-g0") || str_eq(a, "-fbuiltin") ||
           str_eq(a, "-fomit-frame-pointer") ||
           str_starts(a, "-D_FORTIFY_SOURCE") ||
           str_starts(a, "-Wp,-D_FORTIFY_SOURCE");
}

static bool stops_early(const char *a)
{
    return str_eq(a, "-E") || str_eq(a, "-M") || str_eq(a, "-MM") ||
           str_eq(a, "-fsyntax-only") || str_eq(a, "-S");
}

static void add_source(struct driver_job *job, const char *a, bool told)
{
    strv_add(&job->sources, a);
    strv_add(&job->languages, told ? "c" : "");
    strv_add(&job->line, DRIVER_SOURCE);
}

static void add_object(struct driver_job *job, const char *a)
{
    strv_add(&job->objects, a);
    strv_add(&job->line, a);
}

static void add_flag(struct driver_job *job, const char *a)
{
    strv_add(&job->flags, a);
    strv_add(&job->line, a);
}

/* -x LANGUAGE, in one word or two: whether what follows is C by order. */
static bool language(struct driver_job *job, const char *name)
{
    if (str_eq(name, "c") || str_eq(name, "cpp-output"))
        return true;
    if (!str_eq(name, "none"))
        job->refused = "only C can be explored: -x of another language";
    return false;
}

void driver_parse(char *const *argv, struct driver_job *job)
{
    bool told = false; /* that it is C */
    *job = (struct driver_job){.links = true};
    for (; *argv; argv++) {
        const char *a = *argv;
        const char *no = refusal(a);
        if (no)
            job->refused = no;
        if (str_eq(a, "-c"))
            job->links = false;
        else if (stops_early(a))
            job->passes = true;
        else if (str_eq(a, "-o") && argv[1])
            job->out = *++argv;
        else if (str_starts(a, "-o") && a[2])
            job->out = a + 2;
        else if (str_eq(a, "-x") && argv[1])
            told = language(job, *++argv);
        else if (str_starts(a, "-x") && a[2])
            told = language(job, a + 2);
        else if ((*a != '-' || str_eq(a, "-")) &&
                 (told || is_source(a) || driver_is_assembly(a)))
            add_source(job, a, told);
        else if (*a != '-' && is_object(a))
            add_object(job, a);
        else if (!dropped(a)) {
            add_flag(job, a);
            if (takes_word(a) && argv[1])
                add_flag(job, *++argv);
        }
    }
    if (job->sources.n + job->objects.n == 0 && !job->refused)
        job->passes = true;
}

void driver_job_fini(struct driver_job *job)
{
    strv_fini(&job->sources);
    strv_fini(&job->languages);
    strv_fini(&job->objects);
    strv_fini(&job->flags);
    strv_fini(&job->line);
}
