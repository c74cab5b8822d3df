/* What stays of a finding when its lines move: the kind of mistake and, of each
 * place, the file's name, the function, and the line's code without comments
 * and blanks. It changes with the code of the line, the function's name or the
 * file's name; two equal lines of one function are one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_FINGERPRINT_H
#define LOCKSTEP_MODEL_FINGERPRINT_H

#include "model/finding.h"

/* A place without its line number. Strings owned, never NULL. */
struct landmark {
    char *file;     /* without its folder */
    char *function; /* without parameters and what a compiler appends */
    char *code;     /* "" where the source cannot be read */
};

VEC_TYPE(landmarks, struct landmark);

/* The landmarks of all that f tells of (not ROLE_CREATED), each once, sorted.
 */
void landmarks_of(const struct finding *f, struct landmarks *out);
void landmarks_fini(struct landmarks *l);

bool landmarks_equal(const struct landmarks *a, const struct landmarks *b);
/* Each of a is in b. */
bool landmarks_within(const struct landmarks *a, const struct landmarks *b);

/* 32 hexadecimal digits of kind and landmarks; without any, of the detector,
 * its own name of the kind and the object. Owned by the caller. */
char *fingerprint_of(const struct finding *f,
                     const struct landmarks *landmarks);

/* The code of a line of C as a landmark has it; owned by the caller. */
char *code_normal(const char *line, size_t n);

#endif
