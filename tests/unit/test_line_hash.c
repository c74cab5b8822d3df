/* The hashes of lines, against those that github/codeql-action publishes.
 * SPDX-License-Identifier: MIT */
#include "formats/support/line_hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* want ends with NULL. */
static void are(const char *text, const char *const *want)
{
    struct strv l = {0};
    size_t n = 0;
    line_hashes(text, strlen(text), &l);
    for (; want[n]; n++) {
        assert_true(n < l.n);
        assert_string_equal(l.v[n], want[n]);
    }
    assert_int_equal(l.n, n);
    strv_fini(&l);
}

/* The figures are those of its src/fingerprints.test.ts. */
static void hashes_are_those_of_code_scanning(void **state)
{
    (void)state;
    are("", (const char *const[]){"c129715d7a2bc9a3:1", NULL});
    are(" a\nb\n  \t\tc\n d",
        (const char *const[]){"271789c17abda88f:1", "54703d4cd895b18:1",
                              "180aee12dab6264:1", "a23a3dc5e078b07b:1", NULL});
    are(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
        (const char *const[]){"8b7cf3e952e7aeb2:1", "b1ae1287ec4718d9:1",
                              "bff680108adb0fcc:1", "c6805c5e1288b612:1",
                              "b86d3392aea1be30:1", "e6ceba753e1a442:1", NULL});
}

static void ends_of_lines_are_all_the_same(void **state)
{
    static const char *const texts[] = {
        " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
        " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
        " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
        " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
    };
    (void)state;
    for (size_t i = 0; i < 4; i++)
        are(texts[i],
            (const char *const[]){"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1",
                                  "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
                                  "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
                                  "c129715d7a2bc9a3:1", NULL});
}

static void lines_that_are_the_same_are_counted(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i < 10; i++)
        buf_adds(&b, "Lorem ipsum dolor sit amet.\n");
    are(buf_str(&b),
        (const char *const[]){
            "a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3",
            "a7f2ff13bc495cf2:4", "a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6",
            "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1", NULL});
    buf_fini(&b);
}

static void bytes_of_any_kind_have_a_hash(void **state)
{
    (void)state;
    struct strv l = {0};
    line_hashes("\0\xff\n\xf0\x9f\x8d\x80", 7, &l);
    assert_int_equal(l.n, 2);
    strv_fini(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_code_scanning),
        cmocka_unit_test(ends_of_lines_are_all_the_same),
        cmocka_unit_test(lines_that_are_the_same_are_counted),
        cmocka_unit_test(bytes_of_any_kind_have_a_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
