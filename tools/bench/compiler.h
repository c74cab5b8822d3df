/* The compilers whose code is measured, and how they build a kernel.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_COMPILER_H
#define LOCKSTEP_BENCH_COMPILER_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/model.h"

#include <stdbool.h>

enum compiler_family { COMPILER_GCC, COMPILER_CLANG };

/* Strings owned. */
struct compiler {
    char *command;               /* as given: "gcc", "clang-19" */
    enum compiler_family family; /* what it says it is */
    char *version;               /* first line of --version; NULL: unusable */
    char *problem;               /* why it is unusable, and what to do */
    char *no_openmp;             /* the same for OpenMP only */
};

VEC_TYPE(compilers, struct compiler);

/* Asks command what it is and tries whether it builds OpenMP programs, in the
 * folder dir. ERR_CANCELLED, or ERR_OK and *out is owed compiler_fini. */
enum err compiler_probe(const char *command, const char *dir,
                        struct compiler *out);
void compiler_fini(struct compiler *c);
void compilers_fini(struct compilers *l);

/* The OpenMP runtime that its programs use: "libgomp", "libomp". */
const char *compiler_openmp(const struct compiler *c);

/* What is to be built. Borrowed. */
struct compiler_job {
    enum model model;
    const char *source, *include_dir, *output;
    const struct strv *libraries; /* to link with; NULL: none */
};

/* Of every program, before those of its model. */
#define COMPILER_FLAGS "-O2 -pthread"

/* Builds as one does by hand: COMPILER_FLAGS, with OpenMP if the model is that,
 * by mpicc on top of the compiler if it is MPI. ERR_INVALID with what the
 * compiler said in d. */
enum err compiler_build(const struct compiler *c,
                        const struct compiler_job *job, struct diag *d);

/* Why there is no MPI here, and what to do; NULL: mpicc and mpirun are there.
 * Static. */
const char *compiler_no_mpi(void);

#endif
