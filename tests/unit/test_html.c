/* The page of HTML.
 * SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "formats/support/base64.h"
#include "formats/support/html_raw.h"
#include "made_formats.h"

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void has(const char *text, const char *what)
{
    if (!strstr(text, what))
        fail_msg("no '%s' in\n%s", what, text);
}

static void page_has_all_that_was_measured(void **state)
{
    struct made *m = *state;
    made_full(m);
    char *text = made_text(m, "html", NULL, NULL);
    has(text, "<td class=warn data-o=\"missed differs clean\">");
    has(text, "href=\"#case/class/pair\">2/3<b>&ne;</b></a>");
    has(text, "<details class=case id=\"case/class/pair\"");
    has(text, "<strong>data race on `shared`</strong> in buggy.c <span "
              "class=who>helgrind, tsan-gcc</span>");
    has(text, "better than recorded: recorded missed, flagged in 2 of 3 runs");
    has(text, "<h5>buggy.c</h5>");
    has(text, "<h5>fixed.c</h5>");
    has(text, "<li class=\"a s\" id=\"line/class/pair/buggy/4\">    shared++; "
              "/* @site here */<li class=n>");
    has(text, "href=\"#line/class/pair/buggy/4\">buggy.c:4</a>");
    has(text, "Small figures and lines: the 95 % Wilson");
    has(text, "<td>0.2<td>0.250<td>-");
    has(text, "a cpu, 2 cores");
    free(text);
}

/* The digest of the text between the tags, as the policy has it. */
static void has_hash(const char *page, const char *begin, const char *end)
{
    const char *from = strstr(page, begin) + strlen(begin);
    size_t n = (size_t)(strstr(from, end) - from);
    char path[] = "/tmp/lockstep-html-XXXXXX", digits[65] = "";
    FILE *f = fdopen(mkstemp(path), "w");
    assert_int_equal(fwrite(from, 1, n, f), n);
    fclose(f);
    char *command = str_fmt("sha256sum %s", path);
    FILE *p = popen(command, "r");
    assert_int_equal(fscanf(p, "%64s", digits), 1);
    pclose(p);
    free(command);
    struct buf want = {0};
    buf_adds(&want, "'sha256-");
    base64_add_hex(&want, digits);
    buf_adds(&want, "'");
    has(page, buf_str(&want));
    buf_fini(&want);
    remove(path);
}

static void only_its_own_script_and_style_may_work(void **state)
{
    struct made *m = *state;
    made_full(m);
    char *text = made_text(m, "html", NULL, NULL);
    has(text, "\"default-src 'none'; img-src data:; base-uri 'none'; "
              "form-action 'none'; style-src 'sha256-");
    has_hash(text, "<style>", "</style>");
    has_hash(text, "<script>", "</script>");
    assert_int_equal(count(text, "<script"), 1);
    assert_int_equal(count(text, "<style"), 1);
    assert_int_equal(count(text, " style="), 0);
    assert_int_equal(count(text, "<link"), 0);
    assert_int_equal(count(text, "src=\""), 0);
    assert_int_equal(count(text, "http://"), 0);
    assert_int_equal(count(text, "https://"), 0);
    free(text);
}

static void hostile_text_is_no_markup(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.older = &m->report,
                                     .older_name = MADE_HOSTILE};
    made_full(m);
    char *fair = made_text(m, "html", NULL, NULL);
    made_hostile(m);
    char *text = made_text(m, "html", &o, NULL);
    assert_int_equal(count(text, "<script"), 1);
    assert_int_equal(count(text, "</script"), 1);
    assert_null(strpbrk(text, "\033\001\x7f"));
    has(text, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;lt;");
    has(text, "\\u{202e}");
    free(text);
    free(fair);
}

/* Each href="#X" has its id="X". */
static void links_lead_somewhere(const char *text)
{
    static const char begin[] = " href=\"#";
    size_t links = 0;
    for (const char *p = text; (p = strstr(p, begin)); links++) {
        p += strlen(begin);
        char *name = str_ndup(p, strcspn(p, "\""));
        char *id = str_fmt(" id=\"%s\"", name);
        char *bare = str_fmt(" id=%s>", name);
        if (!strstr(text, id) && !strstr(text, bare))
            fail_msg("a link leads nowhere: %s", name);
        free(bare);
        free(id);
        free(name);
    }
    assert_true(links > 10);
}

static void hostile_names_of_cases_do_no_harm(void **state)
{
    struct made *m = *state;
    made_full_of(m, MADE_HOSTILE_ID);
    char *text = made_text(m, "html", NULL, NULL);
    assert_int_equal(count(text, "<script"), 1);
    has(text,
        "<h3>=c&lt;script&gt;&quot;&amp;&#39;&#10;::error::\\xff]]&gt;/=n");
    links_lead_somewhere(text);
    free(text);
}

/* A folder of raw reports of a result, with one file. */
static void make_raw(struct made *m, struct result *r, const char *run,
                     const char *name, const char *text)
{
    char *file = str_fmt("raw.%s/%s", run, name);
    free(r->report_dir);
    r->report_dir = fs_join(m->dir, "raw");
    scratch_write(m->dir, file, text);
    free(file);
}

static void raw_reports_are_there_and_escaped(void **state)
{
    struct made *m = *state;
    made_full(m);
    struct result *r = &m->report.results.v[1];
    make_raw(m, r, "1", "stdout.txt", "done\n");
    make_raw(m, r, "2", "report.17", "<raw> & \001\xff</pre><script>x");
    char *text = made_text(m, "html", NULL, NULL);
    has(text,
        "<details class=raw id=\"raw/class/pair/buggy/helgrind\"><summary>"
        "buggy.c under helgrind, run 2</summary>");
    has(text, "<pre tabindex=0>\n&lt;raw&gt; &amp; "
              "\\x01\\xff&lt;/pre&gt;&lt;script&gt;x</pre>");
    has(text, "href=\"#raw/class/pair/buggy/helgrind\"");
    free(text);
}

static void interleaving_is_shown_at_once(void **state)
{
    struct made *m = *state;
    made_full(m);
    make_raw(m, &m->report.results.v[1], "1", "interleaving.txt", "T1 T2\n");
    char *text = made_text(m, "html", NULL, NULL);
    has(text, "<details class=raw id=\"raw/class/pair/buggy/helgrind\" open>");
    free(text);
}

static void of_a_huge_report_both_ends_are_shown(void **state)
{
    struct made *m = *state;
    size_t n, size = (size_t)10 << 20;
    made_full(m);
    char *huge = mem_new(size + 1, 1);
    memset(huge, '<', size);
    huge[0] = 'A';
    huge[size - 1] = 'Z';
    make_raw(m, &m->report.results.v[1], "1", "report.1", huge);
    char *text = made_text(m, "html", NULL, &n);
    assert_true(n < (size_t)10 << 20);
    has(text, "not shown here");
    free(text);
    memset(huge + 1, '.', size - 2);
    make_raw(m, &m->report.results.v[1], "1", "report.1", huge);
    text = made_text(m, "html", NULL, &n);
    assert_true(n < (size_t)10 << 20);
    has(text, "<pre tabindex=0>\nA....");
    has(text, "....Z</pre>");
    has(text, "bytes left out ...]</b>");
    free(text);
    free(huge);
}

static void room_is_shared_out_fairly(void **state)
{
    (void)state;
    struct raw_report raws[2] = {0};
    struct raw_reports l = {raws, 2, 2};
    vec_push(&raws[0].sizes, 10);
    vec_push(&raws[1].sizes, 1000);
    assert_int_equal(raw_reports_share(&l, 110), 100);
    assert_true(raw_reports_share(&l, 2000) >= 1000);
    assert_int_equal(raw_reports_share(&l, 0), 0);
    for (size_t i = 0; i < 2; i++)
        vec_fini(&raws[i].sizes);
}

static void pictures_are_images(void **state)
{
    struct made *m = *state;
    struct strv pictures = {0};
    strv_add(&pictures,
             "<svg><title>Speed &lt;up&gt; \"x\"</title><script>x</script>");
    const struct format_options o = {.pictures = &pictures};
    made_full(m);
    char *text = made_text(m, "html", &o, NULL);
    has(text, "<img alt=\"Speed &lt;up&gt; &quot;x&quot;\" "
              "src=\"data:image/svg+xml;base64,PHN2Zz4");
    assert_int_equal(count(text, "<script"), 1);
    free(text);
    strv_fini(&pictures);
}

static void comparison_tells_what_changed(void **state)
{
    struct made *m = *state;
    made_full(m);
    struct report old = m->report;
    struct result was = m->report.results.v[2];
    was.outcome = OUTCOME_MISSED;
    was.grade = GRADE_NONE;
    was.flagged = 0;
    old.results = (struct results){&was, 1, 1};
    const struct format_options o = {.older = &old, .older_name = "monday"};
    char *text = made_text(m, "html", &o, NULL);
    has(text, "Changes since monday</h2>\n<p>0 worse, 1 better, 0 otherwise, 7 "
              "new, 0 gone.");
    has(text, "<details><summary>What only one of the runs has</summary>");
    has(text, "<tr><td class=good>better<th scope=row><a "
              "href=\"#case/class/pair\">class/pair:buggy under "
              "tsan-gcc</a><td>miss<td>found (exact)");
    free(text);
}

/* Places in other files, as all are of a program of the user's own. */
static void other_files_are_shown_around_the_places(void **state)
{
    struct made *m = *state;
    struct buf b = {0};
    for (int i = 1; i <= 100; i++)
        buf_addf(&b, "line %d\n", i);
    made_full(m);
    scratch_write(m->dir, "lib.h", buf_str(&b));
    struct finding *f = &m->report.results.v[1].findings.v[0];
    for (size_t i = 0; i < 2; i++) {
        struct frame *at = &f->accesses.v[i].stack.v[0];
        free(at->file);
        at->file = i ? str_dup("/nowhere.c") : fs_join(m->dir, "lib.h");
        at->line = 50;
    }
    char *text = made_text(m, "html", NULL, NULL);
    has(text,
        "<h5>lib.h</h5><ol class=\"bug excerpt\" tabindex=0 "
        "aria-label=\"lib.h\"><li data-n=42>line 42<li data-n=43>line 43<li");
    has(text, ">line 50<li class=n>write in work(), T1: data race on "
              "`shared`<li data-n=51>line 51");
    has(text, "<li data-n=58>line 58<li class=g></ol>");
    has(text, "nowhere.c:50\n");
    links_lead_somewhere(text);
    free(text);
    buf_fini(&b);
}

static void programs_are_not_shown_as_sources(void **state)
{
    struct made *m = *state;
    made_full(m);
    assert_int_equal(fs_write(m->bug->source, "\177ELF\0x", 6), ERR_OK);
    char *text = made_text(m, "html", NULL, NULL);
    assert_null(strstr(text, "ELF\\x00"));
    has(text, "<h5>fixed.c</h5>");
    assert_null(strstr(text, "<h5>buggy.c</h5>"));
    free(text);
}

static enum err read_stored(void *arg, const char *path, struct buf *out)
{
    (void)path;
    buf_adds(out, arg);
    return ERR_OK;
}

static void sources_may_come_from_elsewhere(void **state)
{
    struct made *m = *state;
    char stored[] = "int stored;\n";
    const struct format_options o = {.read = read_stored, .read_arg = stored};
    made_full(m);
    char *text = made_text(m, "html", &o, NULL);
    has(text, "<li>int stored;</ol>");
    free(text);
}

#define CASES 156
#define DETECTORS 13

/* Pairs under detectors, each with findings and a raw report. */
static void make_large(struct made *m)
{
    struct buf raw = {0};
    struct diag d = {0};
    for (int i = 0; i < 400; i++)
        buf_addf(&raw, "  <frame>%d &amp; \"quoted\" words</frame>\n", i);
    for (int i = 0; i < CASES; i++) {
        char *id = str_fmt("class-%02d/pair-%03d", i / 10, i);
        scratch_case(m->dir, id, SCRATCH_HEAD SCRATCH_TRUTH);
        free(id);
    }
    for (int i = 1; i <= DETECTORS; i++)
        strv_take((struct strv *)&m->report.gate.incomplete,
                  str_fmt("detector-%d", i));
    assert_int_equal(corpus_load(m->dir, NULL, &m->corpus, &d), ERR_OK);
    m->report.corpus = &m->corpus;
    for (int i = 0; i < DETECTORS; i++)
        made_detector(m, m->report.gate.incomplete.v[i]);
    for (size_t c = 0; c < CASES; c++)
        for (size_t v = 0; v < 2; v++)
            for (size_t k = 0; k < DETECTORS; k++) {
                const struct scenario_case *one = &m->corpus.cases.v[c];
                struct result *r =
                    made_cell(m, one, &one->variants.v[v], k,
                              v ? OUTCOME_CLEAN : OUTCOME_FLAGGED, !v, 1);
                if (v == 0)
                    made_race(r, m->report.detectors.v[k].id);
                char *dir = str_fmt("raw-%zu-%zu-%zu.1/report", c, v, k);
                r->report_dir = str_fmt("%s/raw-%zu-%zu-%zu", m->dir, c, v, k);
                if (v == 0)
                    scratch_write(m->dir, dir, buf_str(&raw));
                free(dir);
            }
    score_report(&m->report);
    diag_fini(&d);
    buf_fini(&raw);
}

static double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A report of so many cases and detectors has 10 MB at most, and takes 2 s. */
static void large_reports_are_small_and_soon_there(void **state)
{
    struct made *m = *state;
    const struct format_options o = {.all = true, .older = &m->report};
    make_large(m);
    for (size_t i = 0; formats[i]; i++) {
        size_t n;
        double before = cpu_now();
        free(made_text(m, formats[i]->id, &o, &n));
        double took = cpu_now() - before;
        print_message("%s: %.1f MB in %.2f s\n", formats[i]->id,
                      (double)n / 1e6, took);
        assert_true(n < 10000000);
        assert_true(n > 10000);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        assert_true(took < 2);
#endif
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        MADE_TEST(page_has_all_that_was_measured),
        MADE_TEST(only_its_own_script_and_style_may_work),
        MADE_TEST(hostile_text_is_no_markup),
        MADE_TEST(hostile_names_of_cases_do_no_harm),
        MADE_TEST(raw_reports_are_there_and_escaped),
        MADE_TEST(interleaving_is_shown_at_once),
        MADE_TEST(of_a_huge_report_both_ends_are_shown),
        cmocka_unit_test(room_is_shared_out_fairly),
        MADE_TEST(pictures_are_images),
        MADE_TEST(comparison_tells_what_changed),
        MADE_TEST(other_files_are_shown_around_the_places),
        MADE_TEST(programs_are_not_shown_as_sources),
        MADE_TEST(sources_may_come_from_elsewhere),
        MADE_TEST(large_reports_are_small_and_soon_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
