/* The kernels of a corpus, ready to be measured.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_KERNELS_H
#define LOCKSTEP_CLI_KERNELS_H

#include "bench/bench.h"
#include "engine/engine.h"

/* Strings borrowed from the corpus; the lists are owned. */
struct kernel {
    const char *name;
    enum bench_group group;
    const char *base; /* or NULL */
    struct bench_variants variants;
    struct bench_works works;
    struct thread_counts threads; /* its own; none: the computer decides */
    struct strv libraries;
    const struct server_entry *server; /* or NULL */
};

VEC_TYPE(kernels, struct kernel);

/* What is wanted of the kernels. Borrowed. */
struct kernels_wanted {
    bool by_name;                 /* all that is selected must be kernels */
    enum bench_group group;       /* only of it; BENCH_GROUP_COUNT: of any */
    const struct strv *variants;  /* none: all; the base always */
    const struct strv *workloads; /* none: all; BENCH_SWEEP is one */
    const char *sizes;            /* of the sweep, a list; NULL: its own */
};

/* The selected cases that have a `bench` entry, as wanted. ERR_INVALID or
 * ERR_NOENT with messages in d, also for a name that no kernel has;
 * kernels_fini is owed either way. */
enum err kernels_choose(const struct selections *what,
                        const struct kernels_wanted *wanted,
                        struct kernels *out, struct diag *d);
void kernels_fini(struct kernels *k);

#endif
