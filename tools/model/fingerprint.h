/* What stays of a finding when its lines move: the kind of mistake and, of each
 * place, the file's name, the function, and the line's code without comments
 * and blanks. It changes with the code of the line, the function's name or the
 * file's name; two equal lines of one function are one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_FINGERPRINT_H
#define LOCKSTEP_MODEL_FINGERPRINT_H

#include "model/finding.h"

/* A place without its line number. Strings owned, never NULL. */
struct spot {
    char *file;     /* without its folder */
    char *function; /* without parameters and what a compiler appends */
    char *code;     /* "" where the source cannot be read */
};

VEC_TYPE(spots, struct spot);

/* The spots of all that f tells of (not ROLE_CREATED), each once, sorted. */
void spots_of(const struct finding *f, struct spots *out);
void spots_fini(struct spots *l);

bool spots_equal(const struct spots *a, const struct spots *b);
/* Each of a is in b. */
bool spots_within(const struct spots *a, const struct spots *b);

/* 32 hexadecimal digits of kind and spots; without a spot, of the detector, its
 * own name of the kind and the object. Owned by the caller. */
char *fingerprint_of(const struct finding *f, const struct spots *spots);

/* The code of a line of C as a spot has it; owned by the caller. */
char *code_normal(const char *line, size_t n);

#endif
