/* The growing byte buffer.
 * SPDX-License-Identifier: MIT */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void unused_buffer_is_the_empty_string(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_string_equal(buf_str(&b), "");
    buf_clear(&b);
    buf_fini(&b);
}

static void parts_are_joined(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "one");
    buf_add(&b, ", twofold", 5);
    buf_addf(&b, ", %d%s", 3, "!");
    assert_string_equal(buf_str(&b), "one, two, 3!");
    assert_int_equal(b.len, 12);
    buf_fini(&b);
    assert_null(b.data);
}

static void zero_bytes_are_kept(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_add(&b, "a\0b", 3);
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.data, "a\0b", 4);
    buf_fini(&b);
}

static void nothing_added_still_ends_with_nul(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_add(&b, NULL, 0);
    assert_non_null(b.data);
    assert_int_equal(b.data[0], '\0');
    buf_fini(&b);
}

static void growth_keeps_the_content(void **state)
{
    (void)state;
    struct buf b = {0};
    for (int i = 0; i < 10000; i++) {
        buf_addf(&b, "%04d", i);
        assert_int_equal(b.data[b.len], '\0');
        assert_true(b.len < b.cap);
    }
    assert_int_equal(b.len, 40000);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(
            strtol((char[5]){b.data[4 * i], b.data[4 * i + 1],
                             b.data[4 * i + 2], b.data[4 * i + 3], '\0'},
                   NULL, 10),
            i);
    buf_fini(&b);
}

static void long_format_fits(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_addf(&b, "%*d", 5000, 7);
    assert_int_equal(b.len, 5000);
    assert_int_equal(b.data[4999], '7');
    assert_int_equal(strlen(b.data), 5000);
    buf_fini(&b);
}

static void cleared_buffer_is_empty_and_keeps_its_room(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "text");
    size_t cap = b.cap;
    buf_clear(&b);
    assert_string_equal(buf_str(&b), "");
    assert_int_equal(b.len, 0);
    assert_int_equal(b.cap, cap);
    buf_fini(&b);
}

static void take_hands_over(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_adds(&b, "mine");
    char *text = buf_take(&b);
    assert_string_equal(text, "mine");
    assert_null(b.data);
    assert_int_equal(b.len, 0);
    free(text);
    text = buf_take(&b);
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unused_buffer_is_the_empty_string),
        cmocka_unit_test(parts_are_joined),
        cmocka_unit_test(zero_bytes_are_kept),
        cmocka_unit_test(nothing_added_still_ends_with_nul),
        cmocka_unit_test(growth_keeps_the_content),
        cmocka_unit_test(long_format_fits),
        cmocka_unit_test(cleared_buffer_is_empty_and_keeps_its_room),
        cmocka_unit_test(take_hands_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
