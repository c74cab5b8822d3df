/* Files and folders: whole reads, atomic writes, paths.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_FS_H
#define LOCKSTEP_OS_FS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

/* Appends the whole file to out. */
enum err fs_read(const char *path, struct buf *out);

/* Writes beside path, syncs, renames: path is old or new, never half. */
enum err fs_write(const char *path, const void *data, size_t n);

/* Makes the folder and its parents; an existing folder is fine. */
enum err fs_mkdirs(const char *path);

bool fs_is_dir(const char *path);
bool fs_is_file(const char *path);
bool fs_is_executable(const char *path);

/* The names in a folder but "." and "..", sorted, added to names. */
enum err fs_list(const char *dir, struct strv *names);

/* Removes a file or a folder with all in it; what is not there is fine. */
enum err fs_remove(const char *path);

/* Locks the file, which is made if there is none, until *fd is closed or this
 * process ends, however it does. ERR_EXISTS: someone else holds it. */
enum err fs_lock(const char *path, int *fd);

/* Whether someone holds it. */
bool fs_is_locked(const char *path);

/* So little space (under 64 KiB) is left where path is that what was written
 * there may be incomplete. */
bool fs_is_full(const char *path);

/* "dir/name", or name when dir is ""; owned by the caller. */
char *fs_join(const char *dir, const char *name);

/* The canonical absolute path, or NULL when there is none; owned by caller. */
char *fs_real(const char *path);

/* The path of command in $PATH (or itself if it has a '/'), or NULL. */
char *fs_which(const char *command);

/* The folder that holds the running program; owned by caller, or NULL. */
char *fs_program_dir(void);

#endif
