/* lockstep commands: the plain shell lines that do the same by hand.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"

#include <stdlib.h>

static void add_words(struct buf *b, const struct strv *words)
{
    for (size_t i = 0; i < words->n; i++) {
        if (b->len && b->data[b->len - 1] != '\n')
            buf_adds(b, " ");
        str_shell_quote(b, words->v[i]);
    }
}

static void add_run(struct buf *b, const struct launch *l,
                    const struct manifest *m, const char *program)
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
    str_shell_quote(b, program);
    for (unsigned i = 0; i < m->args_count; i++) {
        buf_adds(b, " ");
        str_shell_quote(b, m->args[i]);
    }
}

/* What hangs is stopped: TERM lets the detectors write what they know. */
static void print_lines(const struct options *o, const struct scenario_case *c,
                        const struct variant *v, const struct detector *d)
{
    static const char *const no_args[] = {NULL};
    const char *unable = d->unsupported(v->model);
    if (unable) {
        printf("# %s:%s under %s: not supported: %s\n", c->id, v->name, d->id,
               unable);
        return;
    }
    struct target t = {.source = v->source,
                       .include_dir = o->engine.include_dir,
                       .model = v->model,
                       .args = no_args,
                       .libraries = c->manifest->libraries,
                       .libraries_count = c->manifest->libraries_count};
    struct launch l = {0};
    struct buf b = {0};
    char *program = str_fmt("./%s-%s", c->name, v->name);
    d->prepare(&o->engine.env, &t, NULL, &l);
    buf_addf(&b, "# %s:%s under %s\n", c->id, v->name, d->id);
    add_words(&b, &l.compile);
    buf_adds(&b, " -o ");
    str_shell_quote(&b, program);
    buf_adds(&b, "\n");
    bool hangs = v->buggy && c->manifest->failure == FAILURE_HANG;
    if (hangs && !l.by_hand)
        buf_adds(&b, "timeout -s TERM 10 ");
    add_run(&b, &l, c->manifest, program);
    if (l.by_hand)
        buf_addf(&b, " %s", l.by_hand);
    puts(buf_str(&b));
    buf_fini(&b);
    free(program);
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
                  "Print the shell lines that give the same result by hand.",
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
