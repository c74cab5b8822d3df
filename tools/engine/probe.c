/* The state of host and detectors before anything is judged.
 * SPDX-License-Identifier: MIT */
#include "engine/canary.h"
#include "engine/engine.h"
#include "engine/pool.h"
#include "os/host.h"

#include <stdlib.h>
#include <unistd.h>

static void probe_host(struct host_report *r)
{
    struct host h;
    host_read(&h);
    r->system = str_dup(h.kernel ? h.kernel : "unknown");
    r->cpu = str_dup(h.cpu ? h.cpu : "unknown");
    r->cores = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    r->ladder = proc_ladder_name(proc_ladder_here());
    host_fini(&h);
}

struct probes {
    const struct engine_options *o;
    struct report *report;
};

static void probe_detector(void *arg, size_t i, struct slot *slot)
{
    (void)slot;
    struct probes *p = arg;
    struct detector_report *r = &p->report->detectors.v[i];
    struct detector_status s = {0};
    detector_by_id(r->id)->probe(&p->o->env, &s);
    r->usable = r->alive = s.usable;
    r->version = s.version;
    r->problem = s.problem;
    r->mend = s.mend;
    r->no_openmp = s.no_openmp;
}

/* One canary of one detector, and what was wrong with it. */
struct trial {
    struct detector_report *report;
    const struct detector *detector;
    const struct canary *canary;
    char *problem;
};

struct trials {
    const struct engine_options *o;
    bool fresh;
    VEC(struct trial) list;
};

static void try_one(void *arg, size_t i, struct slot *slot)
{
    (void)slot;
    struct trials *t = arg;
    struct trial *one = &t->list.v[i];
    struct canary_spec spec = {
        one->detector,     &t->o->env, one->report->version,
        t->o->include_dir, t->o->out,  t->fresh};
    one->problem = canary_check(&spec, one->canary);
}

static void collect(struct trials *t, struct report *report)
{
    for (size_t i = 0; i < report->detectors.n; i++) {
        struct detector_report *r = &report->detectors.v[i];
        const struct detector *d = detector_by_id(r->id);
        if (!r->usable || !r->wanted)
            continue;
        r->tried = true;
        for (const struct canary *c = d->canaries; c && c->source; c++)
            if (c->model != MODEL_OPENMP || !r->no_openmp)
                vec_push(&t->list, ((struct trial){r, d, c, NULL}));
    }
}

static void prove(const struct engine_options *o, bool fresh,
                  struct report *report)
{
    struct trials t = {.o = o, .fresh = fresh};
    collect(&t, report);
    pool_run(o->jobs, t.list.n, try_one, &t);
    for (size_t i = 0; i < t.list.n; i++) {
        struct trial *one = &t.list.v[i];
        if (one->problem && one->report->alive) {
            one->report->alive = false;
            one->report->problem = one->problem;
            one->problem = NULL;
        }
        free(one->problem);
    }
    vec_fini(&t.list);
}

static bool wanted(const struct engine_options *o, const char *id)
{
    return o->detectors.n == 0 || strv_has(&o->detectors, id) ||
           strv_has(&o->required, id);
}

void engine_list(struct report *report)
{
    for (const struct detector *const *d = detectors; *d; d++)
        vec_push(&report->detectors,
                 ((struct detector_report){
                     .id = (*d)->id,
                     .title = (*d)->title,
                     .home = (*d)->home,
                     .family = detector_family_id((*d)->family)}));
}

void engine_probe(const struct engine_options *o, bool fresh,
                  struct report *report)
{
    probe_host(&report->host);
    engine_list(report);
    for (size_t i = 0; i < report->detectors.n; i++) {
        struct detector_report *r = &report->detectors.v[i];
        r->wanted = wanted(o, r->id);
        r->required = strv_has(&o->required, r->id);
    }
    struct probes p = {o, report};
    pool_run(o->jobs, report->detectors.n, probe_detector, &p);
    prove(o, fresh, report);
}
