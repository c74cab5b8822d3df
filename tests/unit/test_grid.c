/* Tables that keep within the terminal.
 * SPDX-License-Identifier: MIT */
#include "formats/support/grid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

/* Columns "one", "second" (right-aligned), "third"; `rows` rows. */
static struct grid made(size_t rows)
{
    struct grid g = {.head = "NAME"};
    grid_column(&g, "one", false);
    grid_column(&g, "second", true);
    grid_column(&g, "third", false);
    for (size_t i = 0; i < rows; i++) {
        grid_row(&g, str_dup(i == 0 ? "a row" : "b"));
        for (size_t j = 0; i != 1 && j < 3; j++)
            grid_cell(&g, str_fmt("%zu", 10 * i + j), TONE_PLAIN);
    }
    return g;
}

static char *printed(const struct grid *g, int width, bool color)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    struct format_options o = {.width = width, .color = color};
    grid_print(g, &o, out);
    fclose(out);
    return text;
}

static void assert_printed(struct grid g, int width, const char *wanted)
{
    char *text = printed(&g, width, false);
    assert_string_equal(text, wanted);
    free(text);
    grid_fini(&g);
}

static void heads_stand_above_columns_where_they_fit(void **state)
{
    (void)state;
    static const char wanted[] = "NAME  one second third\n"
                                 "a row 0        1 2\n"
                                 "b\n"
                                 "b     20      21 22\n";
    assert_printed(made(3), 22, wanted);
    assert_printed(made(3), 0, wanted);
}

static void wide_heads_become_stairs(void **state)
{
    (void)state;
    assert_printed(made(3), 21,
                   "NAME  one\n"
                   "      |  second\n"
                   "      |  |  third\n"
                   "a row 0   1 2\n"
                   "b\n"
                   "b     20 21 22\n");
}

static void what_is_wider_still_follows_in_blocks(void **state)
{
    (void)state;
    assert_printed(made(1), 14,
                   "NAME  one\n"
                   "      | second\n"
                   "a row 0 1\n"
                   "\n"
                   "NAME  third\n"
                   "a row 2\n");
    char *text = printed(&(struct grid){.head = "NAME"}, 1, false);
    assert_string_equal(text, "");
    free(text);
}

static void no_width_is_too_small(void **state)
{
    (void)state;
    struct grid g = made(3);
    for (int width = 1; width < 30; width++) {
        char *text = printed(&g, width, false);
        assert_non_null(strstr(text, "third"));
        assert_non_null(strstr(text, "22"));
        free(text);
    }
    grid_fini(&g);
}

static void long_tables_tell_their_heads_again(void **state)
{
    (void)state;
    struct grid g = made(40);
    char *text = printed(&g, 80, false);
    assert_true(str_ends(text, "\nNAME  one second third\n"));
    free(text);
    text = printed(&g, 20, false);
    assert_true(str_ends(text, "\n"
                               "      |   |   third\n"
                               "      |   second\n"
                               "      one\n"));
    free(text);
    grid_fini(&g);
}

static void colours_do_not_move_columns(void **state)
{
    (void)state;
    struct grid g = {.head = "N"};
    grid_column(&g, "c", true);
    grid_column(&g, "d", false);
    grid_row(&g, str_dup("x"));
    grid_cell(&g, str_dup("1"), TONE_GOOD);
    grid_cell(&g, str_dup("2"), TONE_PLAIN);
    grid_row(&g, str_dup("y"));
    grid_cell(&g, str_dup("22"), TONE_PLAIN);
    grid_cell(&g, str_dup(""), TONE_GOOD);
    char *text = printed(&g, 80, true);
    assert_string_equal(text, "N  c d\n"
                              "x  \033[32m1\033[0m 2\n"
                              "y 22\n");
    free(text);
    grid_fini(&g);
}

static void names_of_any_bytes_keep_columns_in_line(void **state)
{
    (void)state;
    struct grid g = {.head = "N"};
    grid_column(&g, "c", false);
    grid_row(&g, str_dup("Gl\xc3\xbc"
                         "ck"));
    grid_cell(&g, str_dup("1"), TONE_PLAIN);
    grid_row(&g, str_dup("\xff\033"));
    grid_cell(&g, str_dup("2"), TONE_PLAIN);
    assert_printed(g, 80,
                   "N        c\n"
                   "Gl\xc3\xbc"
                   "ck    1\n"
                   "\\xff\\x1b 2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_stand_above_columns_where_they_fit),
        cmocka_unit_test(wide_heads_become_stairs),
        cmocka_unit_test(what_is_wider_still_follows_in_blocks),
        cmocka_unit_test(no_width_is_too_small),
        cmocka_unit_test(long_tables_tell_their_heads_again),
        cmocka_unit_test(colours_do_not_move_columns),
        cmocka_unit_test(names_of_any_bytes_keep_columns_in_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
