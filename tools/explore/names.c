/* Names from the lists.
 * SPDX-License-Identifier: MIT */
#include "explore/names.h"

#include "base/str.h"

static const char *const bug_ids[] = {
#define BUG_ID(name, id) id,
    BUG_LIST(BUG_ID)
#undef BUG_ID
};

enum { BUG_KINDS = sizeof bug_ids / sizeof *bug_ids };

const char *bug_id(enum bug_kind k)
{
    return (unsigned)k < BUG_KINDS ? bug_ids[k] : "unknown";
}

enum bug_kind bug_by_id(const char *id)
{
    for (unsigned k = 1; k < BUG_KINDS; k++)
        if (str_eq(bug_ids[k], id))
            return (enum bug_kind)k;
    return BUG_NONE;
}

const char *doubt_text(enum doubt d)
{
    static const char *const texts[] = {
#define DOUBT_TEXT(name, text) text,
        DOUBT_LIST(DOUBT_TEXT)
#undef DOUBT_TEXT
    };
    return texts[d];
}

const char *event_text(enum event_kind k)
{
    static const char *const texts[] = {
#define EVENT_TEXT(name, text) text,
        EVENT_LIST(EVENT_TEXT)
#undef EVENT_TEXT
    };
    return k < EVENT_KINDS ? texts[k] : "does";
}

bool mode_by_id(const char *id, enum explore_mode *out)
{
    static const char *const ids[] = {
        [EXPLORE_RANDOM] = "random", [EXPLORE_PCT] = "pct",
        [EXPLORE_DFS] = "dfs",       [EXPLORE_SLEEP] = "sleep",
        [EXPLORE_SOURCE] = "source", [EXPLORE_DPOR] = "dpor",
        [EXPLORE_AUTO] = "auto"};
    for (unsigned i = 0; i < sizeof ids / sizeof *ids; i++)
        if (str_eq(ids[i], id)) {
            *out = (enum explore_mode)i;
            return true;
        }
    return false;
}
