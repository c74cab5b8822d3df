/* Takes one frame of a ThreadSanitizer report apart.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tsan_frame.h"

#include "detectors/support/report.h"

#include <limits.h>
#include <string.h>

static int number(const char *s, size_t n)
{
    long v = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return 0;
        v = 10 * v + (s[i] - '0');
        if (v > INT_MAX)
            return 0;
    }
    return (int)v;
}

static char *known(const char *s, size_t n)
{
    if (n == 0 || (n == 6 && memcmp(s, "<null>", 6) == 0))
        return NULL;
    return report_text(s, n);
}

/* Cuts the part behind the last '|' off s[0..*n). */
static bool cut_last(const char *s, size_t *n, const char **part, size_t *len)
{
    const char *bar = memrchr(s, '|', *n);
    if (!bar)
        return false;
    *part = bar + 1;
    *len = *n - (size_t)(bar + 1 - s);
    *n = (size_t)(bar - s);
    return true;
}

/* C++ operators put bars in a function: it is what the others leave. */
bool tsan_frame(const char *s, size_t n, struct frame *f)
{
    const char *part[4];
    size_t len[4];
    for (int i = 3; i >= 0; i--)
        if (!cut_last(s, &n, &part[i], &len[i]))
            return false;
    const char *bar = memchr(s, '|', n);
    if (!bar)
        return false;
    f->function = known(bar + 1, n - (size_t)(bar + 1 - s));
    f->file = known(part[0], len[0]);
    f->line = number(part[1], len[1]);
    f->col = number(part[2], len[2]);
    f->module = known(part[3], len[3]);
    return true;
}
