/* The programming model of a case: what its threads are made of.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_MODEL_H
#define LOCKSTEP_MODEL_MODEL_H

enum model {
    MODEL_PTHREAD,
    MODEL_OPENMP,
    MODEL_C11,
    MODEL_PROCESS,
    MODEL_SERIAL
};

#define MODEL_COUNT 5

const char *model_id(enum model m);

/* The model with that id, or MODEL_COUNT. */
enum model model_by_id(const char *id);

#endif
