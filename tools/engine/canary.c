/* Proves that a detector is alive.
 * SPDX-License-Identifier: MIT */
#include "engine/canary.h"

#include "engine/build.h"
#include "engine/execution.h"
#include "engine/match.h"
#include "os/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CANARY_TIMEOUT 20.0

static void add_files(struct buf *b, const char *dir)
{
    struct strv names = {0};
    if (fs_list(dir, &names) == ERR_OK)
        for (size_t i = 0; i < names.n; i++) {
            char *path = fs_join(dir, names.v[i]);
            buf_addf(b, "\n%s\n", names.v[i]);
            fs_read(path, b);
            free(path);
        }
    strv_fini(&names);
}

/* The lines of text that begin with name. */
static void add_lines(struct buf *b, const char *text, const char *name)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        if (str_starts(line, name))
            buf_add(b, line, n);
        line += n + (line[n] == '\n');
    }
}

/* What may make the same detector alive here and dead there: the boot, the
 * user, what a container forbids, and the build of Lockstep itself. */
static void add_conditions(struct buf *b)
{
    static const char *const lines[] = {"Uid:", "CapEff:", "Seccomp:"};
    struct buf status = {0};
    struct stat self;
    fs_read("/proc/sys/kernel/random/boot_id", b);
    fs_read("/proc/sys/vm/mmap_rnd_bits", b);
    fs_read("/proc/self/status", &status);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        add_lines(b, buf_str(&status), lines[i]);
    if (stat("/proc/self/exe", &self) == 0)
        buf_addf(b, "%lld %lld %ld", (long long)self.st_ino,
                 (long long)self.st_mtim.tv_sec, self.st_mtim.tv_nsec);
    buf_fini(&status);
}

/* Where it is remembered that this canary came out right. */
static char *memory_path(const struct canary_spec *s, const struct canary *c,
                         const struct target *t)
{
    struct launch l = {0};
    struct buf extra = {0};
    char *configs = fs_join(s->env->configs, s->detector->id);
    s->detector->prepare(s->env, t, "reports", &l);
    fs_read(t->source, &extra);
    add_files(&extra, configs);
    add_conditions(&extra);
    char *key = launch_key(&l, s->version, &extra);
    char *path = str_fmt("%s/canaries/%s-%s-%s", s->out, s->detector->id,
                         c->source, key);
    free(key);
    free(configs);
    buf_fini(&extra);
    launch_fini(&l);
    return path;
}

static bool found_at_sites(const struct canary_spec *s, const struct canary *c,
                           const struct target *t, const struct execution *r)
{
    struct sites sites = {0};
    struct buf text = {0};
    struct diag d = {0};
    bool found = false;
    fs_read(t->source, &text);
    site_scan(t->source, buf_str(&text), &sites, &d);
    for (size_t i = 0; i < r->findings.n && !found; i++) {
        const struct finding *f = &r->findings.v[i];
        found = str_eq(f->detector, s->detector->id) &&
                match_sites(&sites, t->source, c->kind, f,
                            s->detector->one_sided) == GRADE_EXACT;
    }
    sites_fini(&sites);
    buf_fini(&text);
    diag_fini(&d);
    return found;
}

static char *wrong(const struct canary_spec *s, const struct canary *c,
                   const struct target *t, const struct execution *r)
{
    if (r->problem)
        return str_fmt("canary %s: %s", c->source, r->problem);
    if (r->end == RUN_TIMEOUT)
        return str_fmt("canary %s did not end in time", c->source);
    if (c->guilty && !found_at_sites(s, c, t, r))
        return str_fmt("canary %s has a %s that was not reported at its place",
                       c->source, kind_text(c->kind));
    if (c->guilty)
        return NULL;
    if (r->findings.n)
        return str_fmt("canary %s is correct, but was flagged: %s", c->source,
                       r->findings.v[0].message);
    if (s->detector->family != DETECTOR_STATIC && r->token != TOKEN_HELD)
        return str_fmt("canary %s did not run to its end", c->source);
    if (s->detector->family == DETECTOR_EXPLORING && r->claim != CLAIM_VERIFIED)
        return str_fmt("canary %s can be verified, but is %s (%s)", c->source,
                       claimed_id(r->claim),
                       r->claim_terms ? r->claim_terms : "");
    return NULL;
}

/* NULL, or why it does not build. */
static char *build(const struct canary_spec *s, const struct canary *c,
                   const struct target *t, const char *dir, struct build *b)
{
    struct launch l = {0};
    char *problem = NULL;
    char *cache = fs_join(s->out, "cache");
    s->detector->prepare(s->env, t, dir, &l);
    enum err e = build_program(cache, &l, s->version, t, b);
    if (e != ERR_OK)
        problem = str_fmt("canary %s does not build: %s", c->source,
                          b->failure && *b->failure ? b->failure : err_text(e));
    launch_fini(&l);
    free(cache);
    return problem;
}

static char *try_canary(const struct canary_spec *s, const struct canary *c,
                        const struct target *t, const char *dir)
{
    struct build b = {0};
    struct execution r = {0};
    char *problem = NULL;
    if (s->detector->family != DETECTOR_STATIC)
        problem = build(s, c, t, dir, &b);
    if (problem)
        goto out;
    struct execution_spec spec = {.detector = s->detector,
                                  .env = s->env,
                                  .target = t,
                                  .program = b.program,
                                  .report_dir = dir,
                                  .timeout = CANARY_TIMEOUT};
    enum err e = execution_run(&spec, &r);
    if (e == ERR_OK)
        problem = r.end == RUN_CANCELLED ? str_dup("interrupted")
                                         : wrong(s, c, t, &r);
    else
        problem = str_fmt("canary %s: %s: %s", c->source, dir, err_text(e));
    execution_fini(&r);
out:
    build_fini(&b);
    return problem;
}

char *canary_check(const struct canary_spec *s, const struct canary *c)
{
    static const char *const no_args[] = {NULL};
    char *source = str_fmt("%s/canaries/%s", s->env->configs, c->source);
    struct target t = {.source = source,
                       .include_dir = s->include_dir,
                       .model = c->model,
                       .args = no_args};
    char *memory = memory_path(s, c, &t);
    char *dir = str_fmt("%s/canaries/%s-%s.%ld", s->out, s->detector->id,
                        c->source, (long)getpid());
    char *problem = NULL;
    if (s->fresh || !fs_is_file(memory)) {
        problem = try_canary(s, c, &t, dir);
        if (problem)
            fs_remove(memory);
        else
            fs_write(memory, "alive\n", 6);
        fs_remove(dir);
    }
    free(dir);
    free(memory);
    free(source);
    return problem;
}
