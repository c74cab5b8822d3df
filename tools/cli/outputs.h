/* Where a report goes: to stdout in one format, to files in others.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OUTPUTS_H
#define LOCKSTEP_CLI_OUTPUTS_H

#include "base/vec.h"
#include "formats/format.h"

struct output {
    const struct format *format;
    char *path;
};

VEC_TYPE(outputs, struct output);

void outputs_fini(struct outputs *l);

/* Writes the report to each file, which is old or new, never half; a device or
 * a pipe is written to as it is. Complains on stderr; the first error. */
enum err outputs_write(const struct outputs *l, const struct report *r,
                       const struct format_options *o);

#endif
