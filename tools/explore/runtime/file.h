/* The files that the program makes, writes or takes away: each is a copy in
 * memory that no other process sees and the next execution does not find. What
 * lies on the disk is never touched. A file that is only read is the disk's.
 *
 * A copy is one of the kernel's files without a name (memfd_create), so that
 * reading, writing, appending and seeking are what they always are.
 * Source of the rules: POSIX.1-2017, open, unlink, rename, stat.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_FILE_H
#define LOCKSTEP_EXPLORE_RUNTIME_FILE_H

#include <stdbool.h>
#include <sys/stat.h>
#include <sys/types.h>

/* A descriptor of the kernel's, or -1 with errno. */
struct file_opened {
    int real;
    bool doubtful; /* it is of the outside, and may be another one next time */
};

/* As open(2) says; the caller has parked (process_file_point). */
struct file_opened file_open(const char *path, int flags, mode_t mode);

/* As unlink, rename, truncate, stat or lstat, access say. */
int file_remove(const char *path);
int file_rename(const char *from, const char *to);
int file_truncate(const char *path, off_t size);
int file_look(const char *path, struct stat *st, bool follows);
int file_access(const char *path, int how);

/* Whether it is a copy; and what is written there nobody else can see: that, or
 * /dev/null. */
bool file_is_copy(int real);
bool file_is_own(int real);

/* Of a copy: what may differ between executions is the same in all. */
void file_even(struct stat *st);

/* At the start of an execution: there are no copies. */
void file_reset(void);

#endif
