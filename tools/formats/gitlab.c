/* The report on code quality that GitLab shows in merge requests: an array of
 * issues, each with a fingerprint of its own.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"
#include "formats/support/json_text.h"
#include "formats/support/problems.h"

#include <jansson.h>
#include <stdlib.h>

static enum err write_gitlab(const struct report *r,
                             const struct format_options *o, FILE *out);

const struct format format_gitlab = {
    .id = "gitlab",
    .title = "code quality of GitLab, of what fails the gate",
    .write = write_gitlab,
};

/* Unlike those that were used before, which are the keys of used. */
static json_t *fingerprint(const struct problem *p, json_t *used)
{
    for (unsigned nth = 0;; nth++) {
        char *id = problem_fingerprint(p, nth);
        bool is_new = !json_object_get(used, id);
        json_t *j = is_new ? json_string(id) : NULL;
        if (is_new)
            json_object_set_new(used, id, json_true());
        free(id);
        if (is_new)
            return j;
    }
}

static json_t *issue(const struct problem *p, json_t *used)
{
    return json_pack("{s:o, s:s, s:o, s:s, s:{s:o, s:{s:i, s:i}}}",
                     "description", json_text(p->text), "check_name", p->rule,
                     "fingerprint", fingerprint(p, used), "severity",
                     p->fails ? "critical" : "info", "location", "path",
                     json_text(p->spot.path), "lines", "begin", p->spot.line,
                     "end", p->spot.line);
}

static enum err write_gitlab(const struct report *r,
                             const struct format_options *o, FILE *out)
{
    struct places places;
    struct problems l = {0};
    json_t *issues = json_array(), *used = json_object();
    places_init(&places, r, o);
    problems_find(r, o, &places, &l);
    for (size_t i = 0; i < l.n; i++)
        json_array_append_new(issues, issue(&l.v[i], used));
    int failed = json_dumpf(issues, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(used);
    json_decref(issues);
    problems_fini(&l);
    places_fini(&places);
    return failed || fflush(out) != 0 || ferror(out) ? ERR_IO : ERR_OK;
}
