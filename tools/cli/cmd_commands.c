/* lockstep commands: the plain shell lines that do the same by hand.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "engine/plain.h"

#include <stdlib.h>

static void add_words(struct buf *b, const struct strv *words)
{
    for (size_t i = 0; i < words->n; i++) {
        if (b->len && b->data[b->len - 1] != '\n')
            buf_adds(b, " ");
        str_shell_quote(b, words->v[i]);
    }
}

/* What comes before the program: all there is, of a static detector. */
static void add_prefix(struct buf *b, const struct launch *l)
{
    if (l->env.n) {
        buf_adds(b, "env");
        add_words(b, &l->env);
        buf_adds(b, " ");
    }
    if (l->no_aslr)
        buf_adds(b, "setarch -R ");
    for (size_t i = 0; i < l->prefix.n; i++) {
        str_shell_quote(b, l->prefix.v[i]);
        buf_adds(b, " ");
    }
}

static void add_run(struct buf *b, const struct launch *l, const char *program,
                    char *const *args, unsigned n)
{
    add_prefix(b, l);
    str_shell_quote(b, program);
    for (unsigned i = 0; i < n; i++) {
        buf_adds(b, " ");
        str_shell_quote(b, args[i]);
    }
}

static struct target target_of(const struct options *o,
                               const struct scenario_case *c,
                               const struct variant *v)
{
    static const char *const no_args[] = {NULL};
    return (struct target){.source = v->source,
                           .include_dir = o->engine.include_dir,
                           .model = v->model,
                           .args = no_args,
                           .libraries = c->manifest->libraries,
                           .libraries_count = c->manifest->libraries_count};
}

/* What hangs is stopped: TERM lets the detectors write what they know. */
static void print_launch(const struct scenario_case *c, const struct variant *v,
                         const struct launch *l, char *const *args, unsigned n)
{
    struct buf b = {0};
    char *program = str_fmt("./%s-%s", c->name, v->name);
    add_words(&b, &l->compile);
    buf_adds(&b, " -o ");
    str_shell_quote(&b, program);
    buf_adds(&b, "\n");
    bool hangs = v->buggy && c->manifest->failure == FAILURE_HANG;
    if (hangs && !l->by_hand)
        buf_adds(&b, "timeout -s TERM 10 ");
    add_run(&b, l, program, args, n);
    if (l->by_hand)
        buf_addf(&b, " %s", l->by_hand);
    puts(buf_str(&b));
    buf_fini(&b);
    free(program);
}

static void print_analysis(const struct launch *l)
{
    struct buf b = {0};
    add_prefix(&b, l);
    printf("%.*s\n", (int)b.len - 1, buf_str(&b));
    buf_fini(&b);
}

static void print_build(const struct options *o, const struct scenario_case *c,
                        const struct variant *v, const struct plain *p)
{
    const struct target t = target_of(o, c, v);
    struct launch l = {0};
    plain_prepare(&t, p, &l);
    printf("# %s:%s plainly\n", c->id, v->name);
    print_launch(c, v, &l, p ? p->args : NULL, p ? p->args_count : 0);
    launch_fini(&l);
}

/* Each build whose failures are recorded, or the bare one. */
static void print_plain(const struct options *o, const struct scenario_case *c,
                        const struct variant *v)
{
    const struct manifest *m = c->manifest;
    bool printed = false;
    for (unsigned i = 0; i < m->plain_count; i++) {
        if (!str_eq(manifest_variant(m->plain[i].variant), v->name))
            continue;
        print_build(o, c, v, &m->plain[i]);
        printed = true;
    }
    if (!printed)
        print_build(o, c, v, NULL);
}

static void print_lines(const struct options *o, const struct scenario_case *c,
                        const struct variant *v, const struct detector *d)
{
    const struct manifest *m = c->manifest;
    const char *unable = detector_unable(d, c, v);
    if (unable) {
        printf("# %s:%s under %s: not supported: %s\n", c->id, v->name, d->id,
               unable);
        return;
    }
    struct target t = target_of(o, c, v);
    struct launch l = {0};
    unsigned n;
    char *const *args = detector_arguments(d, m, &n);
    t.work = m->explore ? m->explore->work : 0;
    d->prepare(&o->engine.env, &t, NULL, &l);
    printf("# %s:%s under %s\n", c->id, v->name, d->id);
    if (d->family == DETECTOR_STATIC)
        print_analysis(&l);
    else
        print_launch(c, v, &l, args, n);
    launch_fini(&l);
}

static bool wanted(const struct options *o, const char *id)
{
    const struct strv *l = &o->engine.detectors;
    return l->n == 0 || strv_has(l, id);
}

static void print_selection(const struct options *o, const struct selection *s)
{
    for (size_t i = 0; i < s->c->variants.n; i++) {
        const struct variant *v = &s->c->variants.v[i];
        if (s->variant && s->variant != v)
            continue;
        if (o->engine.detectors.n == 0)
            print_plain(o, s->c, v);
        for (const struct detector *const *d = detectors; *d; d++)
            if (wanted(o, (*d)->id))
                print_lines(o, s->c, v, *d);
    }
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct choice c = {0};
    options_parse(&o, argc, argv, "CASE...",
                  "Print the shell lines that give the same result by hand: "
                  "plainly, then under each detector."
                  "\vWith --detector, only those.",
                  ACCEPT_DETECTOR, NULL);
    int code = options_choose(&o, "commands", &c);
    for (size_t i = 0; code == EXIT_PASSED && i < c.what.n; i++)
        print_selection(&o, &c.what.v[i]);
    choice_fini(&c);
    options_fini(&o);
    return code;
}

const struct command command_commands = {
    .name = "commands",
    .summary = "print the shell lines that do the same by hand",
    .run = run,
};
