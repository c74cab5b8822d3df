/* --pictures: a folder of pictures for the format html.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_PICTURES_OPTION_H
#define LOCKSTEP_CLI_PICTURES_OPTION_H

#include "base/err.h"
#include "base/str.h"

/* Adds the texts of the files *.svg in dir, by name. ERR_NOENT if there is
 * none, or what reading them met with. */
enum err pictures_read(const char *dir, struct strv *out);

#endif
