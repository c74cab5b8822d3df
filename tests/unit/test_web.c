/* Starting a server, and ending it. Shell scripts stand in for it.
 * SPDX-License-Identifier: MIT */
#include "bench/web.h"

#include "bench/bench.h"
#include "os/clock.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "scratch.h"

/* A script dir/server that begins with `text`; its path, owned. */
static char *script(const char *dir, const char *text)
{
    char *path = fs_join(dir, "server");
    char *whole = str_fmt("#!/bin/sh\n%s\n", text);
    scratch_write(dir, "server", whole);
    assert_int_equal(chmod(path, 0755), 0);
    free(whole);
    return path;
}

static enum err start(const char *dir, const char *text, struct web *web,
                      struct diag *d)
{
    static const struct server_entry nothing = {0};
    char *path = script(dir, text);
    enum err e = web_start(path, &nothing, web, d);
    free(path);
    return e;
}

static bool is_alive(pid_t pid)
{
    return kill(pid, 0) == 0 || errno != ESRCH;
}

static void server_ends_when_its_stdin_closes(void **state)
{
    struct web web;
    struct diag d = {0};
    assert_int_equal(start(*state, "echo port 4711; read line", &web, &d),
                     ERR_OK);
    assert_int_equal(web.port, 4711);
    pid_t pid = web.service.pid;
    assert_true(is_alive(pid));
    assert_true(service_cpu(&web.service) > 0);
    double before = clock_now();
    web_stop(&web);
    assert_false(is_alive(pid));
    assert_true(clock_now() - before < 0.9); /* it was not killed */
    assert_int_equal(d.messages.n, 0);
}

static void server_that_lingers_is_killed(void **state)
{
    struct web web;
    struct diag d = {0};
    assert_int_equal(
        start(*state, "echo port 1; while :; do sleep 5; done", &web, &d),
        ERR_OK);
    pid_t pid = web.service.pid;
    web_stop(&web);
    assert_false(is_alive(pid));
}

static void server_that_prints_no_port_is_told(void **state)
{
    static const struct {
        const char *text, *said;
    } bad[] = {
        {"exit 3", "does not start (it prints no port)"},
        {"printf 'port 80'", "it prints no port"},
        {"echo hello; read line", "prints 'hello', not 'port N'"},
        {"echo port; read line", "not 'port N'"},
        {"echo port 0; read line", "not 'port N'"},
        {"echo port 65536; read line", "not 'port N'"},
        {"echo port 80x; read line", "not 'port N'"},
        {"echo port 4294967376; read line", "not 'port N'"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web web;
        struct diag d = {0};
        assert_int_equal(start(*state, bad[i].text, &web, &d), ERR_INVALID);
        assert_int_equal(d.messages.n, 1);
        assert_true(scratch_said(&d, bad[i].said));
        diag_fini(&d);
    }
}

static void missing_server_is_told(void **state)
{
    static const struct server_entry nothing = {0};
    struct web web;
    struct diag d = {0};
    (void)state;
    assert_int_equal(web_start("/nowhere/server", &nothing, &web, &d),
                     ERR_NOENT);
    assert_true(scratch_said(&d, "/nowhere/server does not start"));
    diag_fini(&d);
}

static void manifest_becomes_options(void **state)
{
    char *fails[] = {"reset:0.1", "stall:0.2"};
    struct server_entry entry = {.latency_ms = 100,
                                 .jitter_ms = 5,
                                 .bandwidth = 1000,
                                 .fail = fails,
                                 .fail_count = 2,
                                 .seed = 7};
    struct web web;
    struct diag d = {0};
    char *path = script(*state, "echo \"$@\" >\"$0.args\"; echo port 1");
    char *args = str_fmt("%s.args", path);
    struct buf text = {0};
    assert_int_equal(web_start(path, &entry, &web, &d), ERR_OK);
    web_stop(&web);
    assert_int_equal(fs_read(args, &text), ERR_OK);
    assert_string_equal(buf_str(&text),
                        "--latency 100 --jitter 5 --bandwidth 1000 --seed 7 "
                        "--fail reset:0.1 --fail stall:0.2\n");
    buf_fini(&text);
    free(args);
    free(path);
}

static void urls_are_the_paths_in_turn(void **state)
{
    struct web web = {.port = 8080};
    struct strv paths = {0};
    struct buf text = {0};
    char *file = fs_join(*state, "urls");
    strv_add(&paths, "/10394");
    strv_add(&paths, "/277");
    assert_int_equal(web_write_urls(&web, &paths, 3, file), ERR_OK);
    assert_int_equal(fs_read(file, &text), ERR_OK);
    assert_string_equal(buf_str(&text), "http://127.0.0.1:8080/10394\n"
                                        "http://127.0.0.1:8080/277\n"
                                        "http://127.0.0.1:8080/10394\n");
    buf_clear(&text);
    assert_int_equal(web_write_urls(&web, &paths, 0, file), ERR_OK);
    assert_int_equal(fs_read(file, &text), ERR_OK);
    assert_string_equal(buf_str(&text), "http://127.0.0.1:8080/10394\n"
                                        "http://127.0.0.1:8080/277\n");
    buf_fini(&text);
    strv_fini(&paths);
    free(file);
}

/* A kernel whose value is the number of the URLs that it is given. */
static const char kernel_text[] =
    "#include <stdio.h>\n"
    "#include <string.h>\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    FILE *f = argc == 4 && strcmp(argv[1], \"--urls\") == 0\n"
    "                  ? fopen(argv[2], \"r\") : NULL;\n"
    "    int lines = 0;\n"
    "    for (int c; f && (c = getc(f)) != EOF;)\n"
    "        lines += c == '\\n';\n"
    "    printf(\"value %d\\nseconds 0.100000000\\nINVARIANT HELD: x\\n\",\n"
    "           lines);\n"
    "    return 0;\n"
    "}\n";

static struct bench_options options_in(const char *dir, char *source,
                                       const char *out)
{
    struct bench_options o = {.kernel = "toy",
                              .group = BENCH_GROUP_IO,
                              .include_dir = dir,
                              .rounds = 5,
                              .out_dir = out};
    struct bench_work w = {
        .name = str_dup("pages"), .value = str_dup("6"), .requests = 6};
    strv_add(&w.paths, "/1");
    strv_add(&w.paths, "/2");
    vec_push(&o.works, w);
    vec_push(&o.variants,
             ((struct bench_variant){"serial", source, MODEL_SERIAL, false}));
    strv_add(&o.compilers, "gcc");
    return o;
}

static void kernel_is_given_the_urls(void **state)
{
    char *out = fs_join(*state, "out"), *source = fs_join(*state, "k.c");
    char *server = script(*state, "echo port 4711; read line; "
                                  "echo ended >\"$0.end\"");
    char *end = str_fmt("%s.end", server);
    struct bench_options o = options_in(*state, source, out);
    struct bench_report r;
    struct diag d = {0};
    scratch_write(*state, "k.c", kernel_text);
    o.server_program = server;
    assert_int_equal(bench_run(&o, &r, &d), ERR_OK);
    assert_int_equal(r.rows.v[0].seconds.n, 5);
    assert_true(fs_is_file(end));
    bench_report_fini(&r);

    o.server_program = NULL;
    assert_int_equal(bench_run(&o, &r, &d), ERR_UNSUPPORTED);
    assert_true(scratch_said(&d, "lockstep-server, is not installed"));
    bench_report_fini(&r);
    bench_works_fini(&o.works);
    strv_fini(&o.compilers);
    vec_fini(&o.variants);
    diag_fini(&d);
    free(end);
    free(server);
    free(source);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCRATCH_TEST(server_ends_when_its_stdin_closes),
        SCRATCH_TEST(server_that_lingers_is_killed),
        SCRATCH_TEST(server_that_prints_no_port_is_told),
        cmocka_unit_test(missing_server_is_told),
        SCRATCH_TEST(manifest_becomes_options),
        SCRATCH_TEST(urls_are_the_paths_in_turn),
        SCRATCH_TEST(kernel_is_given_the_urls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
