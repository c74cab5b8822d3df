/* One run of a program that `lockstep cc` built: many executions, or the replay
 * of one.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_SESSION_H
#define LOCKSTEP_EXPLORE_SESSION_H

#include "base/err.h"
#include "base/str.h"
#include "explore/shared.h"

#include <stddef.h>

/* shared is mapped here; config and replay are the caller's to fill in before
 * session_run. Zero-initialise. */
struct session {
    struct shared *shared;
    size_t size;
    int fd;
    char *output;  /* what came out of the program, after session_run */
    char *failure; /* why there was nothing to explore, or NULL */
    double wall;   /* seconds */
};

struct session_spec {
    const char *const *argv; /* NULL-terminated; the program first */
    const char *cwd;         /* or NULL */
    double seconds;          /* then the search is told to stop; 0: never */

    /* Called now and then while it runs; may be NULL. */
    void (*progress)(const struct shared_stats *n, bool bug, double seconds,
                     void *arg);
    void *progress_arg;
};

/* Makes the shared memory, with arena bytes for the search; the config is that
 * of `auto`. ERR_NOSPACE when there is none. session_fini is owed if ERR_OK. */
enum err session_init(struct session *s, size_t arena);

/* Runs it to its end, and sees that nothing of it is left. ERR_OK;
 * ERR_CANCELLED; ERR_INVALID with s->failure when the program is not one that
 * can be explored; what proc_run returns. */
enum err session_run(struct session *s, const struct session_spec *spec);

void session_fini(struct session *s);

#endif
