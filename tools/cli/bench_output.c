/* What lockstep bench prints and writes when all is measured.
 * SPDX-License-Identifier: MIT */
#include "cli/bench_output.h"

#include "bench/pictures.h"
#include "os/fs.h"

#include <stdlib.h>

static enum err write_json(FILE *out, const struct bench_reports *l)
{
    json_t *reports = json_array();
    for (size_t i = 0; i < l->n; i++)
        json_array_append_new(reports, bench_json(&l->v[i]));
    json_t *top =
        json_pack("{s:s, s:o}", "lockstep", LOCKSTEP_VERSION, "bench", reports);
    int failed = json_dumpf(top, out, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
    fputc('\n', out);
    json_decref(top);
    return failed || fflush(out) != 0 || ferror(out) ? ERR_IO : ERR_OK;
}

struct writer {
    const char *name;
    enum err (*write)(FILE *out, const struct bench_reports *l);
};

static const struct writer writers[] = {
    [BENCH_OUTPUT_JSON] = {"bench.json", write_json},
    [BENCH_OUTPUT_CSV] = {"bench.csv", bench_csv},
    [BENCH_OUTPUT_MARKDOWN] = {"bench.md", bench_markdown},
};

/* In memory first, so that a file is old or new, never half. */
static enum err save_one(const struct writer *w, const char *dir,
                         const struct bench_reports *l, char **path)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    enum err e = f ? w->write(f, l) : ERR_IO;
    if (f && fclose(f) != 0)
        e = ERR_IO;
    *path = fs_join(dir, w->name);
    if (e == ERR_OK)
        e = fs_write(*path, text, n);
    free(text);
    return e;
}

static enum err save_pictures(const char *dir, const struct bench_reports *l,
                              FILE *tell)
{
    struct strv paths = {0};
    struct diag d = {0};
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < l->n; i++)
        e = pictures_write(&l->v[i], dir, &paths, &d);
    for (size_t i = 0; i < paths.n; i++)
        fprintf(tell, "%s\n", paths.v[i]);
    print_diag(&d);
    strv_fini(&paths);
    diag_fini(&d);
    return e;
}

/* The paths are for people, who read them below the table. */
static enum err save(const struct bench_arguments *a,
                     const struct bench_reports *l)
{
    FILE *tell = a->output == BENCH_OUTPUT_TABLE ? stdout : stderr;
    enum err e = fs_mkdirs(a->save);
    if (e != ERR_OK)
        fprintf(stderr, "lockstep: %s: %s\n", a->save, err_text(e));
    for (size_t i = BENCH_OUTPUT_JSON; e == ERR_OK && i < 4; i++) {
        char *path;
        e = save_one(&writers[i], a->save, l, &path);
        if (e == ERR_OK)
            fprintf(tell, "%s%s\n", i == BENCH_OUTPUT_JSON ? "\n" : "", path);
        else
            fprintf(stderr, "lockstep: %s: %s\n", path, err_text(e));
        free(path);
    }
    return e == ERR_OK ? save_pictures(a->save, l, tell) : e;
}

enum err bench_output(const struct bench_arguments *a,
                      const struct bench_reports *reports,
                      const struct bench_reports *old)
{
    enum err e = ERR_OK;
    if (a->output != BENCH_OUTPUT_TABLE)
        e = writers[a->output].write(stdout, reports);
    if (a->compare) {
        FILE *tell = a->output == BENCH_OUTPUT_TABLE ? stdout : stderr;
        struct comparison c = {0};
        bench_compare(old, reports, &c);
        enum err told = comparison_print(tell, &c, a->shared.style.color,
                                         (size_t)a->shared.style.width);
        e = e == ERR_OK ? told : e;
        comparison_fini(&c);
    }
    enum err saved = a->save ? save(a, reports) : ERR_OK;
    return e == ERR_OK ? saved : e;
}
