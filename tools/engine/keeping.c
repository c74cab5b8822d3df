/* What the history keeps of a run while it goes on.
 * SPDX-License-Identifier: MIT */
#include "engine/keeping.h"

#include "base/hash.h"
#include "engine/store.h"
#include "engine/turns.h"
#include "history/packed.h"
#include "os/clock.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A process that was just killed may hold its lock a little longer. */
#define LOCK_TRIES 20
#define LOCK_PAUSE_US 50000

/* This build of Lockstep: another one may judge otherwise. */
static char *maker(void)
{
    struct stat st = {0};
    stat("/proc/self/exe", &st);
    return str_fmt("%s %lld %lld.%09ld", LOCKSTEP_VERSION,
                   (long long)st.st_size, (long long)st.st_mtim.tv_sec,
                   st.st_mtim.tv_nsec);
}

static char *request(const struct engine_options *o, const char *cases,
                     const char *plan)
{
    struct buf b = {0};
    buf_addf(&b, "%s %u/%u %s", plan, o->shard, o->shards, cases);
    char *hash = hash_of(&b);
    buf_fini(&b);
    return hash;
}

static enum err lock(struct keeping *k, const char *run_dir)
{
    char *path = fs_join(run_dir, STORE_LOCK);
    enum err e = fs_lock(path, &k->lock);
    for (int i = 0; i < LOCK_TRIES && e == ERR_EXISTS; i++) {
        usleep(LOCK_PAUSE_US);
        e = fs_lock(path, &k->lock);
    }
    free(path);
    return e;
}

/* ERR_NOENT: there is none, or another process is at it. */
static enum err go_on(struct keeping *k, const struct engine_options *o,
                      struct report *report, char **run_dir)
{
    struct run_info found = {0};
    char *dir = NULL;
    enum err e =
        history_unfinished(k->history, k->run.request, k->run.maker, &found);
    if (e == ERR_OK)
        e = store_old_run(o->out, found.id, &dir);
    if (e == ERR_OK)
        e = lock(k, dir);
    if (e == ERR_OK)
        e = history_go_on(k->history, &found, report);
    if (e == ERR_OK) {
        k->resumed = true;
        k->before = found.wall;
        run_info_fini(&k->run);
        k->run = found;
        *run_dir = dir;
        return e;
    }
    run_info_fini(&found);
    free(dir);
    return e == ERR_EXISTS ? ERR_NOENT : e;
}

static enum err begin(struct keeping *k, const struct engine_options *o,
                      struct report *report, char **run_dir)
{
    enum err e = store_new_run(o->out, run_dir);
    if (e != ERR_OK || !k->history)
        return e;
    k->run.id = str_dup(str_basename(*run_dir));
    e = lock(k, *run_dir);
    if (e == ERR_OK)
        e = history_begin(k->history, &k->run, report);
    return e;
}

enum err keeping_begin(struct keeping *k, const struct engine_options *o,
                       struct report *report, unsigned planned,
                       const char *plan, char **run_dir)
{
    *k = (struct keeping){
        .history = o->history, .lock = -1, .start = clock_now()};
    if (!k->history)
        return begin(k, o, report, run_dir);
    k->run = (struct run_info){
        .kind = o->kind,
        .words = str_dup(o->words),
        .request = request(o, report->corpus->dir, plan),
        .maker = maker(),
        .gate = report->gate.asked,
        .shard = o->shard,
        .shards = o->shards,
        .planned = planned,
        .plan = str_dup(plan),
    };
    enum err e = ERR_NOENT;
    if (o->resume)
        e = go_on(k, o, report, run_dir);
    if (e == ERR_NOENT)
        e = begin(k, o, report, run_dir);
    if (e == ERR_OK)
        report->run = str_dup(k->run.id);
    return e;
}

void keeping_fini(struct keeping *k)
{
    if (k->lock >= 0)
        close(k->lock);
    run_info_fini(&k->run);
}

double keeping_wall(const struct keeping *k)
{
    return k->before + clock_now() - k->start;
}

static void pack_run(struct pack *p, struct execution *run)
{
    unsigned end = run->end, token = run->token;
    pack_unsigned(p, &end);
    pack_unsigned(p, &token);
    pack_int(p, &run->signal);
    pack_int(p, &run->code);
    pack_bool(p, &run->died);
    packed_findings(p, &run->findings);
    pack_text(p, &run->problem);
    pack_choice(p, &run->claim, claimed_id, CLAIM_VERIFIED);
    pack_text(p, &run->claim_terms);
    pack_real(p, &run->wall);
    pack_real(p, &run->cpu);
    run->end = end;
    run->token = token;
}

bool keeping_pack(struct execution *run, enum outcome o, struct buf *out)
{
    struct pack p = {0};
    if (o == OUTCOME_CANCELLED || o == OUTCOME_ERROR)
        return false;
    pack_run(&p, run);
    *out = p.out;
    return true;
}

static void add_part(void *arg, unsigned repeat, const void *bytes, size_t n)
{
    struct cell *cell = arg;
    struct execution run = {0};
    struct pack p = pack_of(bytes, n);
    pack_run(&p, &run);
    if (pack_done(&p) && repeat < cell->repeats)
        turns_recall(cell, repeat, &run);
    else
        execution_fini(&run);
}

/* What went wrong is tried again: the disk has room now, or a package is there.
 */
static bool is_final(enum outcome o)
{
    return outcome_judged(o) || o == OUTCOME_CRASHES || o == OUTCOME_NO_TOKEN;
}

/* A history that cannot be read has nothing to give: all is run. What is then
 * to be written will tell. */
void keeping_recall(struct cell *cell)
{
    struct keeping *k = cell->keeping;
    if (!k || !k->history)
        return;
    cell->key = cell_key(cell);
    if (!k->resumed)
        return;
    struct result *r = cell->result;
    struct result kept = *r;
    if (history_take(k->history, &k->run, &kept, cell->key) == ERR_OK) {
        if (is_final(kept.outcome)) {
            *r = kept;
            cell->finished = true;
        } else {
            result_fini(&kept);
        }
    } else {
        history_take_parts(k->history, &k->run, r, cell->key, add_part, cell);
    }
}

enum err keeping_put(struct cell *cell, bool finished, unsigned repeat,
                     const struct buf *packed)
{
    struct keeping *k = cell->keeping;
    if (!k || !k->history)
        return ERR_OK;
    if (finished)
        return history_put(k->history, &k->run, cell->result, cell->key,
                           keeping_wall(k));
    if (packed->len == 0)
        return ERR_OK;
    return history_put_part(k->history, &k->run, cell->result, cell->key,
                            repeat, packed, keeping_wall(k));
}
