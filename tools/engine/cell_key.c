/* What a cell of the matrix is made of.
 * SPDX-License-Identifier: MIT */
#include "engine/cell.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

static void add_word(struct buf *b, const char *s)
{
    buf_add(b, s ? s : "", s ? strlen(s) + 1 : 1);
}

static void add_words(struct buf *b, char *const *words, unsigned n)
{
    buf_addf(b, "%u ", n);
    for (unsigned i = 0; i < n; i++)
        add_word(b, words[i]);
}

/* What the findings are held against, not what is expected of them. */
static void add_truth(struct buf *b, const struct manifest *m)
{
    buf_addf(b, "%s ", failure_id(m->failure));
    for (unsigned i = 0; i < m->truth_count; i++) {
        const struct truth *t = &m->truth[i];
        add_word(b, t->variant);
        add_word(b, t->object);
        add_words(b, t->sites, t->sites_count);
        for (unsigned j = 0; j < t->kinds_count; j++)
            add_word(b, kind_id(t->kinds[j]));
    }
}

/* The options and suppressions of the detector. */
static void add_configs(struct buf *b, const char *dir)
{
    struct strv names = {0};
    if (fs_list(dir, &names) == ERR_OK)
        for (size_t i = 0; i < names.n; i++) {
            char *path = fs_join(dir, names.v[i]);
            add_word(b, names.v[i]);
            fs_read(path, b);
            free(path);
        }
    strv_fini(&names);
}

char *cell_key(const struct cell *cell)
{
    const struct manifest *m = cell->result->c->manifest;
    struct launch l = {0};
    struct buf b = {0};
    char *configs = fs_join(cell->o->env.configs, cell->detector->id);
    /* The same folder for every run. */
    cell->detector->prepare(&cell->o->env, &cell->target, "reports", &l);
    buf_addf(&b, "%s %s %g ", LOCKSTEP_VERSION, cell->detector->id,
             cell->o->timeout);
    add_words(&b, cell->args.v, (unsigned)cell->args.n);
    add_words(&b, m->libraries, m->libraries_count);
    add_truth(&b, m);
    add_configs(&b, configs);
    build_add_sources(&l, &cell->target, &b);
    char *key = launch_key(&l, cell->result->detector->version, &b);
    free(configs);
    buf_fini(&b);
    launch_fini(&l);
    return key;
}
