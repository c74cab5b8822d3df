/* What an output format is: one const struct format_<file name> at the top of
 * one file in this folder. The build finds it by that file name.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_FORMAT_H
#define LOCKSTEP_FORMATS_FORMAT_H

#include "base/err.h"
#include "model/report.h"

#include <stdbool.h>
#include <stdio.h>

struct format_options {
    bool color;
    bool timing; /* tell what the run cost */
    bool score;  /* tell how each detector did */
    size_t most; /* programs whose findings are told; 0: all */
    int width;   /* of the terminal, in columns; 0: no limit */
};

struct format {
    const char *id;
    const char *title; /* one line for people */

    /* Writes the whole report; ERR_IO when out failed. */
    enum err (*write)(const struct report *r, const struct format_options *o,
                      FILE *out);
};

/* All formats, by id; ends with NULL. */
extern const struct format *const formats[];

const struct format *format_by_id(const char *id);

#endif
