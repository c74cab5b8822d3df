/* Where a report goes: to stdout in one format, to files in others.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OUTPUTS_H
#define LOCKSTEP_CLI_OUTPUTS_H

#include "base/vec.h"
#include "formats/format.h"

#include <argp.h>

struct output {
    const struct format *format;
    char *path;
};

VEC_TYPE(outputs, struct output);

void outputs_fini(struct outputs *l);

/* What --format was given: "ID=FILE" is added; of "ID" *printed is set: true.
 * Anything else is a usage error. */
bool outputs_add(struct outputs *l, const char *word,
                 const struct format **printed, struct argp_state *state);

/* Writes a report in one format; what it is of is in arg. */
typedef enum err write_report(void *arg, const struct format *format,
                              const struct format_options *o, FILE *out);

/* Writes the report to each file, which is old or new, never half; a device or
 * a pipe is written to as it is. Complains on stderr; the first error. */
enum err outputs_write(const struct outputs *l, const struct report *r,
                       const struct format_options *o);

/* The same of what write makes of arg. */
enum err outputs_write_by(const struct outputs *l, write_report *write,
                          void *arg, const struct format_options *o);

#endif
