/* The words by which reports speak of outcomes, findings and accesses.
 * SPDX-License-Identifier: MIT */
#include "formats/support/words.h"

#include <stdlib.h>
#include <string.h>

#define MOST_TEXT ((size_t)4 << 10)

struct outcome_word words_outcome(const struct result *r)
{
    static const struct outcome_word words[] = {
        [OUTCOME_FLAGGED] = {"found", 'F'},
        [OUTCOME_SOMETIMES] = {"some", 'S'},
        [OUTCOME_MISSED] = {"miss", 'm'},
        [OUTCOME_CLEAN] = {"ok", '.'},
        [OUTCOME_FALSE_ALARM] = {"ALARM", '!'},
        [OUTCOME_HANG] = {"hang", 'h'},
        [OUTCOME_TIMEOUT] = {"time", 't'},
        [OUTCOME_CRASHES] = {"crash", 'K'},
        [OUTCOME_NO_TOKEN] = {"DIED", 'D'},
        [OUTCOME_BUILD_FAILED] = {"CC", 'C'},
        [OUTCOME_ERROR] = {"ERROR", 'E'},
        [OUTCOME_UNSUPPORTED] = {"n/a", '/'},
        [OUTCOME_SKIPPED] = {"-", '-'},
        [OUTCOME_CANCELLED] = {"stopped", 'x'},
    };
    if (r->outcome == OUTCOME_FLAGGED && r->grade == GRADE_PARTIAL)
        return (struct outcome_word){"part", 'P'};
    if (r->outcome == OUTCOME_FLAGGED && r->annotated)
        return (struct outcome_word){"annot", 'A'};
    if (r->outcome == OUTCOME_MISSED && r->grade > GRADE_NONE)
        return (struct outcome_word){"off", 'O'};
    if (r->outcome == OUTCOME_CLEAN && r->claim == CLAIM_VERIFIED)
        return (struct outcome_word){"verified", 'V'};
    if (r->outcome == OUTCOME_CLEAN && r->claim == CLAIM_BOUNDED)
        return (struct outcome_word){"bounded", 'B'};
    if (r->outcome == OUTCOME_CLEAN && r->claim == CLAIM_NOT_FOUND)
        return (struct outcome_word){"open", 'o'};
    return words[r->outcome];
}

char *words_claims(const struct report *report)
{
    unsigned n[CLAIM_VERIFIED + 1] = {0}, all = 0;
    for (size_t i = 0; i < report->results.n; i++) {
        const struct result *r = &report->results.v[i];
        bool claimed = !r->variant->buggy && r->claim != CLAIM_NONE;
        n[r->claim] += claimed;
        all += claimed;
    }
    if (all == 0)
        return NULL;
    return str_fmt("Of %u fix%s explored, %u %s verified: no schedule fails; "
                   "%u %s bounded, %u not explored to the end.",
                   all, all == 1 ? "" : "es", n[CLAIM_VERIFIED],
                   n[CLAIM_VERIFIED] == 1 ? "is" : "are", n[CLAIM_BOUNDED],
                   n[CLAIM_BOUNDED] == 1 ? "is" : "are", n[CLAIM_NOT_FOUND]);
}

char *words_result(const struct result *r)
{
    if (r->outcome == OUTCOME_SOMETIMES)
        return str_fmt("%u/%u", r->flagged, r->runs);
    return str_dup(words_outcome(r).word);
}

/* A copy that a person can read, whatever a detector made of it; owned by the
 * caller. */
static char *short_text(const char *s)
{
    size_t n = strlen(s), most = MOST_TEXT;
    if (n <= MOST_TEXT)
        return str_dup(s);
    while (most > 0 && ((unsigned char)s[most] & 0xc0) == 0x80)
        most--;
    return str_fmt("%.*s [... %zu bytes left out]", (int)most, s, n - most);
}

/* The places of a race follow as notes, in one form for all detectors; of
 * other kinds the detector's own words say more. */
char *words_finding(const struct finding *f, const char *object)
{
    if (f->kind != KIND_DATA_RACE || (f->by_rule && f->message))
        return short_text(f->message ? f->message : kind_text(f->kind));
    char *name = object ? short_text(object) : NULL;
    char *words = name ? str_fmt("%s on `%s`", kind_text(f->kind), name)
                       : str_dup(kind_text(f->kind));
    free(name);
    return words;
}

char *words_access(const struct access *a)
{
    static const char *const words[] = {
        "read",  "write", "atomic read", "atomic write", "waits",
        "taken", "locks", "created",     "here",
    };
    const struct frame *f = access_place(a);
    struct buf b = {0};
    buf_addf(&b, "%s%s",
             a->previous && a->role != ROLE_HOLDS ? "previous " : "",
             words[a->role]);
    if (f && f->function)
        buf_addf(&b, " in %s()", f->function);
    if (a->thread)
        buf_addf(&b, ", %s", a->thread);
    return buf_take(&b);
}

char *words_cell(const struct result *r)
{
    return str_fmt("%s:%s under %s", r->c->id, r->variant->name,
                   r->detector->id);
}

void words_gate(const struct report *report, const struct result *r,
                struct strv *out)
{
    char *cell = words_cell(r);
    char *head = str_fmt("%s: ", cell);
    for (size_t i = 0; i < report->gate.failures.n; i++)
        if (str_starts(report->gate.failures.v[i], head))
            strv_add(out, report->gate.failures.v[i] + strlen(head));
    free(head);
    free(cell);
}

char *words_gate_text(const struct report *report, const struct result *r)
{
    struct strv lines = {0};
    struct buf b = {0};
    if (r->differs)
        words_gate(report, r, &lines);
    for (size_t i = 0; i < lines.n; i++)
        buf_addf(&b, "%s%s", i ? "\n" : "", lines.v[i]);
    if (r->differs && lines.n == 0 && r->findings.n == 0)
        buf_adds(&b, r->note ? r->note : outcome_id(r->outcome));
    strv_fini(&lines);
    return buf_take(&b);
}

char *words_failure(const struct report *report, const struct result *r)
{
    char *gate = words_gate_text(report, r);
    const struct finding *f = r->findings.n ? &r->findings.v[0] : NULL;
    if (*gate || !f)
        return gate;
    free(gate);
    return words_finding(f, f->object);
}
