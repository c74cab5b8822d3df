/* Labelled lines of sources.
 * SPDX-License-Identifier: MIT */
#include "model/site.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* "label:line:function ..." of all that is found in text. */
static char *scan(const char *text)
{
    struct sites l = {0};
    struct diag d = {0};
    struct buf b = {0};
    assert_int_equal(site_scan("x.c", text, &l, &d), ERR_OK);
    assert_int_equal(d.messages.n, 0);
    for (size_t i = 0; i < l.n; i++)
        buf_addf(&b, "%s%s:%d:%s", i ? " " : "", l.v[i].label, l.v[i].line,
                 l.v[i].function ? l.v[i].function : "-");
    sites_fini(&l);
    diag_fini(&d);
    buf_str(&b);
    if (!b.data)
        buf_adds(&b, "");
    return buf_take(&b);
}

static void assert_scan(const char *text, const char *expected)
{
    char *got = scan(text);
    assert_string_equal(got, expected);
    free(got);
}

/* The one message for text. */
static void assert_refused(const char *text, const char *message)
{
    struct sites l = {0};
    struct diag d = {0};
    assert_int_equal(site_scan("x.c", text, &l, &d), ERR_INVALID);
    assert_int_equal(d.messages.n, 1);
    assert_non_null(strstr(d.messages.v[0], message));
    sites_fini(&l);
    diag_fini(&d);
}

static void label_moves_with_its_line(void **state)
{
    (void)state;
    assert_scan("int main(void)\n{\n    x++; /* @site up */\n}\n", "up:3:main");
    assert_scan("\n\nint main(void)\n{\n\n    x++; /* @site up */\n}\n",
                "up:6:main");
}

static void text_without_labels_has_no_sites(void **state)
{
    (void)state;
    assert_scan("", "");
    assert_scan("int main(void)\n{\n    return 0;\n}\n", "");
}

static void label_without_a_name_is_refused(void **state)
{
    (void)state;
    assert_refused("int a;\nint x; /* @site */\n", "x.c:2: ");
    assert_refused("int x; /* @site */\n", "without a label");
    assert_refused("int x; // @site", "x.c:1: ");
    assert_refused("int x; // @site\nnext", "x.c:1: ");
}

static void label_given_twice_is_refused(void **state)
{
    (void)state;
    assert_refused("a; /* @site x */\nb;\nc; /* @site x */\n", "x.c:3: ");
    assert_refused("a; /* @site x */\nb;\nc; /* @site x */\n", "in line 1");
}

static void all_mistakes_are_told_and_the_rest_is_read(void **state)
{
    (void)state;
    struct sites l = {0};
    struct diag d = {0};
    const char *text = "/* @site */\n/* @site a */\n/* @site a */\n"
                       "/* @site b */\n";
    assert_int_equal(site_scan("x.c", text, &l, &d), ERR_INVALID);
    assert_int_equal(d.messages.n, 2);
    assert_int_equal(l.n, 2);
    assert_int_equal(site_find(&l, "b")->line, 4);
    assert_null(site_find(&l, "c"));
    sites_fini(&l);
    diag_fini(&d);
}

static void one_line_may_have_two_labels(void **state)
{
    (void)state;
    assert_scan("x = y; /* @site read @site write */\n", "read:1:- write:1:-");
    assert_refused("x = y; /* @site a @site a */\n", "stands twice");
}

static void label_ends_where_no_name_goes_on(void **state)
{
    (void)state;
    assert_scan("x++; /* @site a-b_C9*/\n", "a-b_C9:1:-");
    assert_scan("x++; // @site\tup\n", "up:1:-");
    assert_scan("x++; /* @sites all; me@site.org, @sited */\n", "");
}

static void line_ends_of_windows_are_line_ends(void **state)
{
    (void)state;
    assert_scan("void f(void);\r\nint x; /* @site decl */\r\n"
                "int main(void)\r\n{\r\n    x++; // @site up\r\n}\r\n",
                "decl:2:- up:5:main");
}

static void last_line_needs_no_newline(void **state)
{
    (void)state;
    assert_scan("int f(void) { return x; } // @site get", "get:1:f");
    assert_scan("int f(void)\n{\n    x++; // @site up", "up:3:f");
}

static void name_is_found_however_the_head_is_laid_out(void **state)
{
    (void)state;
    static const char body[] = "\n{\n    x++; /* @site up */\n}\n";
    static const char *const heads[] = {
        "void work(void)",
        "static void *work(void *arg)",
        "static void *\nwork(void *arg)",
        "static struct item *work(struct queue *q,\n                  int n)",
        "void work (void)",
        "static void\nwork(struct a a,\n     struct b b)",
        "__attribute__((noinline)) static void work(int n)",
        "__attribute__((format(printf, 2, 3))) static inline int\n"
        "work(bool held, const char *fmt, ...)",
        "static _Alignas(64) void work(int n)",
        "static void work(void (*call)(int), int n)",
        "_Noreturn static void work(int n) /* why; and (how) */",
        "static void work(int n) // never; not {now}",
        "DEFINE_COUNTER(hits);\nstatic void work(int n)",
        "DEFINE_COUNTER(hits)\nstatic char *work(int n)",
        "static void work(int n) REQUIRES(lock)",
        "static void *\nwork(int n) __attribute__((cold))",
        "#error it's // \"\nvoid work(int n)",
        "#define TWICE(x) \\\n    do { \\\nagain(x); \\\n} while (0)\n"
        "void work(int n)",
        "/* Not a (call)\nusage (it)\n*/\nvoid work(int n)",
        "static char c = '{', *s = \"{(\\\"\";\nvoid work(int n)",
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char *text = str_fmt("%s%s", heads[i], body);
        char *got = scan(text);
        if (!str_ends(got, ":work"))
            print_message("of: %s\n", heads[i]);
        assert_true(str_starts(got, "up:"));
        assert_true(str_ends(got, ":work"));
        free(got);
        free(text);
    }
}

static void braces_on_the_line_of_the_head_are_read(void **state)
{
    (void)state;
    assert_scan("void f(void) {\n    x++; /* @site a */\n}\n"
                "int y; /* @site b */\n",
                "a:2:f b:4:-");
}

static void label_in_a_head_belongs_to_the_function(void **state)
{
    (void)state;
    assert_scan("static void f(int a, /* @site a */\n"
                "              int b) /* @site b */\n{ /* @site c */\n"
                "} /* @site d */\n",
                "a:1:f b:2:f c:3:f d:4:f");
}

static void declarations_are_no_functions(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "void f(void);",
        "void f(int a,\n       int b);",
        "int x = F(1); /* why (not) */",
        "static int table[] = {F(1), G(2)};",
        "static int table[] = {\n    F(1),\n};",
        "static struct lock lock = LOCK_INIT(0);",
        "struct s {\n    void (*call)(int);\n};",
        "typedef void (*call)(int);",
        "#include \"f(x)\"",
        "#define F(x) do { x",
        "DECLARE(x)",
        "void g(void)\n{\n}",
        "void g(void)\n{\n    if (x) {\n        y();\n    }\n}",
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char *text = str_fmt("%s\nint x; /* @site decl */\n", heads[i]);
        char *got = scan(text);
        if (!str_ends(got, ":-"))
            print_message("of: %s: %s\n", heads[i], got);
        assert_true(str_ends(got, ":-"));
        free(got);
        free(text);
    }
}

static void label_in_a_struct_has_no_function(void **state)
{
    (void)state;
    assert_scan("struct s {\n    int a; /* @site field */\n};\n", "field:2:-");
    assert_scan("int t[] = {\n    F(1), /* @site entry */\n};\n", "entry:2:-");
}

static void branches_with_a_brace_each_do_not_confuse(void **state)
{
    (void)state;
    assert_scan("#ifdef A\nvoid f(int a)\n{\n#else\nvoid f(void)\n{\n#endif\n"
                "    x++; /* @site a */\n}\n"
                "void g(void)\n{\n    x--; /* @site b */\n}\n",
                "a:8:f b:12:g");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_moves_with_its_line),
        cmocka_unit_test(text_without_labels_has_no_sites),
        cmocka_unit_test(label_without_a_name_is_refused),
        cmocka_unit_test(label_given_twice_is_refused),
        cmocka_unit_test(all_mistakes_are_told_and_the_rest_is_read),
        cmocka_unit_test(one_line_may_have_two_labels),
        cmocka_unit_test(label_ends_where_no_name_goes_on),
        cmocka_unit_test(line_ends_of_windows_are_line_ends),
        cmocka_unit_test(last_line_needs_no_newline),
        cmocka_unit_test(name_is_found_however_the_head_is_laid_out),
        cmocka_unit_test(braces_on_the_line_of_the_head_are_read),
        cmocka_unit_test(label_in_a_head_belongs_to_the_function),
        cmocka_unit_test(declarations_are_no_functions),
        cmocka_unit_test(label_in_a_struct_has_no_function),
        cmocka_unit_test(branches_with_a_brace_each_do_not_confuse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
