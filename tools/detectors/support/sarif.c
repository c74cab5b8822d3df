/* SARIF into a list of results.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/sarif.h"

#include "base/str.h"
#include "detectors/support/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

void sarif_fini(struct sarif_results *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].rule);
        free(l->v[i].level);
        free(l->v[i].message);
        free(l->v[i].file);
    }
    vec_fini(l);
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, c | 0x20) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* "file:///a%20b" is "/a b"; what is no file is left as it is. */
static char *path_of(const char *uri)
{
    static const char scheme[] = "file://";
    struct buf b = {0};
    if (str_starts(uri, scheme))
        uri += strlen(scheme);
    for (const char *p = uri; *p; p++) {
        int high = *p == '%' ? hex(p[1]) : -1;
        int low = high >= 0 ? hex(p[2]) : -1;
        unsigned char c = (unsigned char)*p;
        if (low >= 0)
            c = (unsigned char)(high * 16 + low);
        buf_add(&b, &c, 1);
        p += low >= 0 ? 2 : 0;
    }
    char *path = report_text(buf_str(&b), b.len);
    buf_fini(&b);
    return path;
}

static char *text_of(const json_t *object, const char *key)
{
    const json_t *s = json_object_get(object, key);
    return json_is_string(s)
               ? report_text(json_string_value(s), json_string_length(s))
               : NULL;
}

static int number_of(const json_t *object, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(object, key));
    return n > 0 && n < 1 << 30 ? (int)n : 0;
}

static void add(const json_t *j, struct sarif_results *out)
{
    const json_t *place = json_object_get(
        json_array_get(json_object_get(j, "locations"), 0), "physicalLocation");
    const json_t *region = json_object_get(place, "region");
    const char *uri = json_string_value(
        json_object_get(json_object_get(place, "artifactLocation"), "uri"));
    struct sarif_result r = {
        .rule = text_of(j, "ruleId"),
        .level = text_of(j, "level"),
        .message = text_of(json_object_get(j, "message"), "text"),
        .file = uri ? path_of(uri) : NULL,
        .line = number_of(region, "startLine"),
        .col = number_of(region, "startColumn"),
    };
    vec_push(out, r);
}

/* The first line that starts with '{', or NULL. */
static const char *find_object(const char *text, size_t n)
{
    const char *end = text + n;
    for (const char *line = text; line && line < end;) {
        if (*line == '{')
            return line;
        line = memchr(line, '\n', (size_t)(end - line));
        line = line ? line + 1 : NULL;
    }
    return NULL;
}

enum err sarif_read(const char *text, size_t n, struct sarif_results *out,
                    char **problem)
{
    json_error_t error;
    const char *start = n ? find_object(text, n) : NULL;
    json_t *root = start ? json_loadb(start, n - (size_t)(start - text),
                                      JSON_DISABLE_EOF_CHECK, &error)
                         : NULL;
    const json_t *runs = json_object_get(root, "runs");
    enum err e = json_is_array(runs) ? ERR_OK : ERR_INVALID;
    if (!start)
        *problem = str_dup("there is no report in what it printed");
    else if (!root)
        *problem = str_fmt("the report is no JSON: %s", error.text);
    else if (e != ERR_OK)
        *problem = str_dup("the report is JSON, but no SARIF");
    size_t i, k;
    json_t *run, *result;
    json_array_foreach(runs, i, run)
    {
        json_array_foreach(json_object_get(run, "results"), k,
                           result) if (out->n < REPORT_MAX_FINDINGS)
            add(result, out);
    }
    json_decref(root);
    return e;
}
