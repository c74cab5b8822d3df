/* From limits and doubts to a verdict.
 * SPDX-License-Identifier: MIT */
#include "explore/claim.h"

#include "explore/names.h"
#include "explore/search/search.h"

const char *claim_id(enum claim v)
{
    static const char *const ids[] = {"BUG", "VERIFIED", "BOUNDED",
                                      "NOT FOUND"};
    return ids[v];
}

static void add_names(const struct shared *s, struct strv *why)
{
    struct buf b = {0};
    for (uint32_t i = 0; i < s->names_count; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", s->names[i]);
    if (b.len)
        strv_addf(why, "named: %s", buf_str(&b));
    buf_fini(&b);
}

static void add_doubts(const struct shared *s, struct strv *why)
{
    for (unsigned d = 0; d < DOUBT_COUNT; d++)
        if (s->doubts >> d & 1)
            strv_add(why, doubt_text((enum doubt)d));
    if (s->doubts)
        add_names(s, why);
}

static void add_limits(const struct shared *s, struct strv *why)
{
    static const struct {
        unsigned bit;
        const char *text;
    } limits[] = {
        {SEARCH_LIMIT_STEPS, "executions were cut at the bound of steps"},
        {SEARCH_LIMIT_EXECUTIONS, "the number of executions was bounded"},
        {SEARCH_LIMIT_WORK, "the number of steps in all was bounded"},
        {SEARCH_LIMIT_PREEMPTIONS, "schedules with more preemptions exist"},
        {SEARCH_LIMIT_MEMORY, "the search ran out of memory"},
        {SEARCH_LIMIT_DIVERGED, "the program did not repeat itself"},
        {SEARCH_LIMIT_THREADS, "there were more threads than can be handled"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (s->stats.limits & limits[i].bit)
            strv_add(why, limits[i].text);
}

/* The terms. */
static void add_terms(const struct shared *s, struct strv *why)
{
    strv_add(why, s->learned & LEARNED_WEAK
                      ? "SC only: weaker orders of atomics are not explored"
                      : "SC");
    strv_add(why, "this input");
    strv_addf(why, "%s -O0", s->compiler);
    if (s->config.timeouts)
        strv_addf(why, "at most %u time-outs by choice", s->config.timeouts);
    else
        strv_add(why, "time-outs only when nothing else can run");
    strv_add(why, s->config.spurious ? "at most one spurious wake-up"
                                     : "no spurious wake-ups");
    if (s->learned & LEARNED_FEEBLE)
        strv_add(why, "no weak compare-exchange fails without cause");
    if (s->learned & LEARNED_BARRIER)
        strv_add(why, "the serial thread of a barrier is the lowest");
    if (s->learned & LEARNED_SIGNALS)
        strv_add(why, "no signals from outside");
    if (s->learned & LEARNED_CANCEL)
        strv_add(why, "cancellation where POSIX demands it");
    if (s->learned & LEARNED_PIPE)
        strv_add(why, "a pipe or socket pair holds 64 KiB");
}

/* What is known of a search that did not come to its end. */
static void add_covered(uint32_t covered, struct strv *why)
{
    if (covered == 1)
        strv_add(why, "every schedule without a preemption was tried");
    else
        strv_addf(why, "every schedule with at most %u preemption%s was tried",
                  covered - 1, covered == 2 ? "" : "s");
}

enum claim claim_of(const struct shared *s, struct strv *why)
{
    if (s->bugs_count)
        return EXPLORED_BUG;
    add_doubts(s, why);
    add_limits(s, why);
    if (!s->finished || !s->exhausted) {
        if (!s->finished || !s->stats.covered) {
            strv_add(why, "the search was not finished");
            return EXPLORED_NOT_FOUND;
        }
        add_covered(s->stats.covered, why);
        strv_add(why, "the whole search was not finished");
        return EXPLORED_BOUNDED;
    }
    if (!s->complete && why->n == 0)
        strv_add(why, "the strategy does not cover all schedules");
    if (s->doubts || s->stats.limits || !s->complete || why->n)
        return EXPLORED_BOUNDED;
    add_terms(s, why);
    return EXPLORED_VERIFIED;
}
