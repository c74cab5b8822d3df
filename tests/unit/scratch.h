/* A folder of its own for each test, and small corpora in it. To be included
 * after cmocka.h.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_SCRATCH_H
#define LOCKSTEP_TESTS_SCRATCH_H

#include "base/diag.h"
#include "base/str.h"
#include "os/fs.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

static inline int scratch_make(void **state)
{
    char *dir = str_dup("/tmp/lockstep test-XXXXXX");
    *state = mkdtemp(dir);
    return *state ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
    enum err e = fs_remove(*state);
    free(*state);
    return e == ERR_OK ? 0 : -1;
}

#define SCRATCH_TEST(f)                                                        \
    cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

/* Writes dir/name, with its folders. */
static inline void scratch_write(const char *dir, const char *name,
                                 const char *text)
{
    char *path = fs_join(dir, name);
    char *copy = str_dup(path);
    assert_int_equal(fs_mkdirs(dirname(copy)), ERR_OK);
    assert_int_equal(fs_write(path, text, strlen(text)), ERR_OK);
    free(copy);
    free(path);
}

#define SCRATCH_HEAD                                                           \
    "title: A made case\n"                                                     \
    "model: pthread\n"                                                         \
    "origin: a test\n"                                                         \
    "failure: wrong-value\n"                                                   \
    "scenario: none\n"                                                         \
    "diagnosis: none\n"
/* Lines 7 and 8. */
#define SCRATCH_TRUTH "truth:\n  - {kinds: [data-race], sites: [here]}\n"
#define SCRATCH_SOURCE                                                         \
    "int shared;\n"                                                            \
    "int main(void)\n"                                                         \
    "{\n"                                                                      \
    "    shared++; /* @site here */\n"                                         \
    "    return 0;\n"                                                          \
    "}\n"

/* A pair in dir/id with the manifest `head`, `truth`, `rest`. */
static inline void scratch_case(const char *dir, const char *id,
                                const char *manifest)
{
    static const char *const files[] = {"buggy.c", "fixed.c"};
    for (int i = 0; i < 2; i++) {
        char *name = str_fmt("%s/%s", id, files[i]);
        scratch_write(dir, name, SCRATCH_SOURCE);
        free(name);
    }
    char *name = str_fmt("%s/case.yaml", id);
    scratch_write(dir, name, manifest);
    free(name);
}

/* Some message of d contains text. */
static inline bool scratch_said(const struct diag *d, const char *text)
{
    for (size_t i = 0; i < d->messages.n; i++)
        if (strstr(d->messages.v[i], text))
            return true;
    for (size_t i = 0; i < d->messages.n; i++)
        print_message("said: %s\n", d->messages.v[i]);
    return false;
}

#endif
