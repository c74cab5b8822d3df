/* Every format over every kind of bad text, in every place where text comes
 * from outside: it stays well formed, has as many records as with fair text,
 * and none of it can be taken for markup, a command or a key of the terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <expat.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_formats.h"

static const struct {
    const char *name, *text;
} texts[] = {
    {"markup", "<script>alert(1)</script><img src=x onerror=alert(1)>"},
    {"end of markup", "--></style></title></pre>]]></script>"},
    {"quotes", "\"'`\\\" onmouseover='x' \"\"\"; </a>"},
    {"newlines", "a\nb\r\nc\rd\n\n::error::x\n# x\n- y\n"},
    {"entities", "&lt;script&gt;&amp;&#60;&quot;%3Cscript%3E%0A::error::"},
    {"control", "\001\002\a\b\t\v\f\016\033[31mred\033]0;title\a\177"},
    {"no UTF-8", "\xff\xfe\xc3(\xa0\xa1\xe2\x28\xa1\xf0\x90\x28\xbc\xc0\xaf"},
    {"turned", "\xe2\x80\xae\xe2\x81\xa6gpj.exe\xe2\x81\xa9\xef\xbb\xbf"},
    {"not for XML", "\xef\xbf\xbe\xef\xbf\xbf\xed\xa0\x80"},
    {"formula", "=cmd|' /C calc'!A0"},
    {"other formulas", "@SUM(1)\t+1\t-1"},
    {"Markdown", "|x| [x](javascript:alert(1)) ![y](z) **b** <b> \\| @team #1"},
    {"format", "%s%n%x %1$s {0} ${x} $(id) `id`"},
    {"empty", ""},
    {"blank", " "},
};
#define TEXTS (sizeof texts / sizeof *texts)

static const struct format_options everything = {
    .all = true, .score = true, .timing = true};

/* The length of the UTF-8 character at s; 0: it is none. */
static size_t character(const unsigned char *s)
{
    size_t n = *s < 0x80                 ? 1
               : *s >= 0xc2 && *s < 0xe0 ? 2
               : *s >= 0xe0 && *s < 0xf0 ? 3
               : *s >= 0xf0 && *s < 0xf5 ? 4
                                         : 0;
    for (size_t i = 1; i < n; i++)
        if (s[i] >> 6 != 2)
            return 0;
    bool surrogate = n == 3 && s[0] == 0xed && s[1] >= 0xa0;
    bool long_form = (n == 3 && s[0] == 0xe0 && s[1] < 0xa0) ||
                     (n == 4 && s[0] == 0xf0 && s[1] < 0x90);
    return surrogate || long_form ? 0 : n;
}

/* In JSON, what is no control character there may be as it is. */
static void is_text(const char *what, const char *text, bool json)
{
    const unsigned char *s = (const unsigned char *)text;
    for (size_t n; *s; s += n) {
        n = character(s);
        if (n == 0)
            fail_msg("%s: no UTF-8 at %.20s", what, (const char *)s);
        if ((*s < ' ' && !strchr("\n\t\r", *s)) || (*s == 0x7f && !json))
            fail_msg("%s: byte %02x after %.30s", what, *s,
                     (const char *)s -
                         (s - (const unsigned char *)text > 30 ? 30 : 0));
        if (!json && strncmp((const char *)s, "\xe2\x80\xae", 3) == 0)
            fail_msg("%s: a line is turned around", what);
    }
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (; (text = strstr(text, what)); text += strlen(what))
        n++;
    return n;
}

/* ---- what each format is made of, and how much of it there is ---- */

static json_t *parsed(const char *text)
{
    json_error_t error;
    json_t *j = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!j)
        fail_msg("line %d: %s", error.line, error.text);
    return j;
}

static size_t lines(const char *text)
{
    return count(text, "\n");
}

static size_t results_of_json(const char *text)
{
    json_t *j = parsed(text);
    size_t n = json_array_size(json_object_get(j, "results"));
    json_decref(j);
    return n;
}

static size_t results_of_gitlab(const char *text)
{
    json_t *j = parsed(text);
    size_t n = json_array_size(j);
    json_decref(j);
    return n;
}

static size_t results_of_sarif(const char *text)
{
    json_t *j = parsed(text), *run;
    size_t n = 0, i;
    json_array_foreach(json_object_get(j, "runs"), i, run)
    {
        n += json_array_size(json_object_get(run, "results"));
    }
    json_decref(j);
    return n;
}

static void XMLCALL element(void *data, const char *name,
                            const char **attributes)
{
    size_t *n = data;
    (void)attributes;
    *n += str_eq(name, "testcase");
}

static size_t results_of_junit(const char *text)
{
    size_t n = 0;
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, &n);
    XML_SetElementHandler(p, element, NULL);
    if (XML_Parse(p, text, (int)strlen(text), 1) != XML_STATUS_OK)
        fail_msg("%s", XML_ErrorString(XML_GetErrorCode(p)));
    XML_ParserFree(p);
    return n;
}

static size_t records_of_csv(const char *text)
{
    size_t n = 0;
    bool quoted = false, first = true;
    for (; *text; text++) {
        quoted ^= *text == '"';
        if (!quoted && first && strchr("=+@", *text))
            fail_msg("a formula: %.20s", text);
        n += !quoted && *text == '\n';
        first = !quoted && (*text == ',' || *text == '\n');
    }
    return n;
}

static size_t commands_of_github(const char *text)
{
    size_t n = 0;
    for (const char *at = text; *at; at = strchr(at, '\n') + 1, n++)
        if (!str_starts(at, "::error ") && !str_starts(at, "::notice "))
            fail_msg("no command of ours: %.40s", at);
    return n;
}

static size_t elements_of_html(const char *text)
{
    assert_int_equal(count(text, "<script"), 1);
    assert_null(strstr(text, "<img src=x"));
    assert_null(strstr(text, "\" onmouseover"));
    return count(text, "<");
}

static size_t rows_of_markdown(const char *text)
{
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "[x](javascript"));
    assert_null(strstr(text, "\n::"));
    return lines(text);
}

/* exact: bad text changes nothing about the number. */
static const struct {
    const char *format;
    size_t (*size)(const char *text);
    bool exact, json;
} sizes[] = {
    {"csv", records_of_csv, true, false},
    {"github", commands_of_github, true, false},
    {"gitlab", results_of_gitlab, true, true},
    {"html", elements_of_html, false, false},
    {"json", results_of_json, true, true},
    {"junit", results_of_junit, true, false},
    {"markdown", rows_of_markdown, true, false},
    {"sarif", results_of_sarif, true, true},
    {"table", lines, false, false},
};
#define FORMATS (sizeof sizes / sizeof *sizes)

static void every_format_is_here(void **state)
{
    (void)state;
    size_t n = 0;
    for (; formats[n]; n++)
        assert_string_equal(formats[n]->id, sizes[n].format);
    assert_int_equal(n, FORMATS);
}

static void bad_text_changes_no_format(void **state)
{
    struct made *m = *state;
    size_t fair[FORMATS];
    made_full(m);
    made_hostile_with(m, "fair");
    for (size_t i = 0; i < FORMATS; i++) {
        char *text = made_text(m, sizes[i].format, &everything, NULL);
        fair[i] = sizes[i].size(text);
        assert_true(fair[i] > 0);
        free(text);
    }
    for (size_t t = 0; t < TEXTS; t++) {
        report_fini(&m->report);
        corpus_fini(&m->corpus);
        m->report = (struct report){0};
        made_full(m);
        made_hostile_with(m, texts[t].text);
        for (size_t i = 0; i < FORMATS; i++) {
            char *what = str_fmt("%s in %s", texts[t].name, sizes[i].format);
            char *text = made_text(m, sizes[i].format, &everything, NULL);
            size_t n = sizes[i].size(text);
            is_text(what, text, sizes[i].json);
            if (sizes[i].exact && n != fair[i])
                fail_msg("%s: %zu, not %zu", what, n, fair[i]);
            free(text);
            free(what);
        }
    }
}

/* What a detector says may be as long as it likes: only what is for programs to
 * read has all of it. */
static void ten_megabytes_are_cut_where_people_read(void **state)
{
    struct made *m = *state;
    const size_t size = (size_t)10 << 20;
    char *text = mem_new(size + 1, 1);
    memset(text, 'x', size);
    memcpy(text, "\"<\xff\n", 4);
    made_full(m);
    struct result *r = &m->report.results.v[1];
    struct finding *f =
        findings_add(&r->findings, "helgrind", KIND_DEADLOCK, "");
    f->message = str_dup(text);
    add_access(f, ROLE_WAITS, m->bug->source, 4);
    for (size_t i = 0; i < FORMATS; i++) {
        size_t n;
        char *out = made_text(m, sizes[i].format, &everything, &n);
        bool all = str_eq(sizes[i].format, "json");
        sizes[i].size(out);
        is_text(sizes[i].format, out, sizes[i].json);
        if ((n > size) != all)
            fail_msg("%s has %zu bytes", sizes[i].format, n);
        free(out);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_here),
        MADE_TEST(bad_text_changes_no_format),
        MADE_TEST(ten_megabytes_are_cut_where_people_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
