/* What can be told of an executable before it is run: who can judge it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_PROGRAM_H
#define LOCKSTEP_DETECTORS_PROGRAM_H

#include "base/err.h"
#include "model/model.h"

#include <stdbool.h>

enum program_form {
    PROGRAM_DYNAMIC, /* ELF, loaded by ld.so */
    PROGRAM_STATIC,  /* ELF, linked statically: nothing can be preloaded */
    PROGRAM_SCRIPT,  /* no ELF: "#!" or the like */
};

/* The run-time system that a compiler built in. */
enum program_runtime {
    PROGRAM_PLAIN,
    PROGRAM_TSAN_GCC,
    PROGRAM_TSAN_CLANG,
    PROGRAM_OTHER_SANITIZER, /* of addresses, memory, leaks */
};

struct program {
    char *path; /* absolute; owned */
    enum program_form form;
    enum program_runtime runtime;
    enum model model; /* MODEL_C11_NATIVE: it calls thrd_create of the C
                       * library; MODEL_OPENMP; else MODEL_PTHREAD */
    unsigned dwarf;   /* version of its debug information; 0: it has none */
};

/* Reads the symbols of the file. ERR_NOENT, ERR_ACCESS and the like, or ERR_OK
 * and program_fini is owed. What is no ELF is a script. */
enum err program_read(const char *path, struct program *out);
void program_fini(struct program *p);

#endif
