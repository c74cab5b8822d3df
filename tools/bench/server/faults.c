/* Chance: which answers fail, and how late each is.
 * SPDX-License-Identifier: MIT */
#include "bench/server/faults.h"

#include <stdlib.h>
#include <string.h>

static void complain(const char *text, const char *why, struct diag *d)
{
    diag_add(d,
             "--fail: '%s': %s; give KIND:RATE with a KIND of 5xx, reset, "
             "stall, truncated or drip, and a RATE from 0 to 1",
             text, why);
}

enum err faults_add(struct faults *f, const char *text, struct diag *d)
{
    size_t length = strcspn(text, ":");
    enum trouble t = trouble_by_id(text, length);
    if (t == TROUBLE_NONE || text[length] != ':') {
        complain(text, "no such kind", d);
        return ERR_INVALID;
    }
    char *end;
    const char *number = text + length + 1;
    double rate = strtod(number, &end), sum = rate;
    for (int i = 0; i < TROUBLE_NONE; i++)
        sum += i == (int)t ? 0 : f->rate[i];
    /* The comparisons are false for a NaN. */
    if (end == number || *end || !(rate >= 0 && sum <= 1 + 1e-9)) {
        complain(text, "no such rate, or all rates together above 1", d);
        return ERR_INVALID;
    }
    f->rate[t] = rate;
    return ERR_OK;
}

double faults_random(struct faults *f)
{
    return (double)(stats_random(&f->random) >> 11) * 0x1p-53;
}

enum trouble faults_draw(struct faults *f)
{
    double x = faults_random(f);
    for (int t = 0; t < TROUBLE_NONE; t++) {
        if (x < f->rate[t])
            return (enum trouble)t;
        x -= f->rate[t];
    }
    return TROUBLE_NONE;
}
