/* Places of findings as the user knows them.
 * SPDX-License-Identifier: MIT */
#include "engine/own_place.h"

#include "base/str.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

/* The canonical path of file seen from dir, or NULL. */
static char *real_in(const char *dir, const char *file)
{
    char *joined = *file == '/' ? str_dup(file) : fs_join(dir, file);
    char *real = fs_is_file(joined) ? fs_real(joined) : NULL;
    free(joined);
    return real;
}

static char *original(char *path, const char *copy, const char *copy_of)
{
    size_t n = copy ? strlen(copy) : 0;
    if (!copy || !copy_of || strncmp(path, copy, n) != 0 || path[n] != '/')
        return path;
    char *moved = str_fmt("%s%s", copy_of, path + n);
    if (!fs_is_file(moved)) { /* made by the build */
        free(moved);
        return path;
    }
    free(path);
    return moved;
}

static void place(struct frame *f, const char *dir, const char *real_dir,
                  const char *copy_of)
{
    if (!f->file)
        return;
    char *path = dir ? real_in(dir, f->file) : NULL;
    if (!path)
        path = real_in(".", f->file);
    if (!path)
        return;
    free(f->file);
    f->file = original(path, real_dir, copy_of);
}

void own_places(struct findings *l, const char *build_dir, const char *copy_of)
{
    char *real_dir = build_dir ? fs_real(build_dir) : NULL;
    for (size_t i = 0; i < l->n; i++)
        for (size_t j = 0; j < l->v[i].accesses.n; j++) {
            struct frames *stack = &l->v[i].accesses.v[j].stack;
            for (size_t k = 0; k < stack->n; k++)
                place(&stack->v[k], build_dir, real_dir, copy_of);
        }
    free(real_dir);
}
