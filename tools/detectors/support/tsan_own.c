/* ThreadSanitizer on programs that someone else builds.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tsan_own.h"

#include "detectors/support/config.h"
#include "detectors/support/report.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

#define SUPPRESSIONS "suppressions" /* in the folder of reports */

const char *tsan_unfit(const struct tsan *t, const struct program *p)
{
    if (p->form == PROGRAM_SCRIPT)
        return "it is a script; name the program that it starts";
    if (p->runtime == PROGRAM_OTHER_SANITIZER)
        return "another sanitizer is built in; build with -fsanitize=thread "
               "alone";
    if (p->runtime == PROGRAM_PLAIN)
        return "it is not built with -fsanitize=thread; `lockstep check` "
               "builds it so";
    if (p->runtime != t->runtime)
        return "it is built with the ThreadSanitizer of another compiler";
    if (p->model == MODEL_C11_NATIVE)
        return "threads of C11 die under ThreadSanitizer; compile with -I and "
               "Lockstep's sanitizer-configs/c11, as `lockstep check` does";
    return NULL;
}

/* The end of the option that begins at s: a blank, comma or colon outside of
 * quotes, as the runtime's own parser has it. */
static size_t option_length(const char *s)
{
    size_t n = 0;
    char quote = '\0';
    for (; s[n]; n++) {
        if (quote && s[n] == quote)
            quote = '\0';
        else if (quote)
            continue;
        else if (s[n] == '\'' || s[n] == '"')
            quote = s[n];
        else if (strchr(" \t\n\r,:", s[n]))
            break;
    }
    return n;
}

/* Calls take for each option of TSAN_OPTIONS. */
static void each_option(void (*take)(const char *s, size_t n, struct strv *to),
                        struct strv *to)
{
    const char *s = getenv("TSAN_OPTIONS");
    while (s && *s) {
        size_t n = option_length(s);
        if (n)
            take(s, n, to);
        s += n + (s[n] != '\0');
    }
}

static bool is_suppressions(const char *s, size_t n)
{
    return report_begins(s, n, "suppressions=");
}

static void take_option(const char *s, size_t n, struct strv *to)
{
    if (!is_suppressions(s, n))
        strv_take(to, str_ndup(s, n));
}

static void take_suppressions(const char *s, size_t n, struct strv *to)
{
    if (!is_suppressions(s, n))
        return;
    const char *value = s + strlen("suppressions=");
    size_t length = n - (size_t)(value - s);
    if (length >= 2 && (*value == '"' || *value == '\''))
        value++, length -= 2;
    strv_take(to, str_ndup(value, length));
}

void tsan_own_options(struct strv *options)
{
    each_option(take_option, options);
    strv_add(options, "exitcode=0");
    strv_add(options, "print_suppressions=1");
}

static void join_files(const struct strv *files, const char *to)
{
    struct buf all = {0};
    for (size_t i = 0; i < files->n; i++) {
        fs_read(files->v[i], &all);
        buf_adds(&all, "\n");
    }
    fs_write(to, buf_str(&all), all.len);
    buf_fini(&all);
}

char *tsan_suppressions(const char *id, const struct detector_env *env,
                        const struct strv *files, const char *report_dir)
{
    char *project = config_suppressions(env, id);
    struct strv all = {0};
    if (files)
        each_option(take_suppressions, &all);
    if (files)
        strv_add_all(&all, files);
    if (all.n == 0 || !report_dir) {
        strv_fini(&all);
        return project;
    }
    if (project)
        strv_take(&all, project);
    char *joined = fs_join(report_dir, SUPPRESSIONS);
    join_files(&all, joined);
    strv_fini(&all);
    return joined;
}

/* "12 race:tzset_internal", below "ThreadSanitizer: Matched 12 suppressions
 * (pid=7):". */
void tsan_suppressed_text(const char *text, size_t n,
                          struct suppressed_list *out)
{
    size_t pos = 0, length;
    const char *line;
    bool within = false;
    while (report_line(text, n, &pos, &line, &length)) {
        if (report_begins(line, length, "ThreadSanitizer: Matched ")) {
            within = true;
            continue;
        }
        char *end;
        unsigned long count = within ? strtoul(line, &end, 10) : 0;
        within = within && end > line && *end == ' ' && end < line + length;
        if (within)
            suppressed_add(out, end + 1, length - (size_t)(end + 1 - line),
                           count);
    }
}

void tsan_suppressed(const struct run_output *o, struct suppressed_list *out)
{
    struct strv paths = {0};
    report_files(o->report_dir, &paths);
    for (size_t i = 0; i < paths.n; i++) {
        struct buf text = {0};
        if (report_read(paths.v[i], &text) == ERR_OK)
            tsan_suppressed_text(buf_str(&text), text.len, out);
        buf_fini(&text);
    }
    strv_fini(&paths);
    if (o->err)
        tsan_suppressed_text(o->err, strlen(o->err), out);
}
