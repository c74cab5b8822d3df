/* The table of copies; not for others than the functions of file.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_FILE_COPY_H
#define LOCKSTEP_EXPLORE_RUNTIME_FILE_COPY_H

#include "explore/runtime/state.h"

#include <limits.h>

/* The one name of a path whose last part need not be there: symbolic links lead
 * on, but for the last one when they are not followed. False with errno. */
bool file_name(const char *path, bool follows, char name[PATH_MAX]);

/* What is known of a name, or NULL: then it is as on the disk. */
struct state_file *file_find(const char *name);

/* The same, made; the execution ends when there are too many. */
struct state_file *file_entry(const char *name);

/* Puts a copy there, which it owns from then on, or nothing: -1. */
void file_put(struct state_file *f, int real);

/* A new copy, of nothing. */
int file_empty(void);

/* Puts a copy of what is on the disk there; NULL with errno, which is EINVAL
 * for what cannot be copied. */
struct state_file *file_take(const char *name);

/* Whether a name is as on the disk. */
static inline bool file_on_disk(const struct state_file *f)
{
    return !f || f->read;
}

#endif
