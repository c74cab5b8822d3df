/* What the threads of a run share: how far it is, whether it failed, and who is
 * told of it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_LEDGER_H
#define LOCKSTEP_ENGINE_LEDGER_H

#include "engine/engine.h"

#include <pthread.h>

struct ledger {
    const struct engine_options *o;
    pthread_mutex_t lock; /* guards the rest, and calls to o->progress */
    size_t done, total;
    enum err error;
};

void ledger_init(struct ledger *l, const struct engine_options *o);
void ledger_fini(struct ledger *l);

/* Begins to count anew, up to total. */
void ledger_expect(struct ledger *l, size_t total);

/* False once a piece of work has failed: nothing more is begun then. */
bool ledger_goes_on(struct ledger *l);

/* Tells what is begun: "OF WHAT", say a program and a detector. */
void ledger_tell(struct ledger *l, const char *of, const char *what);

/* A piece of work is done, and how that went. */
void ledger_done(struct ledger *l, enum err e);

/* The last failure, or ERR_OK. */
enum err ledger_error(struct ledger *l);

#endif
