/* The programming model of a case: what its threads are made of.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_MODEL_H
#define LOCKSTEP_MODEL_MODEL_H

/* id as written in manifests and JSON. C11 threads are those of glibc, or of a
 * layer over POSIX threads where a detector knows no others; native ones are
 * always glibc's. Programs of MPI are built by mpicc and started by mpirun. */
#define MODEL_LIST(X)                                                          \
    X(PTHREAD, "pthread")                                                      \
    X(OPENMP, "openmp")                                                        \
    X(C11, "c11")                                                              \
    X(C11_NATIVE, "c11-native")                                                \
    X(PROCESS, "process")                                                      \
    X(SERIAL, "serial")                                                        \
    X(MPI, "mpi")

enum model {
#define MODEL_ENUM(name, id) MODEL_##name,
    MODEL_LIST(MODEL_ENUM)
#undef MODEL_ENUM
        MODEL_COUNT
};

const char *model_id(enum model m);

/* The model with that id, or MODEL_COUNT. */
enum model model_by_id(const char *id);

#endif
