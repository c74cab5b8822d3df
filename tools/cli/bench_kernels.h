/* The kernels of a corpus, ready to be measured.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_BENCH_KERNELS_H
#define LOCKSTEP_CLI_BENCH_KERNELS_H

#include "bench/bench.h"
#include "model/corpus.h"

/* Borrowed from the corpus but for the arrays. */
struct kernel {
    const char *name;
    struct bench_variants variants;
    struct strv args;
    const char *value;
};

struct kernels {
    struct kernel *v;
    size_t n, cap;
    const char *dir; /* holds the header of the kernels */
    struct corpus corpus;
};

/* The kernels that names mean, or all when there are none, of the corpus in
 * dir; with the variants named, and serial ones. Names are checked: ERR_NOENT
 * or ERR_INVALID with messages in d. kernels_fini is owed either way. */
enum err kernels_load(const char *dir, const struct strv *names,
                      const struct strv *variants, struct kernels *out,
                      struct diag *d);
void kernels_fini(struct kernels *k);

#endif
