/* The files of sanitizer-configs/<detector>/.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_CONFIG_H
#define LOCKSTEP_DETECTORS_SUPPORT_CONFIG_H

#include "detectors/detector.h"

/* Adds the options in the file `name` of detector id: one a line, blanks
 * trimmed, '#' starts a comment that takes the whole line. A file that is not
 * there has none. */
void config_options(const struct detector_env *env, const char *id,
                    const char *name, struct strv *options);

/* The path of the detector's suppressions, or NULL without such a file; owned
 * by the caller. */
char *config_suppressions(const struct detector_env *env, const char *id);

/* Adds "-include" and the path of the file `name` of detector id. */
void config_include(const struct detector_env *env, const char *id,
                    const char *name, struct strv *command);

/* Adds PATH to env, the system's folders first: a tool that runs python3 gets
 * the one it was packaged for, whose start is not that of a version manager. */
void config_system_path(struct strv *env);

#endif
