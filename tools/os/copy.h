/* Copies of whole folders.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_COPY_H
#define LOCKSTEP_OS_COPY_H

#include "base/err.h"

#include <stdbool.h>

/* Copies the folder `from` with all in it to `to`, which must not be there:
 * files with their mode and times, links as links; sockets, pipes and devices
 * are left out, and so is `to` where it is inside of `from`. What `leave` (may
 * be NULL) is true of is left out, a folder with all in it; it is told the path
 * of the original. */
enum err copy_tree(const char *from, const char *to,
                   bool (*leave)(const char *path, bool is_dir, void *arg),
                   void *arg);

#endif
