/* What a run in SARIF says of itself: the tool, its state, what was checked
 * out. SPDX-License-Identifier: MIT */
#include "formats/support/sarif_run.h"

#include "formats/support/json_text.h"

#include <stdlib.h>
#include <string.h>

/* A broken detector is told by its name. */
static json_t *notifications(const struct report *r,
                             const struct detector_report *d)
{
    json_t *l = json_array();
    const struct strv *texts = &r->gate.incomplete;
    for (size_t i = 0; i < texts->n; i++) {
        const char *id = d->id;
        size_t n = strlen(id);
        if (str_starts(texts->v[i], id) && texts->v[i][n] == ' ')
            json_array_append_new(l, json_pack("{s:s, s:{s:o}}", "level",
                                               "error", "message", "text",
                                               json_text(texts->v[i])));
    }
    return l;
}

/* The first number with so many dots in what a tool says of its version; NULL
 * if there is none. Owned by the caller. */
static char *number_with(const char *version, size_t wanted)
{
    static const char digits[] = "0123456789";
    for (const char *p = version; p && (p = strpbrk(p, digits));) {
        size_t n = strspn(p, "0123456789."), dots = 0;
        for (size_t i = 0; i < n; i++)
            dots += p[i] == '.';
        if (dots == wanted && p[n - 1] != '.')
            return str_ndup(p, n);
        p += n;
    }
    return NULL;
}

/* 1.2.3, or else 1.2. */
static char *number_in(const char *version)
{
    char *number = number_with(version, 2);
    return number ? number : number_with(version, 1);
}

static json_t *driver(const struct detector_report *d, json_t *rules)
{
    char *number = number_in(d->version);
    char *name = d->version ? str_fmt("%s, %s", d->title, d->version)
                            : str_dup(d->title);
    json_t *j = json_pack("{s:o, s:o, s:O}", "name", json_text(d->id),
                          "fullName", json_text(name), "rules", rules);
    if (d->home)
        json_object_set_new(j, "informationUri", json_text(d->home));
    if (number)
        json_object_set_new(j, "version", json_string(number));
    free(name);
    free(number);
    return j;
}

/* The remote is needed: a work tree without one names its own folder. */
static json_t *provenance(const struct repository *where)
{
    char *folder = repository_uri(where->root);
    json_t *j = json_pack("{s:o, s:{s:s}}", "repositoryUri",
                          json_text(where->uri ? where->uri : folder),
                          "mappedTo", "uriBaseId", "%SRCROOT%");
    json_object_set_new(j, "revisionId", json_text(where->revision));
    if (where->branch)
        json_object_set_new(j, "branch", json_text(where->branch));
    if (where->changed)
        json_object_set_new(j, "properties", json_pack("{s:b}", "changed", 1));
    free(folder);
    return json_pack("[o]", j);
}

static json_t *root_json(const struct repository *where)
{
    char *uri = repository_uri(where->root);
    char *folder = str_fmt("%s%s", uri, str_ends(uri, "/") ? "" : "/");
    json_t *j = json_pack("{s:{s:s}}", "%SRCROOT%", "uri", folder);
    free(folder);
    free(uri);
    return j;
}

json_t *sarif_run(const struct report *r, const struct detector_report *d,
                  const struct places *places, json_t *rules, json_t *results)
{
    const struct repository *where = &places->repository;
    char *category = str_fmt("lockstep/%s/", d->id);
    json_t *j = json_pack(
        "{s:{s:o}, s:{s:{s:{s:s, s:s}}}, s:{s:o}, s:[{s:b, s:o}], s:s, s:o, "
        "s:O}",
        "tool", "driver", driver(d, rules), "conversion", "tool", "driver",
        "name", "Lockstep", "version", LOCKSTEP_VERSION, "automationDetails",
        "id", json_text(category), "invocations", "executionSuccessful",
        d->alive && !r->cancelled, "toolExecutionNotifications",
        notifications(r, d), "columnKind", "unicodeCodePoints",
        "originalUriBaseIds", root_json(where), "results", results);
    if (where->revision)
        json_object_set_new(j, "versionControlProvenance", provenance(where));
    free(category);
    return j;
}
