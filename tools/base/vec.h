/* A typed growing array: VEC(struct finding) findings = {0};
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_VEC_H
#define LOCKSTEP_BASE_VEC_H

#include "base/mem.h"

#include <stdlib.h>

/* Zero-initialise. v[0..n) are the elements, owned by the vector. */
#define VEC(type)                                                              \
    struct {                                                                   \
        type *v;                                                               \
        size_t n;                                                              \
        size_t cap;                                                            \
    }

/* The same as a named type: VEC_TYPE(frames, struct frame); */
#define VEC_TYPE(name, type)                                                   \
    struct name {                                                              \
        type *v;                                                               \
        size_t n;                                                              \
        size_t cap;                                                            \
    }

#define vec_push(vec, element)                                                 \
    do {                                                                       \
        if ((vec)->n == (vec)->cap) {                                          \
            (vec)->cap = (vec)->cap ? 2 * (vec)->cap : 4;                      \
            (vec)->v = mem_resize((vec)->v, (vec)->cap, sizeof *(vec)->v);     \
        }                                                                      \
        (vec)->v[(vec)->n++] = (element);                                      \
    } while (0)

/* Frees the array, not what its elements own. */
#define vec_fini(vec)                                                          \
    do {                                                                       \
        free((vec)->v);                                                        \
        (vec)->v = NULL;                                                       \
        (vec)->n = (vec)->cap = 0;                                             \
    } while (0)

#endif
