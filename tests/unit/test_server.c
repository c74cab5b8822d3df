/* The parts of lockstep-server: its paths, its chances, its timers.
 * SPDX-License-Identifier: MIT */
#include "bench/server/faults.h"
#include "bench/server/page.h"
#include "bench/server/timers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void is_page(const char *path, enum trouble trouble, unsigned status,
                    uint64_t size)
{
    struct page p = page_of(path);
    if (p.trouble != trouble || p.status != status || p.size != size)
        fail_msg("'%s': trouble %d, status %u, %ju bytes", path, p.trouble,
                 p.status, (uintmax_t)p.size);
}

static void a_path_says_what_is_answered(void **state)
{
    (void)state;
    is_page("/0", TROUBLE_NONE, 200, 0);
    is_page("/10394", TROUBLE_NONE, 200, 10394);
    is_page("/album/cat-12.jpg", TROUBLE_NONE, 200, 12);
    is_page("/album/a-cat-7.jpg", TROUBLE_NONE, 200, 7);
    is_page("/truncated/100", TROUBLE_TRUNCATED, 200, 100);
    is_page("/drip/9", TROUBLE_DRIP, 200, 9);
    is_page("/reset", TROUBLE_RESET, 200, 0);
    is_page("/stall", TROUBLE_STALL, 200, 0);
    is_page("/status/503", TROUBLE_STATUS, 503, 0);
    is_page("/17179869184", TROUBLE_NONE, 200, PAGE_LARGEST);
}

static void a_redirect_leads_where_the_path_says(void **state)
{
    struct page p = page_of("/redirect/http://127.0.0.1:80/5");
    (void)state;
    assert_int_equal(p.status, 302);
    assert_string_equal(p.location, "http://127.0.0.1:80/5");
    assert_null(page_of("/5").location);
}

static void any_other_path_is_not_found(void **state)
{
    static const char *const paths[] = {
        "",           "/",           "/x",           "/-1",
        "/+1",        "/ 1",         "/1x",          "//1",
        "/1/",        "/0x10",       "/17179869185", "/99999999999999999999",
        "/status/",   "/status/200", "/status/600",  "/album/cat.jpg",
        "/album/1",   "/album/c-1",  "/drip/",       "/truncated/x",
        "/album/c-x", "/resets",     "/stall/1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        is_page(paths[i], TROUBLE_NONE, 404, 0);
}

static void a_body_depends_on_its_size_and_place(void **state)
{
    char text[60], part[60];
    (void)state;
    page_fill(10, 0, text, sizeof text);
    assert_memory_equal(text, "klmnopqrstuvwxyzabc", 19);
    page_fill(10, 5, part, sizeof part - 5);
    assert_memory_equal(part, text + 5, sizeof part - 5);
    assert_int_equal(page_byte(11, 0), 'l');
}

static void the_rates_are_kept(void **state)
{
    enum { DRAWS = 100000 };
    struct faults f = {.random = {7}};
    struct diag d = {0};
    int seen[TROUBLE_NONE + 1] = {0};
    (void)state;
    assert_int_equal(faults_add(&f, "5xx:0.2", &d), ERR_OK);
    assert_int_equal(faults_add(&f, "stall:0.05", &d), ERR_OK);
    for (int i = 0; i < DRAWS; i++)
        seen[faults_draw(&f)]++;
    /* Within four standard deviations: sqrt(n p (1 - p)) is 126 and 69. */
    assert_in_range(seen[TROUBLE_STATUS], 20000 - 506, 20000 + 506);
    assert_in_range(seen[TROUBLE_STALL], 5000 - 276, 5000 + 276);
    assert_int_equal(seen[TROUBLE_NONE],
                     DRAWS - seen[TROUBLE_STATUS] - seen[TROUBLE_STALL]);
}

static void a_rate_of_one_is_always_and_none_is_never(void **state)
{
    struct faults never = {.random = {1}}, always = {.random = {1}};
    struct diag d = {0};
    (void)state;
    assert_int_equal(faults_add(&always, "drip:1", &d), ERR_OK);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(faults_draw(&never), TROUBLE_NONE);
        assert_int_equal(faults_draw(&always), TROUBLE_DRIP);
    }
}

/* The first outputs of splitmix64 seeded with 1234567 are known: Rosetta Code,
 * "Pseudo-random numbers/Splitmix64". */
static void the_generator_is_splitmix64(void **state)
{
    struct faults f = {.random = {1234567}};
    (void)state;
    assert_true(faults_random(&f) ==
                (double)(UINT64_C(6457827717110365317) >> 11) * 0x1p-53);
    assert_true(faults_random(&f) ==
                (double)(UINT64_C(3203168211198807973) >> 11) * 0x1p-53);
}

static void refuses(const char *text)
{
    struct faults f = {.rate = {[TROUBLE_RESET] = 0.5}};
    struct diag d = {0};
    if (faults_add(&f, text, &d) != ERR_INVALID)
        fail_msg("'%s' was taken", text);
    assert_int_equal(d.messages.n, 1);
    assert_non_null(strstr(d.messages.v[0], text));
    diag_fini(&d);
}

static void what_is_no_fault_is_refused(void **state)
{
    (void)state;
    refuses("");
    refuses("reset");
    refuses("reset:");
    refuses("reset:x");
    refuses("reset:0.1x");
    refuses("reset:-0.1");
    refuses("reset:1.1");
    refuses("reset:nan");
    refuses("none:0.1");
    refuses("res:0.1");
    refuses("stall:0.6"); /* with the half that is reset: too many */
}

static void timers_come_in_their_order(void **state)
{
    enum { N = 1000 };
    static int what[N];
    struct timers t = {0};
    (void)state;
    for (int i = 0; i < N; i++) /* 7 and N share no factor: a permutation */
        timers_add(&t, i * 7 % N, &what[i * 7 % N]);
    assert_null(timers_take(&t, -1));
    for (int i = 0; i < N; i++) {
        assert_null(timers_take(&t, i - 0.5));
        assert_ptr_equal(timers_take(&t, i), &what[i]);
    }
    assert_null(timers_take(&t, 1e9));
    vec_fini(&t);
}

static void a_timer_is_set_to_what_is_left(void **state)
{
    struct timespec t = timers_until(12.75, 10.5);
    (void)state;
    assert_int_equal(t.tv_sec, 2);
    assert_in_range(t.tv_nsec, 249999990, 250000010);
    t = timers_until(2, 1);
    assert_int_equal(t.tv_sec, 1);
    assert_int_equal(t.tv_nsec, 1);
}

/* Not a second later, which is what its fraction looks like. */
static void what_is_overdue_is_due_at_once(void **state)
{
    static const double late[] = {0, 1e-9, 1e-7, 0.5, 1, 1000};
    (void)state;
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        struct timespec t = timers_until(1e4, 1e4 + late[i]);
        assert_int_equal(t.tv_sec, 0);
        assert_int_equal(t.tv_nsec, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_says_what_is_answered),
        cmocka_unit_test(a_redirect_leads_where_the_path_says),
        cmocka_unit_test(any_other_path_is_not_found),
        cmocka_unit_test(a_body_depends_on_its_size_and_place),
        cmocka_unit_test(the_rates_are_kept),
        cmocka_unit_test(a_rate_of_one_is_always_and_none_is_never),
        cmocka_unit_test(the_generator_is_splitmix64),
        cmocka_unit_test(what_is_no_fault_is_refused),
        cmocka_unit_test(timers_come_in_their_order),
        cmocka_unit_test(a_timer_is_set_to_what_is_left),
        cmocka_unit_test(what_is_overdue_is_due_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
