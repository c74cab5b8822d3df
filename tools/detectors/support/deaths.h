/* Where programs died of a fault, as the preloaded recorder wrote it down
 * (watch/deaths.h), with the names, files and lines of the code.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_DEATHS_H
#define LOCKSTEP_DETECTORS_SUPPORT_DEATHS_H

#include "base/vec.h"
#include "model/finding.h"

/* One process that died. */
struct death {
    int signal;
    struct frames stack; /* of the executable's own code; innermost first */
};

VEC_TYPE(deaths, struct death);

/* Adds the deaths that are whole, in their order; none where there is no file.
 * A stack is empty where the executable cannot be read. */
void deaths_read(const char *path, struct deaths *out);
void deaths_fini(struct deaths *l);

#endif
