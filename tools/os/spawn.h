/* All that a child needs, made ready before the clone: within it nothing can
 * be allocated any more.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_SPAWN_H
#define LOCKSTEP_OS_SPAWN_H

#include "base/str.h"
#include "os/cgroup.h"
#include "os/proc.h"

/* File descriptors are -1 when they are not open, and never 0, 1 or 2. */
struct spawn {
    enum proc_ladder ladder;
    char *path;              /* the file to execute */
    const char *const *argv; /* borrowed from the spec */
    struct strv env;
    const char *cwd; /* borrowed from the spec */
    bool no_aslr;
    bool new_user; /* a user namespace is needed for the others */
    char uid_map[64], gid_map[64];
    int here, there;    /* the socket: our end, the supervisor's end */
    int out[2], err[2]; /* the pipes: read end, write end */
    int null;
    struct cgroup cgroup;
    pid_t supervisor; /* 0 before spawn_start */
};

/* ERR_NOENT when the program is not in $PATH, ERR_UNSUPPORTED when the ladder
 * can not be had. spawn_fini is owed in any case. */
enum err spawn_init(struct spawn *l, const struct proc_spec *spec,
                    enum proc_ladder ladder);

/* Clones the supervisor and closes here what belongs to it. */
enum err spawn_start(struct spawn *l);

/* Closes all; removes the cgroup with whatever is still in it. */
void spawn_fini(struct spawn *l);

#endif
