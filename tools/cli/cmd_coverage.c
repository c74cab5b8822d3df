/* lockstep coverage: which of the wanted ids the cases have.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/prose.h"
#include "formats/support/style.h"
#include "model/coverage.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define LIST_NAME "coverage.yaml"
#define NO_CASE "no case yet"

static char *case_names(const struct corpus *corpus, const struct case_refs *l)
{
    struct buf b = {0};
    for (size_t i = 0; i < l->n; i++)
        buf_addf(&b, "%s%s", i ? ", " : "", case_short_name(corpus, l->v[i]));
    return buf_take(&b);
}

/* Names of reports are long and have no title: they stand in its place. */
static int id_width(const struct coverage_section *s)
{
    int width = 0;
    for (size_t i = 0; i < s->wanted.n; i++) {
        int n = (int)strlen(s->wanted.v[i].id);
        if (s->wanted.v[i].title && n > width)
            width = n;
    }
    return width ? width + 1 : 0;
}

/* One id, and under it its cases, or why there are none. */
static void print_row(const struct corpus *corpus, const struct coverage_id *id,
                      int width, const struct options *o)
{
    int indent = width + 7;
    char *head =
        str_fmt("%-*s%5zu", width, id->title ? id->id : "", id->cases.n);
    char *names = case_names(corpus, &id->cases);
    char *title = id->source ? str_fmt("%s (%s)", id->title, id->source)
                             : str_dup(id->title ? id->title : id->id);
    const char *why = id->uncovered ? id->uncovered : NO_CASE;
    prose_hang(stdout, head, title, indent, o->style.width);
    fputs(style(o->style.color, TONE_DIM), stdout);
    prose_print(stdout, id->cases.n ? names : why, indent + 2, o->style.width);
    fputs(style(o->style.color, TONE_PLAIN), stdout);
    free(title);
    free(names);
    free(head);
}

static void print_rows(const struct corpus *corpus,
                       const struct coverage_section *s, bool covered,
                       const struct options *o)
{
    int width = id_width(s);
    const char *tone = style(o->style.color, TONE_DIM);
    const char *plain = style(o->style.color, TONE_PLAIN);
    const char *title = width ? "TITLE" : "REPORT";
    printf("%s%-*sCASES  %s%s%s\n", tone, width, width ? "ID" : "", title,
           covered ? "" : ", AND WHY NOT COVERED", plain);
    for (size_t i = 0; i < s->wanted.n; i++)
        if ((s->wanted.v[i].cases.n > 0) == covered)
            print_row(corpus, &s->wanted.v[i], width, o);
}

static void print_section(const struct corpus *corpus,
                          const struct coverage_section *s,
                          const struct options *o)
{
    if (s->wanted.n == 0)
        return;
    printf("%s%s%s\n", style(o->style.color, TONE_BOLD), s->title,
           style(o->style.color, TONE_PLAIN));
    if (coverage_covered(s) > 0)
        print_rows(corpus, s, true, o);
    if (coverage_covered(s) < s->wanted.n)
        print_rows(corpus, s, false, o);
    putchar('\n');
}

static void print_besides(const struct corpus *corpus, const struct coverage *c,
                          const struct options *o)
{
    bool any = false;
    for (size_t i = 0; i < c->sections.n; i++)
        for (size_t j = 0; j < c->sections.v[i].besides.n; j++) {
            const struct coverage_id *id = &c->sections.v[i].besides.v[j];
            char *names = case_names(corpus, &id->cases);
            char *text =
                str_fmt("- %s: %s: %s", c->sections.v[i].title, id->id, names);
            if (!any)
                puts("Besides, not on the list");
            prose_print(stdout, text, 0, o->style.width);
            any = true;
            free(text);
            free(names);
        }
    if (any)
        putchar('\n');
}

static void add_failure(struct strv *l, const char *path,
                        const struct corpus *corpus,
                        const struct coverage_id *id)
{
    char *names = case_names(corpus, &id->cases);
    if (id->cases.n > 0)
        strv_addf(l, "%s:%d: '%s' is covered, by %s; take its 'uncovered' away",
                  path, id->line, id->id, names);
    else
        strv_addf(l,
                  "%s:%d: '%s' has no case; write one, or say in 'uncovered' "
                  "why there is none",
                  path, id->line, id->id);
    free(names);
}

static void find_failures(const struct corpus *corpus, const struct coverage *c,
                          struct strv *l)
{
    char *path = fs_join(corpus->dir, LIST_NAME);
    for (size_t i = 0; i < c->sections.n; i++)
        for (size_t j = 0; j < c->sections.v[i].wanted.n; j++) {
            const struct coverage_id *id = &c->sections.v[i].wanted.v[j];
            if (!coverage_is_met(id))
                add_failure(l, style_path(path), corpus, id);
        }
    free(path);
}

static void print_text(const struct corpus *corpus, const struct coverage *c,
                       const struct strv *failures, const struct options *o)
{
    for (size_t i = 0; i < c->sections.n; i++)
        print_section(corpus, &c->sections.v[i], o);
    print_besides(corpus, c, o);
    for (size_t i = 0; i < c->sections.n; i++) {
        const struct coverage_section *s = &c->sections.v[i];
        if (s->wanted.n > 0)
            printf("%-22s %3zu of %3zu covered\n", s->title,
                   coverage_covered(s), s->wanted.n);
    }
    for (size_t i = 0; i < failures->n; i++)
        puts(failures->v[i]);
    if (failures->n == 0)
        puts("coverage: passed: each id has a case, or a reason why not");
    else
        printf("coverage: failed: %zu differ from the list\n", failures->n);
}

static json_t *ids_json(const struct coverage_ids *l)
{
    json_t *list = json_array();
    for (size_t i = 0; i < l->n; i++) {
        const struct coverage_id *id = &l->v[i];
        json_t *cases = json_array();
        for (size_t j = 0; j < id->cases.n; j++)
            json_array_append_new(cases, json_string(id->cases.v[j]->id));
        json_array_append_new(list, json_pack("{s:s, s:s?, s:s?, s:s?, s:o}",
                                              "id", id->id, "title", id->title,
                                              "source", id->source, "uncovered",
                                              id->uncovered, "cases", cases));
    }
    return list;
}

static void print_json(const struct coverage *c, const struct strv *failures)
{
    json_t *sections = json_array(), *messages = json_array();
    for (size_t i = 0; i < c->sections.n; i++) {
        const struct coverage_section *s = &c->sections.v[i];
        json_array_append_new(
            sections,
            json_pack("{s:s, s:s, s:i, s:o, s:o}", "id", s->id, "title",
                      s->title, "covered", (int)coverage_covered(s), "wanted",
                      ids_json(&s->wanted), "besides", ids_json(&s->besides)));
    }
    for (size_t i = 0; i < failures->n; i++)
        json_array_append_new(messages, json_string(failures->v[i]));
    json_t *j = json_pack("{s:s, s:b, s:o, s:o}", "lockstep", LOCKSTEP_VERSION,
                          "passed", failures->n == 0, "failures", messages,
                          "sections", sections);
    json_dumpf(j, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(j);
}

static enum err load_list(const struct corpus *corpus, struct wanted **list)
{
    char *path = fs_join(corpus->dir, LIST_NAME);
    struct buf text = {0};
    struct strv ids = {0};
    struct diag d = {0};
    for (const struct detector *const *p = detectors; *p; p++)
        strv_add(&ids, (*p)->id);
    enum err e = fs_read(path, &text);
    if (e != ERR_OK)
        diag_at(&d, path, 0, "cannot be read: %s; it lists what is wanted",
                err_text(e));
    else
        e = wanted_read(path, buf_str(&text), text.len, &ids, list, &d);
    print_diag(&d);
    diag_fini(&d);
    strv_fini(&ids);
    buf_fini(&text);
    free(path);
    return e;
}

static int judge(const struct options *o, const struct corpus *corpus)
{
    struct wanted *list = NULL;
    struct coverage c = {0};
    struct strv failures = {0};
    if (load_list(corpus, &list) != ERR_OK)
        return EXIT_USAGE;
    coverage_take(corpus, list, &c);
    find_failures(corpus, &c, &failures);
    if (o->json)
        print_json(&c, &failures);
    else
        print_text(corpus, &c, &failures, o);
    int code = failures.n ? EXIT_FAILED : EXIT_PASSED;
    strv_fini(&failures);
    coverage_fini(&c);
    wanted_free(list);
    return code;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct choice c = {0};
    options_parse(&o, argc, argv, "",
                  "Tell which rules, weaknesses, patterns and reports the "
                  "cases cover, against the corpus's " LIST_NAME "."
                  "\vExit code 1: an id has neither a case nor a reason why "
                  "not, or has both.",
                  ACCEPT_JSON, NULL);
    int code = options_choose(&o, NULL, &c);
    if (code == EXIT_PASSED)
        code = judge(&o, &c.corpus);
    choice_fini(&c);
    options_fini(&o);
    return code;
}

const struct command command_coverage = {
    .name = "coverage",
    .summary = "tell which rules, weaknesses and reports the cases cover",
    .run = run,
};
