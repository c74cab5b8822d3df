/* The formats that machines and job summaries read: junit, gitlab, github, csv
 * and markdown.
 * SPDX-License-Identifier: MIT */
#include <expat.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "made_formats.h"

static const struct format_options everything = {.all = true};

static void golden(struct made *m, const char *format, const char *name)
{
    made_golden(m, made_text(m, format, NULL, NULL), name);
}

static void formats_are_as_they_were(void **state)
{
    struct made *m = *state;
    made_full(m);
    golden(m, "csv", "report.csv");
    golden(m, "github", "report.github");
    golden(m, "gitlab", "report.gitlab.json");
    golden(m, "junit", "report.junit.xml");
    golden(m, "markdown", "report.md");
}

static json_t *parsed(const char *text)
{
    json_error_t error;
    json_t *j = json_loads(text, 0, &error);
    if (!j)
        fail_msg("line %d: %s in\n%s", error.line, error.text, text);
    return j;
}

static void gitlab_tells_what_fails_with_fingerprints_of_its_own(void **state)
{
    struct made *m = *state;
    made_full(m);
    char *text = made_text(m, "gitlab", NULL, NULL);
    char *all = made_text(m, "gitlab", &everything, NULL);
    json_t *j = parsed(text), *k = parsed(all), *seen = json_object(), *one;
    assert_int_equal(json_array_size(j), 3);
    assert_int_equal(json_array_size(k), 3); /* tsan-gcc's is helgrind's too */
    size_t i;
    json_array_foreach(j, i, one)
    {
        const char *id = json_string_value(json_object_get(one, "fingerprint"));
        assert_int_equal(strlen(id), 32);
        assert_null(json_object_get(seen, id));
        json_object_set_new(seen, id, json_true());
        assert_string_equal(json_string_value(json_object_get(one, "severity")),
                            "critical");
    }
    json_decref(seen);
    json_decref(k);
    json_decref(j);
    free(all);
    free(text);
}

/* The problems' fingerprints, one after the other. */
static char *fingerprints(struct made *m)
{
    char *text = made_text(m, "gitlab", NULL, NULL);
    json_t *j = parsed(text), *one;
    struct buf b = {0};
    size_t i;
    json_array_foreach(j, i, one)
    {
        buf_addf(&b, "%s ",
                 json_string_value(json_object_get(one, "fingerprint")));
    }
    json_decref(j);
    free(text);
    return buf_take(&b);
}

static void fingerprints_move_with_their_lines(void **state)
{
    struct made *m = *state;
    made_full(m);
    char *before = fingerprints(m);
    scratch_write(m->dir, "class/pair/buggy.c", "/* new */\n" SCRATCH_SOURCE);
    scratch_write(m->dir, "class/pair/fixed.c", "/* new */\n" SCRATCH_SOURCE);
    for (size_t i = 0; i < 2; i++) {
        struct variant *v = &m->corpus.cases.v[0].variants.v[i];
        v->sites.v[0].line++;
    }
    for (size_t i = 0; i < m->report.results.n; i++)
        for (size_t j = 0; j < m->report.results.v[i].findings.n; j++)
            for (size_t k = 0; k < 2; k++) {
                struct finding *f = &m->report.results.v[i].findings.v[j];
                f->accesses.v[k].stack.v[0].line++;
            }
    char *after = fingerprints(m);
    assert_string_equal(before, after);
    free(after);
    scratch_write(m->dir, "class/pair/buggy.c",
                  "/* new */\nint x;\nint main(void)\n{\n    other--;\n}\n");
    after = fingerprints(m);
    assert_string_not_equal(before, after);
    free(after);
    free(before);
}

static void nothing_is_told_of_a_run_that_passed(void **state)
{
    struct made *m = *state;
    made_full(m);
    for (size_t i = 0; i < m->report.results.n; i++)
        m->report.results.v[i].differs = false;
    char *text = made_text(m, "github", NULL, NULL);
    assert_string_equal(text, "");
    free(text);
    text = made_text(m, "gitlab", NULL, NULL);
    assert_string_equal(text, "[]\n");
    free(text);
    text = made_text(m, "github", &everything, NULL);
    assert_int_equal(strncmp(text,
                             "::notice file=class/pair/buggy.c,line=4,"
                             "endLine=4,col=5,endColumn=11,title=data "
                             "race on `shared`::",
                             88),
                     0);
    free(text);
}

/* Every line is one command of ours, whatever was in it. */
static void hostile_text_gives_github_no_commands(void **state)
{
    struct made *m = *state;
    made_full(m);
    made_hostile(m);
    char *text = made_text(m, "github", &everything, NULL);
    size_t lines = 0;
    assert_null(strpbrk(text, "\r\033\001\x7f"));
    for (char *rest = text, *line; *rest; lines++) {
        line = strsep(&rest, "\n");
        assert_non_null(rest);
        if (!str_starts(line, "::error file=class/pair/") &&
            !str_starts(line, "::notice file=class/pair/") &&
            !str_starts(line, "::error title=incomplete::"))
            fail_msg("a command that is not ours: %s", line);
    }
    assert_true(lines > 4);
    free(text);
}

static void hostile_text_leaves_json_whole(void **state)
{
    struct made *m = *state;
    made_full(m);
    made_hostile(m);
    char *text = made_text(m, "gitlab", &everything, NULL);
    json_t *j = parsed(text);
    assert_true(json_array_size(j) > 3);
    json_decref(j);
    free(text);
}

/* What an XML parser makes of it. */
struct read {
    size_t tests, failures, skipped, errors, strangers;
    struct strv names;
    struct buf text;
};

static void XMLCALL start(void *data, const char *name, const char **attributes)
{
    static const char *const known[] = {"testsuites", "testsuite", "testcase",
                                        "failure",    "error",     "skipped",
                                        "system-out"};
    struct read *r = data;
    size_t i = 0;
    while (i < 7 && !str_eq(known[i], name))
        i++;
    r->strangers += i == 7;
    r->failures += i == 3;
    r->errors += i == 4;
    r->skipped += i == 5;
    if (i == 2) {
        char *id = str_fmt("%s\n%s", attributes[1], attributes[3]);
        assert_false(strv_has(&r->names, id));
        strv_take(&r->names, id);
        r->tests++;
    }
    for (; *attributes; attributes += 2)
        buf_adds(&r->text, attributes[1]);
}

static void XMLCALL characters(void *data, const char *s, int n)
{
    struct read *r = data;
    buf_add(&r->text, s, (size_t)n);
}

static struct read read_xml(const struct made *m)
{
    struct read r = {0};
    char *text = made_text(m, "junit", NULL, NULL);
    XML_Parser p = XML_ParserCreate(NULL);
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, start, NULL);
    XML_SetCharacterDataHandler(p, characters);
    if (XML_Parse(p, text, (int)strlen(text), 1) != XML_STATUS_OK)
        fail_msg("line %d: %s in\n%s", (int)XML_GetCurrentLineNumber(p),
                 XML_ErrorString(XML_GetErrorCode(p)), text);
    XML_ParserFree(p);
    free(text);
    return r;
}

static void read_fini(struct read *r)
{
    strv_fini(&r->names);
    buf_fini(&r->text);
}

static void each_result_is_a_test_of_junit(void **state)
{
    struct made *m = *state;
    made_full(m);
    struct read r = read_xml(m);
    assert_int_equal(r.tests, 8);
    assert_int_equal(r.failures, 3);
    assert_int_equal(r.skipped, 2);
    assert_int_equal(r.errors, 0);
    assert_int_equal(r.strangers, 0);
    read_fini(&r);
}

static void hostile_text_leaves_xml_whole(void **state)
{
    struct made *m = *state;
    made_full(m);
    made_hostile(m);
    struct read r = read_xml(m);
    assert_int_equal(r.tests, 9);
    assert_int_equal(r.errors, 1);
    assert_int_equal(r.strangers, 0);
    assert_non_null(strstr(buf_str(&r.text), "<script>alert(1)</script>"));
    assert_non_null(strstr(buf_str(&r.text), "]]>\\x01\\x1b[31m"));
    read_fini(&r);
}

/* Fields of each line as a reader of RFC 4180 sees them. */
static void hostile_text_leaves_csv_whole(void **state)
{
    struct made *m = *state;
    size_t fields = 1, rows = 0, length = 0, heads = 0;
    bool quoted = false;
    made_full(m);
    made_hostile(m);
    char *text = made_text(m, "csv", NULL, NULL);
    for (const char *p = text; *p; p++) {
        quoted ^= *p == '"';
        if (!quoted && length == 0 && strchr("=+-@", *p))
            fail_msg("a formula: %.40s", p);
        bool end = !quoted && (*p == ',' || *p == '\r' || *p == '\n');
        length = end ? 0 : length + (*p != '"');
        fields += !quoted && *p == ',';
        if (quoted || *p != '\n')
            continue;
        heads = rows++ ? heads : fields;
        assert_int_equal(fields, heads);
        fields = 1;
    }
    assert_false(quoted);
    assert_int_equal(rows, 9);
    assert_non_null(strstr(text, "\"'=1+1 <script>"));
    free(text);
}

static void hostile_text_is_no_markup_in_markdown(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.older = &m->report,
                                     .older_name = MADE_HOSTILE};
    made_full(m);
    made_hostile(m);
    char *text = made_text(m, "markdown", &o, NULL);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "[x](y)"));
    assert_null(strpbrk(text, "\033\001\x7f"));
    assert_null(strstr(text, "\n::error"));
    assert_non_null(strstr(text, "\\[x\\](y)"));
    free(text);
}

static void hostile_names_of_cases_do_no_harm(void **state)
{
    struct made *m = *state;
    size_t lines = 0;
    made_full_of(m, MADE_HOSTILE_ID);
    char *text = made_text(m, "github", NULL, NULL);
    for (char *rest = text, *line; *rest; lines++) {
        line = strsep(&rest, "\n");
        if (!str_starts(line, "::error file==c<script>"))
            fail_msg("a command that is not ours: %s", line);
    }
    assert_int_equal(lines, 3);
    free(text);
    text = made_text(m, "gitlab", NULL, NULL);
    json_t *j = parsed(text);
    assert_int_equal(json_array_size(j), 3);
    json_decref(j);
    free(text);
    text = made_text(m, "markdown", NULL, NULL);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "\n::"));
    free(text);
    text = made_text(m, "csv", NULL, NULL);
    assert_non_null(strstr(text, "\n\"'=c<script>\"\"&'\n::error::\\xff"));
    free(text);
    struct read r = read_xml(m);
    assert_int_equal(r.tests, 8);
    assert_int_equal(r.strangers, 0);
    read_fini(&r);
}

static void markdown_tells_what_changed(void **state)
{
    struct made *m = *state;
    made_full(m);
    struct results now = m->report.results;
    struct report old = m->report;
    old.results = (struct results){0};
    for (size_t i = 0; i < now.n; i++) {
        struct result r = {.c = now.v[i].c,
                           .variant = now.v[i].variant,
                           .detector = now.v[i].detector,
                           .outcome = now.v[i].outcome,
                           .grade = now.v[i].grade,
                           .runs = now.v[i].runs,
                           .flagged = now.v[i].flagged};
        if (i == 2) {
            r.outcome = OUTCOME_MISSED;
            r.grade = GRADE_NONE;
            r.flagged = 0;
        }
        vec_push(&old.results, r);
    }
    const struct format_options o = {.older = &old, .older_name = "monday"};
    char *text = made_text(m, "markdown", &o, NULL);
    assert_non_null(strstr(text, "### Changes since monday\n"));
    assert_non_null(strstr(
        text, "| class/pair:buggy under tsan-gcc | better | miss | found |\n\n"
              "1 results changed, 0 are of one run only.\n"));
    free(text);
    vec_fini(&old.results);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    static const char *const ids[] = {"csv",   "github",   "gitlab", "html",
                                      "junit", "markdown", "sarif"};
    struct made *m = *state;
    const struct format_options o = {.all = true, .root = m->dir};
    made_full(m);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        FILE *full = fopen("/dev/full", "w");
        assert_non_null(full);
        assert_int_equal(format_by_id(ids[i])->write(&m->report, &o, full),
                         ERR_IO);
        fclose(full);
    }
}

static void empty_report_is_fine(void **state)
{
    static const char *const ids[] = {"csv",   "github",   "gitlab", "html",
                                      "junit", "markdown", "sarif"};
    struct made *m = *state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        free(made_text(m, ids[i], &everything, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(formats_are_as_they_were),
        MADE_TEST(gitlab_tells_what_fails_with_fingerprints_of_its_own),
        MADE_TEST(fingerprints_move_with_their_lines),
        MADE_TEST(nothing_is_told_of_a_run_that_passed),
        MADE_TEST(hostile_text_gives_github_no_commands),
        MADE_TEST(hostile_text_leaves_json_whole),
        MADE_TEST(each_result_is_a_test_of_junit),
        MADE_TEST(hostile_text_leaves_xml_whole),
        MADE_TEST(hostile_text_leaves_csv_whole),
        MADE_TEST(hostile_text_is_no_markup_in_markdown),
        MADE_TEST(hostile_names_of_cases_do_no_harm),
        MADE_TEST(markdown_tells_what_changed),
        MADE_TEST(what_cannot_be_written_is_an_error),
        MADE_TEST(empty_report_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
