/* What people should know of each kind of finding: for readers who meet one in
 * a web page of their repository, without Lockstep at hand.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_KIND_HELP_H
#define LOCKSTEP_FORMATS_SUPPORT_KIND_HELP_H

#include "model/kind.h"

/* Sentences; plain text that is Markdown too. */
struct kind_help {
    const char *id;
    const char *title; /* a few words */
    const char *what;  /* what it is */
    const char *mend;  /* what to do */
    unsigned cwe;      /* 0: none fits */
};

const struct kind_help *kind_help(enum kind k);

/* Of a result that is not what is recorded, without a finding to show. */
extern const struct kind_help kind_help_unlike_record;

/* Of a program of the user's own that fails, without a finding to show. */
extern const struct kind_help kind_help_bad_end;

#endif
