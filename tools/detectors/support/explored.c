/* Makes findings of bugs that the explorer found.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/explored.h"

#include "detectors/support/explored_bug.h"
#include "detectors/support/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static char *text_of(const json_t *object, const char *key)
{
    const json_t *s = json_object_get(object, key);
    return json_is_string(s)
               ? report_text(json_string_value(s), json_string_length(s))
               : NULL;
}

static int number_of(const json_t *object, const char *key, int otherwise)
{
    const json_t *n = json_object_get(object, key);
    return json_is_integer(n) ? (int)json_integer_value(n) : otherwise;
}

static void read_place(const json_t *j, struct explored_at *at)
{
    const json_t *held = json_object_get(j, "held_since");
    at->thread = number_of(j, "thread", -1);
    at->waits_for = number_of(j, "waits_for", -1);
    at->text = text_of(j, "text");
    at->does = text_of(j, "does");
    at->object = text_of(j, "object");
    at->frame = (struct frame){.function = text_of(j, "function"),
                               .file = text_of(j, "file"),
                               .line = number_of(j, "line", 0)};
    at->held = (struct frame){.file = text_of(held, "file"),
                              .line = number_of(held, "line", 0)};
}

static void read_bug(const json_t *j, struct explored_found *bug)
{
    const json_t *places = json_object_get(j, "places");
    bug->kind = text_of(j, "kind");
    bug->text = text_of(j, "text");
    for (size_t i = 0; i < json_array_size(places) && i < REPORT_MAX_ACCESSES;
         i++) {
        vec_push(&bug->places, (struct explored_at){0});
        read_place(json_array_get(places, i), &bug->places.v[i]);
    }
}

static void bug_fini(struct explored_found *bug)
{
    for (size_t i = 0; i < bug->places.n; i++) {
        struct explored_at *at = &bug->places.v[i];
        free(at->text);
        free(at->does);
        free(at->object);
        frame_fini(&at->frame);
        frame_fini(&at->held);
    }
    vec_fini(&bug->places);
    free(bug->kind);
    free(bug->text);
}

/* ---- kinds ---- */

static const struct {
    const char *id;
    enum kind kind;
    const char *title;
} kinds[] = {
    {"data-race", KIND_DATA_RACE, "data race"},
    {"deadlock", KIND_DEADLOCK, NULL},
    {"lost-wakeup", KIND_LOST_WAKEUP, NULL},
    {"livelock", KIND_DEADLOCK, "threads spin for ever"},
    {"assertion", KIND_ATOMICITY, "assertion failed"},
    {"wrong-exit", KIND_ATOMICITY, "the program fails"},
    {"crash", KIND_CRASH, "crash"},
    {"thread-leak", KIND_THREAD_LEAK, "thread leak"},
    {"lock-leak", KIND_LOCK_LEAK, "a thread ends while it holds a lock"},
    {"misuse", KIND_LOCK_MISUSE, "misuse"},
    {"use-after-free", KIND_USE_AFTER_FREE, "use after free"},
    {"double-free", KIND_USE_AFTER_FREE, "double free"},
};

static size_t kind_index(const char *id)
{
    size_t n = sizeof kinds / sizeof *kinds, i = 0;
    while (i < n && !str_eq(kinds[i].id, id))
        i++;
    return i;
}

/* ---- words ---- */

static void add_frame(struct access *a, const struct frame *f)
{
    if (f->file)
        frames_add_copy(&a->stack, f);
}

struct access *explored_access(struct finding *f, const struct explored_at *at,
                               enum role role)
{
    struct access *a = accesses_add(&f->accesses, role);
    a->thread = str_fmt("thread %d", at->thread);
    add_frame(a, &at->frame);
    return a;
}

void explored_holder(struct finding *f, const struct explored_at *at)
{
    if (!at->held.file)
        return;
    struct access *a = accesses_add(&f->accesses, ROLE_HOLDS);
    a->previous = true;
    a->thread = str_fmt("thread %d", at->waits_for);
    add_frame(a, &at->held);
}

static enum role role_of(const char *does)
{
    static const struct {
        const char *does;
        enum role role;
    } roles[] = {
        {"reads", ROLE_READ},
        {"writes", ROLE_WRITE},
        {"frees", ROLE_WRITE},
        {"atomically reads", ROLE_ATOMIC_READ},
        {"atomically writes", ROLE_ATOMIC_WRITE},
        {"atomically updates", ROLE_ATOMIC_WRITE},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_eq(roles[i].does, does))
            return roles[i].role;
    return ROLE_ACCESS;
}

/* What it says of a misuse tells all. */
static bool speaks_for_itself(const struct explored_found *bug)
{
    return str_eq(bug->kind, "misuse") || str_eq(bug->kind, "thread-leak");
}

/* "title: what the program says: thread 1 reads `x`; ..." */
static char *message_of(const struct explored_found *bug, const char *title)
{
    struct buf b = {0};
    buf_adds(&b, title);
    if (bug->text && *bug->text)
        buf_addf(&b, ": %s", bug->text);
    for (size_t i = 0; i < bug->places.n && !speaks_for_itself(bug); i++)
        if (bug->places.v[i].frame.file && bug->places.v[i].text)
            buf_addf(&b, "%s%s", i == 0 ? ": " : "; ", bug->places.v[i].text);
    return buf_take(&b);
}

/* ---- findings ---- */

/* A failure is told by the accesses that were torn apart, where there are such;
 * a failure that nobody can tell the place of is no violation of anything. */
static void add_plain(const char *id, const struct explored_found *bug,
                      size_t index, struct findings *out)
{
    bool race = kinds[index].kind == KIND_DATA_RACE;
    struct finding *f = findings_add(out, id, kinds[index].kind, bug->kind);
    for (size_t i = 0; i < bug->places.n; i++) {
        const struct explored_at *at = &bug->places.v[i];
        if (!at->frame.file && !race)
            continue;
        explored_access(f, at, role_of(at->does))->previous = race && i > 0;
        if (!f->object)
            f->object = str_dup(at->object);
    }
    if (f->accesses.n == 0 || str_starts(bug->text, "cancellation of "))
        f->kind = KIND_OTHER;
    f->message = message_of(bug, kinds[index].title);
}

static void add_bug(const char *id, const json_t *j, struct findings *out)
{
    struct explored_found bug = {0};
    read_bug(j, &bug);
    size_t index = kind_index(bug.kind);
    if (index == sizeof kinds / sizeof *kinds)
        findings_add(out, id, KIND_OTHER, bug.kind)->message =
            message_of(&bug, "a bug of another kind");
    else if (kinds[index].title)
        add_plain(id, &bug, index, out);
    else
        explored_stuck(id, &bug, out);
    bug_fini(&bug);
}

void explore_report_read(const char *text, struct explore_report *out)
{
    out->root = json_loads(text, 0, NULL);
    out->result = json_array_get(json_object_get(out->root, "explore"), 0);
}

void explore_report_fini(struct explore_report *x)
{
    json_decref(x->root);
}

static bool is_complete(const json_t *result)
{
    const char *verdict = json_string_value(json_object_get(result, "verdict"));
    return verdict && (!str_eq(verdict, "BUG") ||
                       json_array_size(json_object_get(result, "bugs")) > 0);
}

enum err explored_findings(const struct explore_report *x, const char *detector,
                           const char *err, struct findings *findings,
                           char **problem)
{
    static const char *const heads[] = {"lockstep: ", NULL};
    const json_t *bugs = json_object_get(x->result, "bugs");
    if (!is_complete(x->result)) {
        *problem = report_line_starting(err, heads);
        if (!*problem)
            *problem = str_dup("the explorer gave no result");
        return ERR_INVALID;
    }
    for (size_t i = 0; i < json_array_size(bugs); i++)
        add_bug(detector, json_array_get(bugs, i), findings);
    return ERR_OK;
}

/* "a; b" */
static char *joined(const json_t *list)
{
    struct buf b = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        buf_addf(&b, "%s%s", i ? "; " : "", one ? one : "");
    }
    char *text = report_text(buf_str(&b), b.len);
    buf_fini(&b);
    return text;
}

static enum claimed claim_of(const char *verdict)
{
    static const struct {
        const char *verdict;
        enum claimed claim;
    } claims[] = {
        {"VERIFIED", CLAIM_VERIFIED},
        {"BOUNDED", CLAIM_BOUNDED},
        {"NOT FOUND", CLAIM_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        if (str_eq(claims[i].verdict, verdict))
            return claims[i].claim;
    return CLAIM_NONE;
}

void explored_claim(const struct explore_report *x, struct search_result *out)
{
    const json_t *result = x->result;
    const char *verdict = json_string_value(json_object_get(result, "verdict"));
    *out = (struct search_result){.claim = claim_of(verdict)};
    if (out->claim != CLAIM_NONE)
        out->terms = joined(json_object_get(result, "why"));
    out->printed =
        str_dup(json_string_value(json_object_get(result, "printed")));
}
