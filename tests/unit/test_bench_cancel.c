/* An interrupted measurement keeps what it has. Alone in its program, for
 * proc_cancel is for good.
 * SPDX-License-Identifier: MIT */
#include "bench/bench.h"

#include "os/fs.h"
#include "os/proc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char kernel_text[] =
    "#include <stdio.h>\n"
    "int main(void)\n"
    "{\n"
    "    puts(\"value 7\\nseconds 0.100000000\\nINVARIANT HELD: x\");\n"
    "}\n";

static void cancel_in_round_four(const struct bench_progress *p, void *arg)
{
    (void)arg;
    if (p->round == 4)
        proc_cancel();
}

static void complete_rounds_survive_an_interrupt(void **state)
{
    (void)state;
    char dir[] = "/tmp/test-bench-cancel-XXXXXX";
    assert_non_null(mkdtemp(dir));
    char *source = fs_join(dir, "serial.c");
    assert_int_equal(fs_write(source, kernel_text, sizeof kernel_text - 1),
                     ERR_OK);
    struct bench_variant serial = {"serial", source, MODEL_SERIAL, false};
    struct bench_work work = {.name = str_dup("all")};
    struct bench_options o = {.kernel = "toy",
                              .include_dir = dir,
                              .rounds = 50,
                              .out_dir = dir,
                              .progress = cancel_in_round_four};
    vec_push(&o.variants, serial);
    vec_push(&o.works, work);
    strv_add(&o.compilers, "gcc");
    struct bench_report r;
    struct diag d = {0};
    assert_int_equal(bench_run(&o, &r, &d), ERR_CANCELLED);
    assert_int_equal(r.stop, BENCH_STOP_CANCELLED);
    assert_int_equal(r.rounds, 3);
    assert_int_equal(r.rows.v[0].seconds.n, 3);
    assert_true(r.rows.v[0].median == 0.1);
    assert_int_equal(d.messages.n, 0);
    assert_true(r.warnings.n > 0); /* three rounds are too few */
    bench_report_fini(&r);

    /* And from now on, nothing is even built. */
    assert_int_equal(bench_run(&o, &r, &d), ERR_CANCELLED);
    assert_int_equal(r.rows.n, 0);
    bench_report_fini(&r);
    strv_fini(&o.compilers);
    vec_fini(&o.variants);
    bench_works_fini(&o.works);
    free(source);
    fs_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(complete_rounds_survive_an_interrupt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
