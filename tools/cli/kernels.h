/* The kernels of a corpus, ready to be measured.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_KERNELS_H
#define LOCKSTEP_CLI_KERNELS_H

#include "bench/bench.h"
#include "engine/engine.h"

/* Strings borrowed from the corpus; the lists are owned. */
struct kernel {
    const char *name;
    struct bench_variants variants;
    struct strv args;
    const char *value;
};

VEC_TYPE(kernels, struct kernel);

/* The selected cases that have a `bench` entry, with the variants called so
 * (none named: all) and their serial one. What is selected by name must be a
 * kernel. ERR_INVALID or ERR_NOENT with messages in d; kernels_fini is owed
 * either way. */
enum err kernels_choose(const struct selections *what, bool by_name,
                        const struct strv *variants, struct kernels *out,
                        struct diag *d);
void kernels_fini(struct kernels *k);

#endif
