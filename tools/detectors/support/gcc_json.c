/* Makes findings of gcc's diagnostics, with jansson.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/gcc_json.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Of the rules of gcc 12 (its manual, "Static Analyzer Options"). */
static const struct rule rules[] = {
    {"-Wanalyzer-unsafe-call-within-signal-handler", KIND_SIGNAL_UNSAFE},
    {"-Wanalyzer-use-after-free", KIND_USE_AFTER_FREE},
    {"-Wanalyzer-double-free", KIND_USE_AFTER_FREE},
    /* Memory, files and values, in one thread of control. */
    {"-Wanalyzer-double-fclose", RULES_UNRELATED},
    {"-Wanalyzer-exposure-through-output-file", RULES_UNRELATED},
    {"-Wanalyzer-file-leak", RULES_UNRELATED},
    {"-Wanalyzer-free-of-non-heap", RULES_UNRELATED},
    {"-Wanalyzer-malloc-leak", RULES_UNRELATED},
    {"-Wanalyzer-mismatching-deallocation", RULES_UNRELATED},
    {"-Wanalyzer-null-argument", RULES_UNRELATED},
    {"-Wanalyzer-null-dereference", RULES_UNRELATED},
    {"-Wanalyzer-possible-null-argument", RULES_UNRELATED},
    {"-Wanalyzer-possible-null-dereference", RULES_UNRELATED},
    {"-Wanalyzer-shift-count-negative", RULES_UNRELATED},
    {"-Wanalyzer-shift-count-overflow", RULES_UNRELATED},
    {"-Wanalyzer-stale-setjmp-buffer", RULES_UNRELATED},
    {"-Wanalyzer-tainted-allocation-size", RULES_UNRELATED},
    {"-Wanalyzer-tainted-array-index", RULES_UNRELATED},
    {"-Wanalyzer-tainted-divisor", RULES_UNRELATED},
    {"-Wanalyzer-tainted-offset", RULES_UNRELATED},
    {"-Wanalyzer-tainted-size", RULES_UNRELATED},
    {"-Wanalyzer-use-of-pointer-in-stale-stack-frame", RULES_UNRELATED},
    {"-Wanalyzer-use-of-uninitialized-value", RULES_UNRELATED},
    {"-Wanalyzer-write-to-const", RULES_UNRELATED},
    {"-Wanalyzer-write-to-string-literal", RULES_UNRELATED},
    {0},
};

static const char *text_of(json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s ? s : "";
}

static char *copy_of(json_t *object, const char *key)
{
    const char *s = text_of(object, key);
    return report_text(s, strlen(s));
}

static int number_of(json_t *object, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(object, key));
    return n > 0 && n < 1 << 30 ? (int)n : 0;
}

static void add_frame(struct frames *stack, json_t *place, const char *function)
{
    if (stack->n >= REPORT_MAX_FRAMES || !json_is_object(place))
        return;
    struct frame *f = frames_add(stack);
    f->file = copy_of(place, "file");
    f->line = number_of(place, "line");
    f->col = number_of(place, "column");
    f->function = *function ? report_text(function, strlen(function)) : NULL;
}

/* The function of the event, and then the places of the calls that lead into
 * it: of each lesser depth the event that came last. */
static void add_stack(json_t *path, size_t at, json_t *place,
                      struct frames *stack)
{
    json_t *event = json_array_get(path, at);
    json_int_t depth = json_integer_value(json_object_get(event, "depth"));
    add_frame(stack, place, text_of(event, "function"));
    while (at-- > 0) {
        event = json_array_get(path, at);
        json_int_t d = json_integer_value(json_object_get(event, "depth"));
        if (d >= depth)
            continue;
        depth = d;
        add_frame(stack, json_object_get(event, "location"),
                  text_of(event, "function"));
    }
}

/* Where the memory was freed that is used, or freed again, later. */
static bool is_earlier_free(const char *description)
{
    return str_starts(description, "freed here") ||
           str_starts(description, "first 'free' here") ||
           str_starts(description, "deallocated here") ||
           str_starts(description, "first deallocated here");
}

static void add_free(json_t *path, struct accesses *l)
{
    for (size_t i = json_array_size(path); i-- > 0;) {
        json_t *event = json_array_get(path, i);
        if (!is_earlier_free(text_of(event, "description")))
            continue;
        struct access *a = accesses_add(l, ROLE_WRITE);
        a->previous = true;
        add_stack(path, i, json_object_get(event, "location"), &a->stack);
        return;
    }
}

static void add_finding(const char *detector, enum kind kind,
                        const char *option, json_t *diagnostic,
                        struct findings *findings, size_t *dropped)
{
    json_t *path = json_object_get(diagnostic, "path");
    json_t *where = json_array_get(json_object_get(diagnostic, "locations"), 0);
    struct finding f = {.detector = str_dup(detector),
                        .kind = kind,
                        .native = report_text(option, strlen(option)),
                        .message = copy_of(diagnostic, "message")};
    size_t events = json_array_size(path);
    struct access *a = accesses_add(&f.accesses, ROLE_ACCESS);
    add_stack(path, events ? events - 1 : 0, json_object_get(where, "caret"),
              &a->stack);
    if (kind == KIND_USE_AFTER_FREE)
        add_free(path, &f.accesses);
    report_keep(findings, &f, dropped);
}

/* What was said of one place; false, with the reason, when that is that the
 * source is no C. */
static bool read_one(const char *detector, json_t *diagnostic,
                     struct findings *findings, size_t *dropped, char **problem)
{
    const char *option = text_of(diagnostic, "option");
    if (strstr(text_of(diagnostic, "kind"), "error")) {
        char *message = copy_of(diagnostic, "message");
        json_t *where =
            json_array_get(json_object_get(diagnostic, "locations"), 0);
        *problem = str_fmt("gcc cannot read the source: line %d: %s",
                           number_of(json_object_get(where, "caret"), "line"),
                           message);
        free(message);
        return false;
    }
    if (!str_starts(option, "-Wanalyzer-"))
        return true;
    enum kind kind = rules_kind(rules, option);
    if (kind != RULES_UNRELATED)
        add_finding(detector, kind, option, diagnostic, findings, dropped);
    return true;
}

enum err gcc_json_parse(const char *detector, const char *text, size_t n,
                        struct findings *findings, char **problem)
{
    const char *start = memchr(text, '[', n);
    size_t dropped = 0;
    bool read = true;
    json_t *all = NULL;
    if (start)
        all = json_loadb(start, n - (size_t)(start - text),
                         JSON_DISABLE_EOF_CHECK, NULL);
    if (!json_is_array(all)) {
        *problem = str_dup("gcc's report is not whole, or none");
        json_decref(all);
        return ERR_INVALID;
    }
    for (size_t i = 0; i < json_array_size(all) && read; i++)
        read = read_one(detector, json_array_get(all, i), findings, &dropped,
                        problem);
    report_note_dropped(findings, dropped);
    json_decref(all);
    return read ? ERR_OK : ERR_INVALID;
}
