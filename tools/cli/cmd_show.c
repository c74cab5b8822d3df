/* lockstep show: one case as a lesson.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/prose.h"
#include "formats/support/style.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void head(const struct options *o, const char *text)
{
    printf("\n%s%s%s\n", style(o->style.color, TONE_BOLD), text,
           style(o->style.color, TONE_PLAIN));
}

static const char *failure_text(enum failure f)
{
    static const char *const texts[] = {"it does not fail", "a wrong value",
                                        "a hang", "a crash", "a stall"};
    return texts[f];
}

static void print_words(const char *name, char *const *words, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        printf("%s%s", i ? " " : name, words[i]);
}

/* How often the failure shows in the runs of one build. */
static void print_plain(const struct plain *p)
{
    fputs(manifest_variant(p->variant), stdout);
    if (p->compiler)
        printf(" built by %s", p->compiler);
    print_words(p->compiler ? " with " : " built with ", p->flags,
                p->flags_count);
    print_words(" run with ", p->args, p->args_count);
    printf(" in %u of %u plain runs", p->shows, p->runs);
}

static void print_identity(const struct options *o,
                           const struct scenario_case *c)
{
    const struct manifest *m = c->manifest;
    printf("%s%s%s: %s\n", style(o->style.color, TONE_BOLD), c->id,
           style(o->style.color, TONE_PLAIN), m->title);
    printf("  model: %s", model_id(m->model));
    for (unsigned i = 0; i < m->cwe_count; i++)
        printf("%sCWE-%u", i ? ", " : "; weakness: ", m->cwe[i]);
    for (unsigned i = 0; i < m->cert_count; i++)
        printf("%s%s", i ? ", " : "; SEI CERT C: ", m->cert[i]);
    putchar('\n');
    for (unsigned i = 0; i < m->patterns_count; i++)
        printf("  pattern: %s, %s\n", pattern_id(m->patterns[i]),
               pattern_title(m->patterns[i]));
    char *origin = str_fmt("origin: %s", m->origin);
    prose_print(stdout, origin, 2, o->style.width);
    free(origin);
    if (m->failure != FAILURE_NONE)
        printf("  fails by: %s", failure_text(m->failure));
    for (unsigned i = 0; i < m->plain_count; i++) {
        fputs(i ? ", " : "; ", stdout);
        print_plain(&m->plain[i]);
    }
    if (m->failure != FAILURE_NONE)
        putchar('\n');
}

static void print_prose(const struct options *o, const struct scenario_case *c)
{
    head(o, "Scenario");
    prose_print(stdout, c->manifest->scenario, 2, o->style.width);
    if (c->manifest->diagnosis) {
        head(o, "Diagnosis");
        prose_print(stdout, c->manifest->diagnosis, 2, o->style.width);
    }
}

static void print_fixes(const struct options *o, const struct scenario_case *c)
{
    const struct variant *bug = case_variant(c, "buggy");
    for (size_t i = 0; bug && i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        if (v->buggy)
            continue;
        char *title = str_fmt("The fix: %s", style_path(v->source));
        head(o, title);
        free(title);
        prose_diff(stdout, bug->source, v->source, o->style.color);
    }
}

/* The text of a line of a file, blanks and the label's comment cut off. */
static char *source_line(const char *file, int line)
{
    struct buf text = {0};
    fs_read(file, &text);
    const char *p = buf_str(&text);
    for (int i = 1; i < line && *p; i++) {
        p += strcspn(p, "\n");
        p += *p == '\n';
    }
    p += strspn(p, " \t");
    size_t n = strcspn(p, "\n");
    const char *mark = memmem(p, n, "/* @site", 8);
    if (mark)
        n = (size_t)(mark - p);
    while (n > 0 && p[n - 1] == ' ')
        n--;
    char *found = str_ndup(p, n);
    buf_fini(&text);
    return found;
}

static void print_truth(const struct options *o, const struct scenario_case *c)
{
    const struct manifest *m = c->manifest;
    if (m->truth_count)
        head(o, "What is true");
    for (unsigned i = 0; i < m->truth_count; i++) {
        const struct truth *t = &m->truth[i];
        const struct variant *v = case_variant(c, manifest_variant(t->variant));
        fputs("  ", stdout);
        for (unsigned j = 0; j < t->kinds_count; j++)
            printf("%s%s", j ? " or " : "", kind_text(t->kinds[j]));
        printf("%s%s in %s.c, at\n", t->object ? " on " : "",
               t->object ? t->object : "", v->name);
        for (unsigned j = 0; j < t->sites_count; j++) {
            const struct site *s = site_find(&v->sites, t->sites[j]);
            char *text = source_line(v->source, s->line);
            printf("    %4d: %-44s %s, in %s()\n", s->line, text, s->label,
                   s->function ? s->function : "?");
            free(text);
        }
    }
}

static void print_expected(const struct options *o,
                           const struct scenario_case *c,
                           const struct variant *v, const struct detector *d,
                           int width)
{
    const struct expectation *e = detector_expectation(d, c, v);
    const char *unable = detector_unable(d, c, v);
    const char *word = unable     ? "n/a"
                       : e        ? verdict_id(e->verdict)
                       : v->buggy ? "not recorded"
                                  : "clean";
    printf("  %-*s %-14s %s", width, d->id, v->name, word);
    if (e && e->verdict == VERDICT_SOMETIMES)
        printf(" (%.0f %% of %u runs)", 100 * e->rate, e->runs);
    if (e && e->grade != GRADE_NONE)
        printf(" (%s)", grade_id(e->grade));
    if (e && e->thanks_to != AID_NONE)
        printf(", thanks to an %s", aid_id(e->thanks_to));
    if (e && e->claim != CLAIM_NONE)
        printf(", %s", claimed_id(e->claim));
    putchar('\n');
    if (unable || (e && e->reason))
        prose_print(stdout, unable ? unable : e->reason, 15, o->style.width);
}

static int id_width(void)
{
    int width = 12;
    for (const struct detector *const *d = detectors; *d; d++)
        if ((int)strlen((*d)->id) > width)
            width = (int)strlen((*d)->id);
    return width;
}

static void print_expectations(const struct options *o,
                               const struct scenario_case *c)
{
    head(o, "What each detector says, as measured");
    for (size_t i = 0; i < c->variants.n; i++) {
        const struct variant *v = &c->variants.v[i];
        for (const struct detector *const *d = detectors; *d; d++)
            if (v->buggy || c->manifest->bench ||
                case_expectation(c, v, (*d)->id))
                print_expected(o, c, v, *d, id_width());
    }
    if (case_variant(c, "buggy"))
        puts("  Fixes not named here are clean under every detector.");
}

static json_t *sites_json(const struct variant *v, const struct truth *t)
{
    json_t *sites = json_array();
    for (unsigned i = 0; i < t->sites_count; i++) {
        const struct site *s = site_find(&v->sites, t->sites[i]);
        json_array_append_new(sites,
                              json_pack("{s:s, s:s, s:i, s:s?}", "label",
                                        s->label, "file", v->source, "line",
                                        s->line, "function", s->function));
    }
    return sites;
}

static json_t *truth_json(const struct scenario_case *c)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < c->manifest->truth_count; i++) {
        const struct truth *t = &c->manifest->truth[i];
        const struct variant *v = case_variant(c, manifest_variant(t->variant));
        json_t *kinds = json_array();
        for (unsigned j = 0; j < t->kinds_count; j++)
            json_array_append_new(kinds, json_string(kind_id(t->kinds[j])));
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:s?, s:o}", "variant",
                                        v->name, "kinds", kinds, "object",
                                        t->object, "sites", sites_json(v, t)));
    }
    return list;
}

static json_t *expect_json(const struct scenario_case *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->variants.n; i++)
        for (const struct detector *const *d = detectors; *d; d++) {
            const struct variant *v = &c->variants.v[i];
            const struct expectation *e = detector_expectation(*d, c, v);
            const char *unable = detector_unable(*d, c, v);
            const char *verdict = unable     ? "unsupported"
                                  : e        ? verdict_id(e->verdict)
                                  : v->buggy ? NULL
                                             : "clean";
            const char *aid =
                e && e->thanks_to != AID_NONE ? aid_id(e->thanks_to) : NULL;
            const char *claim =
                e && e->claim != CLAIM_NONE ? claimed_id(e->claim) : NULL;
            const char *reason = unable ? unable : e ? e->reason : NULL;
            json_array_append_new(
                list,
                json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "detector",
                          (*d)->id, "variant", v->name, "verdict", verdict,
                          "thanks_to", aid, "claim", claim, "reason", reason));
        }
    return list;
}

static void print_json(const struct scenario_case *c)
{
    const struct manifest *m = c->manifest;
    json_t *j =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s, s:o, s:o}", "case",
                  c->id, "title", m->title, "model", model_id(m->model),
                  "failure", failure_id(m->failure), "scenario", m->scenario,
                  "diagnosis", m->diagnosis, "origin", m->origin, "truth",
                  truth_json(c), "expect", expect_json(c));
    json_dumpf(j, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(j);
}

static void print_case(const struct options *o, const struct scenario_case *c)
{
    print_identity(o, c);
    print_prose(o, c);
    fflush(stdout);
    print_fixes(o, c);
    print_truth(o, c);
    print_expectations(o, c);
}

enum { KEY_FIX = 0x200 };

static const struct argp_option own_options[] = {
    {"fix", KEY_FIX, 0, 0, "Only what mends it, as a diff", 0}, {0}};

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    bool *fix = state->input;
    if (key != KEY_FIX)
        return ARGP_ERR_UNKNOWN;
    *fix = true;
    return 0;
}

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct choice c = {0};
    bool fix = false;
    options_parse(&o, argc, argv, "CASE...",
                  "Show cases as lessons: what happens, why, the fix, the "
                  "truth, and what each detector says.",
                  ACCEPT_JSON, &(struct own_options){&argp, &fix, 0});
    int code = options_choose(&o, "show", &c);
    for (size_t i = 0; code == EXIT_PASSED && i < c.what.n; i++) {
        if (o.json)
            print_json(c.what.v[i].c);
        else if (fix)
            print_fixes(&o, c.what.v[i].c);
        else
            print_case(&o, c.what.v[i].c);
    }
    choice_fini(&c);
    options_fini(&o);
    return code;
}

const struct command command_show = {
    .name = "show",
    .summary = "show a case: scenario, diagnosis, fix, truth, expectations",
    .run = run,
};
