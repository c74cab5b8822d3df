/* lockstep list: the cases of the corpus, a line each.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"

#include <jansson.h>
#include <libsmartcols/libsmartcols.h>

static void print_table(const struct selections *what)
{
    struct libscols_table *t = scols_new_table();
    scols_table_new_column(t, "CASE", 0, 0);
    scols_table_new_column(t, "MODEL", 0, 0);
    scols_table_new_column(t, "FAILS BY", 0, 0);
    scols_table_new_column(t, "TITLE", 0, SCOLS_FL_WRAP);
    for (size_t i = 0; i < what->n; i++) {
        const struct scenario_case *c = what->v[i].c;
        struct libscols_line *line = scols_table_new_line(t, NULL);
        scols_line_set_data(line, 0, c->id);
        scols_line_set_data(line, 1, model_id(c->manifest->model));
        scols_line_set_data(line, 2, failure_id(c->manifest->failure));
        scols_line_set_data(line, 3, c->manifest->title);
    }
    scols_print_table(t);
    scols_unref_table(t);
}

static json_t *case_json(const struct scenario_case *c)
{
    json_t *variants = json_array();
    for (size_t i = 0; i < c->variants.n; i++)
        json_array_append_new(variants,
                              json_pack("{s:s, s:b, s:s, s:s}", "name",
                                        c->variants.v[i].name, "buggy",
                                        c->variants.v[i].buggy, "model",
                                        model_id(c->variants.v[i].model),
                                        "source", c->variants.v[i].source));
    return json_pack("{s:s, s:s, s:s, s:s, s:o}", "case", c->id, "title",
                     c->manifest->title, "failure",
                     failure_id(c->manifest->failure), "dir", c->dir,
                     "variants", variants);
}

static void print_json(const struct selections *what)
{
    json_t *list = json_array();
    for (size_t i = 0; i < what->n; i++)
        json_array_append_new(list, case_json(what->v[i].c));
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct choice c = {0};
    options_parse(&o, argc, argv, "[CASE...]", "List the cases of the corpus.",
                  ACCEPT_JSON, NULL);
    int code = options_choose(&o, NULL, &c);
    if (code == EXIT_PASSED && o.json)
        print_json(&c.what);
    else if (code == EXIT_PASSED)
        print_table(&c.what);
    choice_fini(&c);
    options_fini(&o);
    return code;
}

const struct command command_list = {
    .name = "list",
    .summary = "list the cases",
    .run = run,
};
