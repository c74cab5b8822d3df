/* What an output format is: one const struct format_<file name> at the top of
 * one file in this folder.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_FORMAT_H
#define LOCKSTEP_FORMATS_FORMAT_H

struct format {
    const char *id;
};

extern const struct format *const formats[];

#endif
