/* Builds programs into a cache that is keyed by all that they are made of.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_BUILD_H
#define LOCKSTEP_ENGINE_BUILD_H

#include "base/err.h"
#include "detectors/detector.h"

#include <stdbool.h>

struct build {
    char *program; /* path of the executable; NULL: nothing was to be built */
    char *failure; /* what the compiler said, when it failed; else NULL */
    bool reused;   /* it stood in the cache */
    double wall, cpu;
};

/* Compiles t by l->compile into folder `cache`, or finds it there: the key is
 * the command, the compiler's identity, version, every source and header in the
 * source's folder and every header in the folders of the command's "-I", "DIR";
 * not what is in folders below. Two may build the same program at once. ERR_OK;
 * ERR_INVALID with out->failure; ERR_NOSPACE, ERR_ACCESS...: the cache cannot
 * be written; ERR_CANCELLED. build_fini is owed in each case. */
enum err build_program(const char *cache, const struct launch *l,
                       const char *version, const struct target *t,
                       struct build *out);
void build_fini(struct build *b);

/* Adds to content all sources that t is made of when it is built by l: the
 * source, those in its folder, and the headers that it could include. */
void build_add_sources(const struct launch *l, const struct target *t,
                       struct buf *content);

/* A hash, as 32 hexadecimal digits, of what makes a launch what it is: command
 * lines, environment, the tools' identities (path, size, time), version and
 * extra. Caller frees. */
char *launch_key(const struct launch *l, const char *version,
                 const struct buf *extra);

#endif
