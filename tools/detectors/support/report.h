/* Report files as dynamic detectors leave them: one per process, from programs
 * that may be hostile, and bounded therefore in every direction.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_REPORT_H
#define LOCKSTEP_DETECTORS_SUPPORT_REPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "model/finding.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    REPORT_MAX_FINDINGS = 10000, /* per run; later ones are counted only */
    REPORT_MAX_ACCESSES = 64,    /* per finding */
    REPORT_MAX_FRAMES = 64,      /* per stack, innermost first */
    REPORT_MAX_TEXT = 4096,      /* bytes of one name or message */
    REPORT_MAX_FILE = 64 << 20,  /* bytes read of one file */
    REPORT_MAX_FILES = 1000,     /* files read of one run */
};

/* The files "report.<pid>[.xml]" of dir, paths, by ascending pid. */
enum err report_files(const char *dir, struct strv *paths);

/* Appends the file's first REPORT_MAX_FILE bytes to out. */
enum err report_read(const char *path, struct buf *out);

/* The next line of text[*pos..n), without its end; false at the end. A line
 * that nothing ended (a report cut off) is not returned. */
bool report_line(const char *text, size_t n, size_t *pos, const char **line,
                 size_t *len);

/* The first line of a captured text, behind an optional "==pid==" or
 * "--pid-- ", that starts with one of prefixes (NULL-terminated): a copy that
 * the caller frees, or NULL. */
char *report_line_starting(const char *text, const char *const *prefixes);

/* Of a line s[0..n): whether it starts with prefix, and the place of needle in
 * it or NULL. */
bool report_begins(const char *s, size_t n, const char *prefix);
const char *report_within(const char *s, size_t n, const char *needle);

/* Skips "==pid==" and "--pid--" and a blank after it. */
const char *report_skip_pid(const char *s);

/* s without what makes it harmful in a message: bounded, control bytes as
 * '?'. Owned by the caller. */
char *report_text(const char *s, size_t n);

/* A copy of the stack. */
void report_copy_stack(struct frames *to, const struct frames *from);

/* Adds f, which it takes over, unless the list is full: then f is freed and
 * dropped is counted. Returns whether it was added. */
bool report_keep(struct findings *l, struct finding *f, size_t *dropped);

/* Says in the last finding's message how many were dropped, if any were. */
void report_note_dropped(struct findings *l, size_t dropped);

#endif
