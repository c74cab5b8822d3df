/* Several searches of one program at a time, each in a process of its own.
 *
 * With random and pct each has its share of the executions and a seed of its
 * own. With auto the first one is the search that a single one would be, and
 * alone says whether all was covered; the others try schedules by chance as
 * long as it runs. The other modes know one search.
 *
 * Which bug is found does not depend on how fast each runs: when one has found
 * a bug in its n-th execution, or the first search has ended with that, the
 * others go on to their n-th; the earliest bug is taken, of equals that of the
 * first search. (Where the time runs out, it does depend on that.)
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_TEAM_H
#define LOCKSTEP_EXPLORE_TEAM_H

#include "explore/session.h"

enum { TEAM_MOST = 64 };

/* Zero-initialise. */
struct team {
    struct session *s; /* n of them; the first has the doubts of all */
    size_t n;
    size_t winner; /* the one whose bugs count; 0 if there is none */
    struct shared_stats stats; /* of all together */
    double wall;
};

/* Runs at most `jobs` searches like config, with `arena` bytes each. As
 * session_run, of the first that failed, team->winner; team_fini is owed. */
enum err team_run(struct team *t, size_t jobs, size_t arena,
                  const struct shared_config *config,
                  const struct session_spec *spec);

void team_fini(struct team *t);

#endif
