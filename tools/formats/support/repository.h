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
    char *branch;   /* only if the revision is what is checked out */
};

/* Asks git about the folder of the options, or else of the corpus. */
void repository_find(const struct report *r, const struct format_options *o,
                     struct repository *out);
void repository_fini(struct repository *r);

/* The file as seen from the root: "a/b.c"; NULL if it is not below. A path that
 * is not absolute is from the root already. Owned by the caller. */
char *repository_path(const struct repository *r, const char *file);

/* A remote of git, "git@host:path" too, as a URI without user and password;
 * a folder becomes file://. Owned by the caller. */
char *repository_uri(const char *remote);

#endif
