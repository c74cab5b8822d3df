/* Makes findings of the semantic patches' lines, with jansson.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cocci_lines.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Of the semantic patches in sanitizer-configs/coccinelle, by file name. */
static const struct rule rules[] = {
    {"async-cancel", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"atomic-split", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"blocking-under-lock", NULL, NULL, KIND_LONG_HOLD, AID_NONE},
    {"destroy-before-join", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"double-lock", NULL, NULL, KIND_DOUBLE_LOCK, AID_NONE},
    {"double-unlock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"errno-in-handler", NULL, NULL, KIND_ERRNO_SPOILED, AID_NONE},
    {"fork-then-lock", NULL, NULL, KIND_DEADLOCK, AID_NONE},
    {"free-before-join", NULL, NULL, KIND_USE_AFTER_FREE, AID_NONE},
    {"free-while-locked", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"init-in-thread", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"join-under-lock", NULL, NULL, KIND_DEADLOCK, AID_NONE},
    {"kill-thread", NULL, NULL, KIND_CRASH, AID_NONE},
    {"lock-order", NULL, NULL, KIND_LOCK_ORDER, AID_NONE},
    {"loop-variable", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"missing-unlock", NULL, NULL, KIND_LOCK_LEAK, AID_NONE},
    {"process-wide", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"relative-timeout", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"shared-condition", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"signal-unsafe", NULL, NULL, KIND_SIGNAL_UNSAFE, AID_NONE},
    {"signal-unlocked", NULL, NULL, KIND_LOST_WAKEUP, AID_NONE},
    {"split-section", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"thread-leak", NULL, NULL, KIND_THREAD_LEAK, AID_NONE},
    {"thread-unsafe", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"time-of-check", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"unchecked-trylock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"unlock-without-lock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"volatile-counter", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"wait-holding-lock", NULL, NULL, KIND_DEADLOCK, AID_NONE},
    {"wait-under-if", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"wait-without-lock", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"wait-without-predicate", NULL, NULL, KIND_LOST_WAKEUP, AID_NONE},
    {"write-under-read-lock", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {0},
};

/* What the text has at the key, made harmless; NULL if it has nothing. */
static char *copy_of(json_t *object, const char *key)
{
    const char *s = json_string_value(json_object_get(object, key));
    return s && *s ? report_text(s, strlen(s)) : NULL;
}

static int number_of(json_t *object, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(object, key));
    return n > 0 && n < 1 << 30 ? (int)n : 0;
}

static enum role role_of(json_t *place)
{
    const char *id = json_string_value(json_object_get(place, "role"));
    for (int r = 0; r <= ROLE_ACCESS; r++)
        if (str_eq(role_id((enum role)r), id))
            return (enum role)r;
    return ROLE_ACCESS;
}

static void add_place(json_t *place, struct accesses *l)
{
    if (l->n >= REPORT_MAX_ACCESSES || !json_is_object(place))
        return;
    struct access *a = accesses_add(l, role_of(place));
    struct frame *f = frames_add(&a->stack);
    f->function = copy_of(place, "function");
    f->file = copy_of(place, "file");
    f->line = number_of(place, "line");
    f->col = number_of(place, "column");
}

/* An expression's object: "&lock" is told as "lock". */
static char *object_of(json_t *line)
{
    const char *s = json_string_value(json_object_get(line, "object"));
    if (!s)
        return NULL;
    s += strspn(s, "&( ");
    return *s ? report_text(s, strlen(s)) : NULL;
}

static void add_finding(const char *detector, json_t *line,
                        struct findings *findings)
{
    struct finding *f =
        rule_add(findings, detector, rules,
                 json_string_value(json_object_get(line, "rule")),
                 json_string_value(json_object_get(line, "message")));
    json_t *places = json_object_get(line, "places");
    f->object = object_of(line);
    for (size_t i = 0; i < json_array_size(places); i++)
        add_place(json_array_get(places, i), &f->accesses);
}

enum err cocci_lines_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem)
{
    const char *line;
    size_t at = 0, len;
    bool ended = false;
    while (report_line(text, n, &at, &line, &len)) {
        json_t *object = json_loadb(line, len, 0, NULL);
        if (json_is_string(json_object_get(object, "rule")) &&
            findings->n < REPORT_MAX_FINDINGS)
            add_finding(detector, object, findings);
        ended = ended || json_is_true(json_object_get(object, "end"));
        json_decref(object);
    }
    if (!ended)
        *problem = str_dup("spatch ended before all semantic patches had run");
    return ended ? ERR_OK : ERR_INVALID;
}

char *cocci_lines_refusal(const char *err)
{
    static const char *const says[] = {
        "Fatal error: exception ", "Python error: ", "ERROR: ", "BAD:", NULL};
    char *line = report_line_starting(err, says);
    char *why = line ? str_fmt("the source cannot be read: %s", line) : NULL;
    free(line);
    return why;
}
