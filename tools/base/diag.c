/* Messages on their way to the user.
 * SPDX-License-Identifier: MIT */
#include "base/diag.h"

void diag_fini(struct diag *d)
{
    strv_fini(&d->messages);
}

void diag_at(struct diag *d, const char *file, int line, const char *fmt, ...)
{
    struct buf b = {0};
    if (file && line > 0)
        buf_addf(&b, "%s:%d: ", file, line);
    else if (file)
        buf_addf(&b, "%s: ", file);
    va_list ap;
    va_start(ap, fmt);
    buf_addv(&b, fmt, ap);
    va_end(ap);
    strv_take(&d->messages, buf_take(&b));
}
