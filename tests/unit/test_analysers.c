/* The readers of gcc's JSON, cppcheck's XML, sparse's text and the semantic
 * patches' lines.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/cocci_lines.h"
#include "detectors/support/cppcheck_xml.h"
#include "detectors/support/gcc_json.h"
#include "detectors/support/report.h"
#include "detectors/support/sparse_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "told.h"

typedef enum err parser(const char *detector, const char *text, size_t n,
                        struct findings *findings, char **problem);

/* Findings, or why there is no verdict. */
static char *read_with(parser *p, const char *id, const char *text, size_t n)
{
    struct findings l = {0};
    char *problem = NULL;
    char *copy = mem_new(n ? n : 1, 1); /* exact, for AddressSanitizer */
    memcpy(copy, text, n);
    enum err e = p(id, copy, n, &l, &problem);
    assert_int_equal(e, problem ? ERR_INVALID : ERR_OK);
    char *found = told(&l, false);
    char *all = problem ? str_fmt("%sno verdict: %s\n", found, problem)
                        : str_dup(found);
    free(found);
    free(problem);
    free(copy);
    findings_fini(&l);
    return all;
}

/* Each report of the golden ones is read as its .told says. */
static void assert_goldens(parser *p, const char *id, const char *ext)
{
    static const char *const names[] = {"hit", "clean", "broken", "truncated"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf report = {0}, want = {0};
        char *from = str_fmt("%s/%s/%s.%s", GOLDEN_DIR, id, names[i], ext);
        char *to = str_fmt("%s/%s/%s.told", GOLDEN_DIR, id, names[i]);
        assert_int_equal(fs_read(from, &report), ERR_OK);
        assert_int_equal(fs_read(to, &want), ERR_OK);
        char *got = read_with(p, id, buf_str(&report), report.len);
        assert_string_equal(got, buf_str(&want));
        free(got);
        free(from);
        free(to);
        buf_fini(&want);
        buf_fini(&report);
    }
}

static void real_reports_of_gcc_are_read(void **state)
{
    (void)state;
    assert_goldens(gcc_json_parse, "gcc-analyzer", "json");
}

static void real_reports_of_cppcheck_are_read(void **state)
{
    (void)state;
    assert_goldens(cppcheck_xml_parse, "cppcheck", "xml");
}

static void real_reports_of_sparse_are_read(void **state)
{
    (void)state;
    assert_goldens(sparse_text_parse, "sparse", "txt");
}

static void real_reports_of_the_patches_are_read(void **state)
{
    (void)state;
    assert_goldens(cocci_lines_parse, "coccinelle", "jsonl");
}

static void part_that_spatch_cannot_read_is_no_verdict(void **state)
{
    struct buf err = {0};
    (void)state;
    assert_int_equal(fs_read(GOLDEN_DIR "/coccinelle/broken.err", &err),
                     ERR_OK);
    char *why = cocci_lines_refusal(buf_str(&err));
    assert_non_null(why);
    assert_true(str_starts(why, "the source cannot be read: BAD:"));
    assert_null(cocci_lines_refusal("HANDLING: a.c\n"));
    free(why);
    buf_fini(&err);
}

static void assert_read(parser *p, const char *text, const char *expected)
{
    char *got = read_with(p, "d", text, strlen(text));
    assert_string_equal(got, expected);
    free(got);
}

#define GCC(option)                                                            \
    "[{\"kind\": \"warning\", \"message\": \"m\", \"option\": \"" option       \
    "\", \"locations\": [{\"caret\": {\"file\": \"/a.c\", \"line\": 3}}]}]\n"

static void warning_of_gcc_is_no_finding(void **state)
{
    (void)state;
    assert_read(gcc_json_parse, GCC("-Wunused-variable"), "");
    assert_read(gcc_json_parse, GCC("-Wanalyzer-malloc-leak"), "");
    assert_read(gcc_json_parse, GCC("-Wanalyzer-new-rule"),
                "d other: -Wanalyzer-new-rule [-] {m}\n"
                "  access by - at - /a.c:3\n");
}

static void what_is_no_report_of_gcc_is_no_verdict(void **state)
{
    static const char *const says[] = {"", "gcc: fatal error: x\n", "[{", "[",
                                       "{}"};
    (void)state;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        assert_read(gcc_json_parse, says[i],
                    "no verdict: its report is not whole, or none\n");
}

#define CPPCHECK(errors)                                                       \
    "<?xml version=\"1.0\"?><results version=\"2\"><cppcheck/><errors>" errors \
    "</errors></results>"

static void unknown_rule_of_cppcheck_is_told_as_such(void **state)
{
    (void)state;
    assert_read(cppcheck_xml_parse,
                CPPCHECK("<error id=\"newRule\" msg=\"m\">"
                         "<location file=\"/a.c\" line=\"3\" column=\"7\"/>"
                         "<location file=\"/b.c\" line=\"4\"/>"
                         "<symbol>x</symbol></error>"),
                "d other: newRule [x] {m}\n  access by - at - /a.c:3\n");
}

static void cppcheck_that_gave_up_is_no_verdict(void **state)
{
    (void)state;
    assert_read(cppcheck_xml_parse,
                CPPCHECK("<error id=\"unknownMacro\" msg=\"what?\"/>"),
                "no verdict: the source cannot be read: what?\n");
    assert_read(cppcheck_xml_parse, "<results version=\"2\"><errors>",
                "no verdict: its report is not whole, or none\n");
    assert_read(cppcheck_xml_parse, "<results/>",
                "no verdict: its report is not whole, or none\n");
}

static void entities_are_not_expanded(void **state)
{
    (void)state;
    assert_read(cppcheck_xml_parse,
                "<!DOCTYPE results [<!ENTITY a \"aaaaaaaaaaaaaaaaaaaa\">]>"
                "<results version=\"2\"></results>",
                "no verdict: its report is not whole, or none\n");
}

#define SPARSE "/a:b.c:3:7: warning: context imbalance in 'f' - "

static void rules_of_sparse_are_known(void **state)
{
    (void)state;
    assert_read(sparse_text_parse,
                SPARSE "unexpected unlock\n" SPARSE "wrong count at exit\n"
                       "/a.c:1:1: warning: symbol 'x' was not declared.\n"
                       "no place\n" SPARSE "new rule\n",
                "d lock-misuse: unexpected unlock [-] {context imbalance in "
                "'f' - unexpected unlock}\n  locks by - at f /a:b.c:3\n"
                "d lock-leak: wrong count at exit [-] {context imbalance in "
                "'f' - wrong count at exit}\n  locks by - at f /a:b.c:3\n"
                "d other: new rule [-] {context imbalance in 'f' - new rule}\n"
                "  locks by - at f /a:b.c:3\n");
}

static void error_of_sparse_is_no_verdict(void **state)
{
    (void)state;
    assert_read(sparse_text_parse, "/a.c:3:7: error: Expected ;\n",
                "no verdict: the source cannot be read: a.c:3: Expected ;\n");
    assert_read(sparse_text_parse,
                "/a.c:3:7: error: cast from unknown type\n"
                "/a.c:3:7: error: undefined identifier '__builtin_x'\n"
                "/a.c:3:7: error: cannot dereference this type\n",
                "");
    assert_read(sparse_text_parse, "/a.c:3:7: warn",
                "no verdict: its report is cut off\n");
}

static void lines_of_the_patches_are_findings(void **state)
{
    (void)state;
    assert_read(cocci_lines_parse,
                "said by spatch\n{\"rule\": \"double-lock\", \"object\": "
                "\"&l\", \"message\": \"m\", \"places\": [{\"role\": \"locks\","
                " \"file\": \"/a.c\", \"line\": 3, \"function\": \"f\"}, 7]}\n"
                "{\"rule\": \"new\"}\n{\"end\": true}\n",
                "d double-lock: double-lock [l] {m}\n"
                "  locks by - at f /a.c:3\nd other: new [-] {}\n");
}

static void patches_that_did_not_all_run_are_no_verdict(void **state)
{
    (void)state;
    assert_read(cocci_lines_parse, "{\"rule\": \"new\", \"message\": \"m\"}\n",
                "d other: new [-] {m}\nno verdict: spatch ended before all "
                "semantic patches had run\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_reports_of_gcc_are_read),
        cmocka_unit_test(real_reports_of_cppcheck_are_read),
        cmocka_unit_test(real_reports_of_sparse_are_read),
        cmocka_unit_test(real_reports_of_the_patches_are_read),
        cmocka_unit_test(part_that_spatch_cannot_read_is_no_verdict),
        cmocka_unit_test(warning_of_gcc_is_no_finding),
        cmocka_unit_test(what_is_no_report_of_gcc_is_no_verdict),
        cmocka_unit_test(unknown_rule_of_cppcheck_is_told_as_such),
        cmocka_unit_test(cppcheck_that_gave_up_is_no_verdict),
        cmocka_unit_test(entities_are_not_expanded),
        cmocka_unit_test(rules_of_sparse_are_known),
        cmocka_unit_test(error_of_sparse_is_no_verdict),
        cmocka_unit_test(lines_of_the_patches_are_findings),
        cmocka_unit_test(patches_that_did_not_all_run_are_no_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
