/* What is being read of an XML report of Valgrind: one error, signal or thread
 * at a time, which becomes a finding where its element ends. Who parses the XML
 * fills the fields in; the functions are called where an element begins or
 * ends.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_READER_H
#define LOCKSTEP_DETECTORS_SUPPORT_VALGRIND_READER_H

#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "detectors/support/symbols.h"
#include "model/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* What is being read. */
enum valgrind_scope {
    VALGRIND_NOWHERE,
    VALGRIND_IN_ERROR,
    VALGRIND_IN_SIGNAL,
    VALGRIND_IN_ANNOUNCE,
};

/* What the stacks in an element of an error are. */
enum valgrind_aside { VALGRIND_TELLS, VALGRIND_CREATES, VALGRIND_BOUNDS };

struct valgrind_announced {
    char *id;
    struct frames stack; /* of its creation */
};

/* Begins with detector and findings, which are borrowed; the rest zeroed. */
struct valgrind_reader {
    const char *detector;
    struct findings *findings; /* grows */
    size_t dropped;            /* findings beyond REPORT_MAX_FINDINGS */

    enum valgrind_scope scope;
    enum valgrind_aside aside;

    /* of the error, signal or thread being read */
    char *native, *event, *id;
    struct buf what, aux;
    char *object;
    struct accesses accesses;
    struct strv thread_ids;
    bool fatal; /* the signal: it was the program's own fault */

    /* of the stack being read */
    struct frames stack;
    bool in_frame;
    struct frame frame;
    char *dir, *file;

    VEC(struct valgrind_announced) threads; /* announced so far */
    struct symbols symbols;
};

/* An error, a signal or a thread begins; what was begun before is dropped. */
void valgrind_reader_enter(struct valgrind_reader *r,
                           enum valgrind_scope scope);
void valgrind_reader_end_error(struct valgrind_reader *r);
void valgrind_reader_end_signal(struct valgrind_reader *r);
void valgrind_reader_end_thread(struct valgrind_reader *r);

/* A stack or a frame begins: what was begun of one before is dropped. */
void valgrind_reader_drop_stack(struct valgrind_reader *r);
void valgrind_reader_drop_frame(struct valgrind_reader *r);
void valgrind_reader_end_stack(struct valgrind_reader *r);
void valgrind_reader_end_frame(struct valgrind_reader *r);

void valgrind_reader_fini(struct valgrind_reader *r);

#endif
