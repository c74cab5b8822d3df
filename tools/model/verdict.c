/* The words of a verdict.
 * SPDX-License-Identifier: MIT */
#include "model/verdict.h"

#define ID(name, id) id,

const char *verdict_id(enum verdict v)
{
    static const char *const ids[] = {VERDICT_LIST(ID)};
    return ids[v];
}

const char *grade_id(enum grade g)
{
    static const char *const ids[] = {GRADE_LIST(ID)};
    return ids[g];
}

const char *outcome_id(enum outcome o)
{
    static const char *const ids[] = {OUTCOME_LIST(ID)};
    return ids[o];
}

const char *aid_id(enum aid a)
{
    static const char *const ids[] = {AID_LIST(ID)};
    return ids[a];
}

const char *claimed_id(enum claimed c)
{
    static const char *const ids[] = {CLAIM_LIST(ID)};
    return ids[c];
}

bool verdict_reports(enum verdict v)
{
    return v != VERDICT_CLEAN && v != VERDICT_CRASHES;
}

bool outcome_judged(enum outcome o)
{
    return o <= OUTCOME_TIMEOUT;
}
