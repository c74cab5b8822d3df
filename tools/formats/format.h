/* What an output format is: one const struct format_<file name> at the top of
 * one file in this folder. The build finds it by that file name.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_FORMAT_H
#define LOCKSTEP_FORMATS_FORMAT_H

#include "base/err.h"
#include "model/report.h"

#include <stdbool.h>
#include <stdio.h>

/* All zero is fine; all pointers are borrowed. */
struct format_options {
    bool color;
    bool timing; /* tell what the run cost */
    bool score;  /* tell how each detector did */
    size_t most; /* programs whose findings are told; 0: all */
    int width;   /* of the terminal, in columns; 0: no limit */

    /* Of sarif, gitlab and github: tell all findings, not only those of results
     * that differ from the record. */
    bool all;

    /* The folder that machines are told paths from, absolute. NULL: the work
     * tree of git around the corpus, or else the corpus. */
    const char *root;

    /* Of html and markdown: what to compare the report with, and its name; or
     * NULL. */
    const struct report *older;
    const char *older_name;

    /* Of html: texts of SVG to show, such as lockstep_bench's; or NULL. */
    const struct strv *pictures;

    /* Appends the content of a source or of a raw report to out; ERR_NOENT
     * where there is none. NULL: regular files are read. */
    enum err (*read)(void *arg, const char *path, struct buf *out);
    void *read_arg;
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
