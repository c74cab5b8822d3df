/* Child cgroups (v2) of our own, as boxes that are killed at once.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_CGROUP_H
#define LOCKSTEP_OS_CGROUP_H

#include "base/err.h"

/* path is NULL and the descriptors are -1 when there is none. */
struct cgroup {
    char *path;
    int dir;   /* the folder */
    int procs; /* its cgroup.procs */
    int kill;  /* its cgroup.kill; -1 before Linux 5.14 */
};

#define CGROUP_NONE                                                            \
    ((struct cgroup){.path = NULL, .dir = -1, .procs = -1, .kill = -1})

/* Makes lockstep-<pid>-<n> in the cgroup of this process. The first call also
 * kills and removes what lockstep processes that are no more left there.
 * ERR_UNSUPPORTED when none can be made. */
enum err cgroup_new(struct cgroup *c);

/* Kills what is in the cgroup, removes it, closes; fine on CGROUP_NONE. */
void cgroup_free(struct cgroup *c);

/* Kills and removes the cgroups in dir that are named for a dead process. */
void cgroup_clean(const char *dir);

/* The folder of the cgroup v2 of this process, or NULL; owned by caller. */
char *cgroup_own(void);

#endif
