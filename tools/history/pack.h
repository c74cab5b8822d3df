/* Structs as bytes and back: one function for each struct names its members
 * once, for both directions.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_PACK_H
#define LOCKSTEP_HISTORY_PACK_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zero-initialise to write: the bytes are in out, owned. */
struct pack {
    bool reading;
    bool bad; /* what was read is no such pack; members may be zero */
    struct buf out;
    const unsigned char *at, *end; /* what is still to be read; borrowed */
};

struct pack pack_of(const void *bytes, size_t n);

/* Whether all was read, and was as it should be. */
bool pack_done(const struct pack *p);

void pack_fini(struct pack *p);

/* Each writes *v, or reads it; of what cannot be read, 0 or NULL. Texts are any
 * bytes but 0, owned by the reader, or NULL. */
void pack_bool(struct pack *p, bool *v);
void pack_unsigned(struct pack *p, unsigned *v);
void pack_int(struct pack *p, int *v);
void pack_real(struct pack *p, double *v);
void pack_text(struct pack *p, char **v);
void pack_texts(struct pack *p, struct strv *v);

/* A text that the struct only borrows: of what is read, from texts. */
void pack_borrowed(struct pack *p, const char **v, struct strv *texts);

/* n, or the number read: of elements with a byte at least. */
size_t pack_count(struct pack *p, size_t n);

/* A vector, empty before it is read, by the function of its elements. */
#define pack_each(p, vec, element)                                             \
    do {                                                                       \
        size_t count_ = pack_count(p, (vec)->n);                               \
        for (size_t i_ = 0; i_ < count_ && !(p)->bad; i_++) {                  \
            if ((p)->reading)                                                  \
                vec_push(vec, (__typeof__(*(vec)->v)){0});                     \
            element(p, &(vec)->v[i_]);                                         \
        }                                                                      \
    } while (0)

/* An enum by its ids, which outlive the order of their list. */
#define pack_choice(p, v, id, last)                                            \
    do {                                                                       \
        char *word_ = (p)->reading ? NULL : str_dup(id(*(v)));                 \
        int k_ = 0;                                                            \
        pack_text(p, &word_);                                                  \
        while ((p)->reading && k_ <= (int)(last) && !str_eq(id(k_), word_))    \
            k_++;                                                              \
        if ((p)->reading && k_ > (int)(last))                                  \
            (p)->bad = true;                                                   \
        else if ((p)->reading)                                                 \
            *(v) = k_;                                                         \
        free(word_);                                                           \
    } while (0)

#endif
