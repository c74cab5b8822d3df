/* Makes findings of gcc's diagnostics, with jansson.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/gcc_json.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define OPTION "-Wanalyzer-"

static const struct rule rules[] = {
    {OPTION "unsafe-call-within-signal-handler", NULL, NULL, KIND_SIGNAL_UNSAFE,
     AID_NONE},
    {OPTION "use-after-free", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
    {OPTION "double-free", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
    {0},
};

/* The other rules of gcc 12 (its manual, "Static Analyzer Options"): memory,
 * files and values in one thread of control. They are not reported. */
static const char *const unrelated[] = {
    "double-fclose",
    "exposure-through-output-file",
    "file-leak",
    "free-of-non-heap",
    "malloc-leak",
    "mismatching-deallocation",
    "null-argument",
    "null-dereference",
    "possible-null-argument",
    "possible-null-dereference",
    "shift-count-negative",
    "shift-count-overflow",
    "stale-setjmp-buffer",
    "tainted-allocation-size",
    "tainted-array-index",
    "tainted-divisor",
    "tainted-offset",
    "tainted-size",
    "use-of-pointer-in-stale-stack-frame",
    "use-of-uninitialized-value",
    "write-to-const",
    "write-to-string-literal",
};

static bool is_of_concurrency(const char *option)
{
    if (!str_starts(option, OPTION))
        return false;
    for (size_t i = 0; i < sizeof unrelated / sizeof *unrelated; i++)
        if (str_eq(option + strlen(OPTION), unrelated[i]))
            return false;
    return true;
}

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

static void add_finding(const char *detector, json_t *diagnostic,
                        struct findings *findings)
{
    json_t *path = json_object_get(diagnostic, "path");
    json_t *where = json_array_get(json_object_get(diagnostic, "locations"), 0);
    size_t events = json_array_size(path);
    struct finding *f =
        rule_add(findings, detector, rules, text_of(diagnostic, "option"),
                 text_of(diagnostic, "message"));
    struct access *a = accesses_add(&f->accesses, ROLE_ACCESS);
    add_stack(path, events ? events - 1 : 0, json_object_get(where, "caret"),
              &a->stack);
    if (f->kind == KIND_USE_AFTER_FREE)
        add_free(path, &f->accesses);
}

/* Why the source was not understood, if that is what is said. */
static char *error_of(json_t *diagnostic)
{
    json_t *where = json_array_get(json_object_get(diagnostic, "locations"), 0);
    if (!strstr(text_of(diagnostic, "kind"), "error"))
        return NULL;
    char *message = copy_of(diagnostic, "message");
    char *why =
        str_fmt("the source cannot be read: line %d: %s",
                number_of(json_object_get(where, "caret"), "line"), message);
    free(message);
    return why;
}

static char *error_of_any(json_t *all)
{
    char *why = NULL;
    for (size_t i = 0; i < json_array_size(all) && !why; i++)
        why = error_of(json_array_get(all, i));
    return why;
}

static void add_all(const char *detector, json_t *all,
                    struct findings *findings)
{
    for (size_t i = 0; i < json_array_size(all); i++) {
        json_t *diagnostic = json_array_get(all, i);
        if (is_of_concurrency(text_of(diagnostic, "option")) &&
            findings->n < REPORT_MAX_FINDINGS)
            add_finding(detector, diagnostic, findings);
    }
}

enum err gcc_json_parse(const char *detector, const char *text, size_t n,
                        struct findings *findings, char **problem)
{
    const char *start = n ? memchr(text, '[', n) : NULL;
    json_t *all = NULL;
    if (start)
        all = json_loadb(start, n - (size_t)(start - text),
                         JSON_DISABLE_EOF_CHECK, NULL);
    char *why = json_is_array(all)
                    ? error_of_any(all)
                    : str_dup("its report is not whole, or none");
    if (why)
        *problem = why;
    else
        add_all(detector, all, findings);
    json_decref(all);
    return why ? ERR_INVALID : ERR_OK;
}
