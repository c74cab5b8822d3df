/* A folder with kernels that are made there, to be measured. Each notes in
 * $BENCH_LOG that it ran. To be included after cmocka.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_BENCH_LAB_H
#define LOCKSTEP_TESTS_BENCH_LAB_H

#include "bench/bench.h"

#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

static const char lab_kernel[] =
    "#include <stdio.h>\n"
    "#include <stdlib.h>\n"
    "#include <string.h>\n"
    "int main(int argc, char **argv)\n"
    "{\n"
    "    FILE *log = fopen(getenv(\"BENCH_LOG\"), \"a\");\n"
    "    fprintf(log, \"%%s %%s\\n\", strrchr(argv[0], '/') + 1,\n"
    "            argv[argc - 1]);\n"
    "    fclose(log);\n"
    "    printf(\"value %s\\nseconds 0.%%s00000000\\n\"\n"
    "           \"INVARIANT HELD: x\\n\", argv[argc - 1]);\n"
    "    return %s;\n"
    "}\n";

struct lab {
    char *dir, *out, *log;
    struct bench_options options;
    struct strv files;
    struct diag diag;
    struct bench_report report;
};

static inline void lab_add_variant(struct lab *lab, const char *name,
                                   enum model model, const char *value,
                                   const char *status)
{
    char *text = str_fmt(lab_kernel, value, status);
    char *file = str_fmt("%s/%s.c", lab->dir, name);
    assert_int_equal(fs_write(file, text, strlen(text)), ERR_OK);
    strv_take(&lab->files, file);
    struct bench_variant v = {name, file, model, model != MODEL_SERIAL};
    vec_push(&lab->options.variants, v);
    free(text);
}

static inline void lab_add_work(struct lab *lab, const char *name,
                                uint64_t size, const char *value)
{
    struct bench_work w = {
        .name = str_dup(name), .size = size, .value = str_dup(value)};
    vec_push(&lab->options.works, w);
}

static inline int lab_set_up(void **state)
{
    struct lab *lab = mem_new(1, sizeof *lab);
    lab->dir = str_dup("/tmp/test-bench-XXXXXX");
    assert_non_null(mkdtemp(lab->dir));
    lab->out = fs_join(lab->dir, "out");
    lab->log = fs_join(lab->dir, "log");
    setenv("BENCH_LOG", lab->log, 1);
    lab->options = (struct bench_options){.kernel = "toy",
                                          .include_dir = lab->dir,
                                          .threads = "1",
                                          .rounds = 6,
                                          .seed = 1,
                                          .out_dir = lab->out};
    strv_add(&lab->options.compilers, "gcc");
    lab_add_work(lab, "all", 0, "7");
    *state = lab;
    return 0;
}

static inline int lab_tear_down(void **state)
{
    struct lab *lab = *state;
    fs_remove(lab->dir);
    bench_report_fini(&lab->report);
    diag_fini(&lab->diag);
    strv_fini(&lab->files);
    strv_fini(&lab->options.compilers);
    vec_fini(&lab->options.variants);
    vec_fini(&lab->options.own_threads);
    bench_works_fini(&lab->options.works);
    free(lab->dir);
    free(lab->out);
    free(lab->log);
    free(lab);
    return 0;
}

static inline enum err lab_measure(struct lab *lab)
{
    return bench_run(&lab->options, &lab->report, &lab->diag);
}

static inline void lab_says(const struct lab *lab, const char *what)
{
    for (size_t i = 0; i < lab->diag.messages.n; i++)
        if (strstr(lab->diag.messages.v[i], what))
            return;
    fail_msg("nothing says '%s' but: %s", what,
             lab->diag.messages.n ? lab->diag.messages.v[0] : "(nothing)");
}

static inline void lab_two_variants(struct lab *lab)
{
    lab_add_variant(lab, "fast", MODEL_PTHREAD, "7", "0");
    lab_add_variant(lab, "serial", MODEL_SERIAL, "7", "0");
}

#define LAB_TEST(name)                                                         \
    cmocka_unit_test_setup_teardown(name, lab_set_up, lab_tear_down)

#endif
