/* What detectors say of suppressions that matched.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tsan_own.h"
#include "detectors/support/valgrind_own.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_counts(const struct suppressed_list *l, size_t i,
                          const char *name, unsigned long count)
{
    assert_true(i < l->n);
    assert_string_equal(l->v[i].name, name);
    assert_int_equal(l->v[i].count, count);
}

static void tsan_lists_them_below_a_heading(void **state)
{
    (void)state;
    static const char text[] =
        "7 race:before\n"
        "ThreadSanitizer: Matched 3 suppressions (pid=26116):\n"
        "2 race:sell\n"
        "1 mutex:a b\n"
        "ThreadSanitizer: reported 1 warnings\n"
        "9 race:behind\n"
        "ThreadSanitizer: Matched 4 suppressions (pid=26117):\n"
        "4 race:sell\n"
        "5 race:cut off";
    struct suppressed_list l = {0};
    tsan_suppressed_text(text, sizeof text - 1, &l);
    assert_int_equal(l.n, 2);
    assert_counts(&l, 0, "race:sell", 6);
    assert_counts(&l, 1, "mutex:a b", 1);
    suppressed_fini(&l);
}

static void valgrind_lists_them_at_the_end(void **state)
{
    (void)state;
    static const char text[] =
        "<?xml version=\"1.0\"?>\n<valgrindoutput>\n"
        "<pair><count>9</count><name>before</name></pair>\n"
        "<suppcounts>\n"
        "  <pair>\n<count>6</count>\n<name>drd-ld</name>\n</pair>\n"
        "  <pair><count>2</count><name>a &lt;b&gt;</name></pair>\n"
        "</suppcounts>\n</valgrindoutput>\n";
    for (size_t cut = 0; cut < 2; cut++) {
        struct suppressed_list l = {0};
        size_t n = cut ? (size_t)(strstr(text, "<pair><count>2") - text)
                       : sizeof text - 1;
        valgrind_suppressed_xml(text, n, &l);
        assert_int_equal(l.n, cut ? 1 : 2);
        assert_counts(&l, 0, "drd-ld", 6);
        if (!cut)
            assert_counts(&l, 1, "a <b>", 2);
        suppressed_fini(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tsan_lists_them_below_a_heading),
        cmocka_unit_test(valgrind_lists_them_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
