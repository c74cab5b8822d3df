/* Places in a manifest, for messages about what the schema cannot know.
 * Internal to the model.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_PLACE_H
#define LOCKSTEP_MODEL_PLACE_H

#include <stddef.h>

/* From 1; all zero is the start. */
struct place {
    int line, column;
};

/* The line of the nth scalar (from 0) equal to word, not before `from`; 0 if
 * there is none. */
int place_of_scalar(const char *text, size_t n, const char *word,
                    struct place from, unsigned nth);

/* The line of the entry with that index in the sequence under a key of the
 * manifest itself, with -1 that of the key; 0 if there is none. */
int place_of_entry(const char *text, size_t n, const char *key, int index);

#endif
