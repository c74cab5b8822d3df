/* The rules of a run in SARIF.
 * SPDX-License-Identifier: MIT */
#include "formats/support/sarif_rules.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "data-race" as "DataRace". */
static char *pascal(const char *id)
{
    struct buf b = {0};
    bool upper = true;
    for (; *id; id++) {
        if (*id != '-')
            buf_addf(&b, "%c", upper ? toupper(*id) : *id);
        upper = *id == '-';
    }
    return buf_take(&b);
}

static json_t *tags(const struct kind_help *h)
{
    json_t *l = json_pack("[s, s]", "concurrency", "correctness");
    char *cwe = str_fmt("external/cwe/cwe-%u", h->cwe);
    if (h->cwe)
        json_array_append_new(l, json_string(cwe));
    free(cwe);
    return l;
}

static json_t *rule(const struct kind_help *h)
{
    char *name = pascal(h->id);
    char *help = str_fmt("%s %s", h->what, h->mend);
    char *markdown = str_fmt("**%s.** %s\n\n%s\n", h->title, h->what, h->mend);
    char *title = str_fmt("%s.", h->title);
    json_t *j = json_pack(
        "{s:s, s:{s:s}, s:{s:s}, s:{s:s, s:s}, s:{s:s}, s:{s:o, s:s, s:s}}",
        "id", h->id, "shortDescription", "text", title, "fullDescription",
        "text", h->what, "help", "text", help, "markdown", markdown,
        "defaultConfiguration", "level", "error", "properties", "tags", tags(h),
        "precision", "high", "problem.severity", "error");
    /* A name may not be the id, which has several words or is one. */
    if (strchr(h->id, '-'))
        json_object_set_new(j, "name", json_string(name));
    free(title);
    free(markdown);
    free(help);
    free(name);
    return j;
}

size_t sarif_rule(json_t *rules, const struct kind_help *h)
{
    size_t i;
    json_t *one;
    json_array_foreach(rules, i, one)
    {
        if (str_eq(json_string_value(json_object_get(one, "id")), h->id))
            return i;
    }
    json_array_append_new(rules, rule(h));
    return json_array_size(rules) - 1;
}
