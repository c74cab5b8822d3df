/* The work tree that a report is about, as git knows it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_REPOSITORY_H
#define LOCKSTEP_FORMATS_SUPPORT_REPOSITORY_H

#include "formats/format.h"

/* All owned; NULL where there is none. */
struct repository {
    char *root;     /* absolute and canonical; always there */
    char *uri;      /* of the remote "origin", without user and password */
    char *revision; /* that was measured */
    char *branch;
    bool changed; /* since that revision, in files that git knows */
};

/* Asks git about the folder of the options, or else of the corpus; what was
 * checked out is as the report has it, if that was asked when it began. */
void repository_find(const struct report *r, const struct format_options *o,
                     struct repository *out);
void repository_fini(struct repository *r);

/* Fills in the report's checkout, if it is not known yet. */
void repository_note(struct report *r);

/* The file as seen from the root: "a/b.c"; NULL if it is not below. A path that
 * is not absolute is from the root already. Owned by the caller. */
char *repository_path(const struct repository *r, const char *file);

/* A remote of git, "git@host:path" too, as a URI without user and password;
 * a folder becomes file://. Owned by the caller. */
char *repository_uri(const char *remote);

#endif
