/* One run on one given ladder.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_RUN_H
#define LOCKSTEP_OS_RUN_H

#include "os/proc.h"

/* As proc_run, but for spec->ladder; ERR_UNSUPPORTED when that can not be
 * had here. */
enum err proc_run_on(const struct proc_spec *spec, enum proc_ladder ladder,
                     struct proc_result *result);

#endif
