/* What /proc says of a process, its threads and its descendants.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_TREE_H
#define LOCKSTEP_OS_TREE_H

#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

VEC_TYPE(pids, pid_t);

/* From /proc/PID/stat. */
struct tree_stat {
    char state; /* R, S, D, T, t, Z, X... */
    pid_t parent;
    uint64_t ticks; /* user + system time, in clock ticks */
};

/* Reads up to size - 1 bytes and ends them with a NUL; false if unreadable. */
bool tree_read(const char *path, char *text, size_t size);

/* Of the thread tid of pid; of the whole process with tid 0. */
bool tree_stat(pid_t pid, pid_t tid, struct tree_stat *s);

/* Adds the threads of pid, in the order of their creation. */
void tree_threads(pid_t pid, struct pids *tids);

/* Adds all descendants of root, without itself; zombies are among them. A
 * tree that forks meanwhile may be seen in part. */
void tree_descendants(pid_t root, struct pids *found);

/* How many descendants of root are alive (zombies are not). */
unsigned tree_count(pid_t root);

/* Sum of the resident bytes of the descendants of root; pages that they share
 * are counted for each. */
size_t tree_rss(pid_t root);

#endif
