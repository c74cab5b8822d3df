/* Counts pieces of work that several threads do.
 * SPDX-License-Identifier: MIT */
#include "engine/ledger.h"

#include <stdlib.h>

void ledger_init(struct ledger *l, const struct engine_options *o)
{
    *l = (struct ledger){.o = o};
    pthread_mutex_init(&l->lock, NULL);
}

void ledger_fini(struct ledger *l)
{
    pthread_mutex_destroy(&l->lock);
}

void ledger_expect(struct ledger *l, size_t total)
{
    pthread_mutex_lock(&l->lock);
    l->done = 0;
    l->total = total;
    pthread_mutex_unlock(&l->lock);
}

bool ledger_goes_on(struct ledger *l)
{
    return ledger_error(l) == ERR_OK;
}

void ledger_tell(struct ledger *l, const char *of, const char *what)
{
    if (!l->o->progress)
        return;
    char *text = str_fmt("%s %s", of, what);
    pthread_mutex_lock(&l->lock);
    l->o->progress(l->o->progress_arg, l->done, l->total, text);
    pthread_mutex_unlock(&l->lock);
    free(text);
}

void ledger_done(struct ledger *l, enum err e)
{
    pthread_mutex_lock(&l->lock);
    l->done++;
    if (e != ERR_OK)
        l->error = e;
    pthread_mutex_unlock(&l->lock);
}

enum err ledger_error(struct ledger *l)
{
    pthread_mutex_lock(&l->lock);
    enum err e = l->error;
    pthread_mutex_unlock(&l->lock);
    return e;
}
