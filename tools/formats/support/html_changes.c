/* The comparison of two runs on the page.
 * SPDX-License-Identifier: MIT */
#include "formats/support/changes.h"
#include "formats/support/html_page.h"
#include "formats/support/words.h"

#include <stdlib.h>

static const char *tone(enum direction d)
{
    return d == CHANGE_WORSE ? "bad" : d == CHANGE_BETTER ? "good" : "plain";
}

static void add_result(struct page *p, const struct result *r)
{
    buf_adds(&p->b, "<td>");
    if (!r)
        return;
    html_words(p, words_result(r));
    if (r->variant->buggy && r->grade != GRADE_NONE)
        buf_addf(&p->b, " (%s)", grade_id(r->grade));
}

static void add_change(struct page *p, const struct change *c)
{
    const struct result *any = c->after ? c->after : c->before;
    buf_addf(&p->b, "<tr><td class=%s>%s<th scope=row>", tone(c->direction),
             change_word(c->direction));
    if (c->after) {
        buf_adds(&p->b, "<a");
        html_case_anchor(p, HTML_LINK, any->c);
        buf_adds(&p->b, ">");
    }
    html_words(p, words_cell(any));
    buf_adds(&p->b, c->after ? "</a>" : "");
    add_result(p, c->before);
    add_result(p, c->after);
    buf_adds(&p->b, "\n");
}

static bool is_in_both(const struct change *c)
{
    return c->before && c->after;
}

/* Those of cells that both runs have, or the others. */
static void add_table(struct page *p, const struct changes *l, bool both)
{
    buf_adds(&p->b, "<div class=scroll role=region aria-label=Changes "
                    "tabindex=0>\n<table>\n<thead><tr><th scope=col>change<th "
                    "scope=col>result<th scope=col>was<th scope=col>is\n"
                    "<tbody>\n");
    for (size_t i = 0; i < l->n; i++)
        if (is_in_both(&l->v[i]) == both)
            add_change(p, &l->v[i]);
    buf_adds(&p->b, "</table>\n</div>\n");
}

static void add_all(struct page *p, const struct changes *l)
{
    size_t n[CHANGE_GONE + 1] = {0};
    for (size_t i = 0; i < l->n; i++)
        n[l->v[i].direction]++;
    size_t alone = n[CHANGE_NEW] + n[CHANGE_GONE];
    buf_addf(&p->b,
             "<p>%zu worse, %zu better, %zu otherwise, %zu new, %zu gone.\n",
             n[CHANGE_WORSE], n[CHANGE_BETTER], n[CHANGE_OTHER], n[CHANGE_NEW],
             n[CHANGE_GONE]);
    if (l->n > alone)
        add_table(p, l, true);
    if (alone == 0)
        return;
    buf_adds(&p->b, "<details><summary>What only one of the runs has"
                    "</summary>\n");
    add_table(p, l, false);
    buf_adds(&p->b, "</details>\n");
}

void html_changes(struct page *p)
{
    const char *name = p->options->older_name;
    struct changes l = {0};
    if (!p->options->older)
        return;
    changes_find(p->options->older, p->report, &l);
    buf_adds(&p->b, "<section id=section-changes>\n<h2>Changes since ");
    html_text(p, name ? name : "the older run");
    buf_adds(&p->b, "</h2>\n");
    add_all(p, &l);
    buf_adds(&p->b, "</section>\n");
    vec_fini(&l);
}
