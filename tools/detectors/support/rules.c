/* Rules of analysers, as kinds.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/rules.h"

#include "detectors/support/report.h"

#include <string.h>

static bool fits(const struct rule *r, const char *id, const char *message)
{
    return (!r->id || str_eq(r->id, id)) &&
           (!r->says || (message && strstr(message, r->says)));
}

const struct rule *rule_of(const struct rule *table, const char *id,
                           const char *message)
{
    for (const struct rule *r = table; r->id || r->says; r++)
        if (fits(r, id, message))
            return r;
    return NULL;
}

struct finding *rule_add(struct findings *l, const char *detector,
                         const struct rule *table, const char *id,
                         const char *message)
{
    const struct rule *r = rule_of(table, id, message);
    const char *name = r && r->name ? r->name : id ? id : "unknown";
    char *native = report_text(name, strlen(name));
    struct finding *f =
        findings_add(l, detector, r ? r->kind : KIND_OTHER, native);
    f->message =
        report_text(message ? message : "", strlen(message ? message : ""));
    f->by_rule = true;
    f->thanks_to = r ? r->thanks_to : AID_NONE;
    free(native);
    return f;
}

struct access *rule_place(struct finding *f, enum role role, const char *file,
                          int line, int col)
{
    struct access *a = accesses_add(&f->accesses, role);
    if (!file)
        return a;
    struct frame *frame = frames_add(&a->stack);
    frame->file = report_text(file, strlen(file));
    frame->line = line > 0 ? line : 0;
    frame->col = col > 0 ? col : 0;
    return a;
}

void rule_flags(const struct target *t, struct strv *command)
{
    strv_add(command, "-std=gnu17");
    strv_add(command, "-pthread");
    if (t->model == MODEL_OPENMP)
        strv_add(command, "-fopenmp");
    strv_add(command, "-I");
    strv_add(command, t->include_dir);
}

void rule_launch(struct launch *l)
{
    strv_add(&l->env, "LC_ALL=C");
    l->slowdown = 6;
}

char *rule_line(const char *text, const char *mark)
{
    for (const char *line = text; line && *line;) {
        size_t n = strcspn(line, "\n");
        if (memmem(line, n, mark, strlen(mark)))
            return report_text(line, n);
        line += n + (line[n] == '\n');
    }
    return NULL;
}
