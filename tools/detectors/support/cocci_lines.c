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
    {"async-cancel", KIND_ATOMICITY},
    {"atomic-split", KIND_ATOMICITY},
    {"blocking-under-lock", KIND_LONG_HOLD},
    {"destroy-before-join", KIND_LOCK_MISUSE},
    {"double-lock", KIND_DOUBLE_LOCK},
    {"double-unlock", KIND_LOCK_MISUSE},
    {"errno-in-handler", KIND_ERRNO_SPOILED},
    {"fork-then-lock", KIND_DEADLOCK},
    {"free-before-join", KIND_USE_AFTER_FREE},
    {"free-while-locked", KIND_LOCK_MISUSE},
    {"init-in-thread", KIND_LOCK_MISUSE},
    {"join-under-lock", KIND_DEADLOCK},
    {"kill-thread", KIND_CRASH},
    {"lock-order", KIND_LOCK_ORDER},
    {"loop-variable", KIND_DATA_RACE},
    {"missing-unlock", KIND_LOCK_LEAK},
    {"process-wide", KIND_ATOMICITY},
    {"relative-timeout", KIND_LOCK_MISUSE},
    {"shared-condition", KIND_LOCK_MISUSE},
    {"signal-unsafe", KIND_SIGNAL_UNSAFE},
    {"signal-unlocked", KIND_LOST_WAKEUP},
    {"split-section", KIND_ATOMICITY},
    {"thread-leak", KIND_THREAD_LEAK},
    {"thread-unsafe", KIND_DATA_RACE},
    {"time-of-check", KIND_ATOMICITY},
    {"unchecked-trylock", KIND_LOCK_MISUSE},
    {"unlock-without-lock", KIND_LOCK_MISUSE},
    {"volatile-counter", KIND_DATA_RACE},
    {"wait-holding-lock", KIND_DEADLOCK},
    {"wait-under-if", KIND_ATOMICITY},
    {"wait-without-lock", KIND_LOCK_MISUSE},
    {"wait-without-predicate", KIND_LOST_WAKEUP},
    {"write-under-read-lock", KIND_DATA_RACE},
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

static void add_finding(const char *detector, json_t *line, char *rule,
                        struct findings *findings, size_t *dropped)
{
    struct finding f = {.detector = str_dup(detector),
                        .kind = rules_kind(rules, rule),
                        .native = rule,
                        .message = copy_of(line, "message"),
                        .object = object_of(line)};
    json_t *places = json_object_get(line, "places");
    if (!f.message)
        f.message = str_dup(rule);
    for (size_t i = 0; i < json_array_size(places); i++)
        add_place(json_array_get(places, i), &f.accesses);
    report_keep(findings, &f, dropped);
}

enum err cocci_lines_parse(const char *detector, const char *text, size_t n,
                           struct findings *findings, char **problem)
{
    const char *line;
    size_t at = 0, len, dropped = 0;
    bool ended = false;
    while (report_line(text, n, &at, &line, &len)) {
        json_t *object = json_loadb(line, len, 0, NULL);
        char *rule = copy_of(object, "rule");
        if (rule)
            add_finding(detector, object, rule, findings, &dropped);
        ended = ended || json_is_true(json_object_get(object, "end"));
        json_decref(object);
    }
    report_note_dropped(findings, dropped);
    if (!ended)
        *problem = str_dup("spatch ended before all semantic patches had run");
    return ended ? ERR_OK : ERR_INVALID;
}
