/* Findings: ownership, the user's own frame, equality.
 * SPDX-License-Identifier: MIT */
#include "model/finding.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const char *role_id(enum role r)
{
    static const char *const ids[] = {
        "read",  "write", "atomic-read", "atomic-write", "waits",
        "holds", "locks", "created",     "access",
    };
    return ids[r];
}

void frame_fini(struct frame *f)
{
    free(f->function);
    free(f->file);
    free(f->module);
    *f = (struct frame){0};
}

void access_fini(struct access *a)
{
    for (size_t i = 0; i < a->stack.n; i++)
        frame_fini(&a->stack.v[i]);
    vec_fini(&a->stack);
    free(a->thread);
    a->thread = NULL;
}

void finding_fini(struct finding *f)
{
    for (size_t i = 0; i < f->accesses.n; i++)
        access_fini(&f->accesses.v[i]);
    vec_fini(&f->accesses);
    free(f->detector);
    free(f->native);
    free(f->message);
    free(f->object);
    *f = (struct finding){0};
}

void findings_fini(struct findings *l)
{
    for (size_t i = 0; i < l->n; i++)
        finding_fini(&l->v[i]);
    vec_fini(l);
}

struct frame *frames_add(struct frames *l)
{
    vec_push(l, (struct frame){0});
    return &l->v[l->n - 1];
}

void frames_add_copy(struct frames *l, const struct frame *f)
{
    struct frame *copy = frames_add(l);
    *copy = (struct frame){.function = str_dup(f->function),
                           .file = str_dup(f->file),
                           .line = f->line,
                           .col = f->col,
                           .module = str_dup(f->module)};
}

struct access *accesses_add(struct accesses *l, enum role role)
{
    vec_push(l, (struct access){.role = role});
    return &l->v[l->n - 1];
}

struct finding *findings_add(struct findings *l, const char *detector,
                             enum kind kind, const char *native)
{
    struct finding f = {
        .detector = str_dup(detector), .kind = kind, .native = str_dup(native)};
    vec_push(l, f);
    return &l->v[l->n - 1];
}

/* Sources that are not the user's: glibc's are built in "./nptl" and the like
 * or named relative to their own tree, the runtimes' in
 * "../../src/libsanitizer" and "compiler-rt". */
static bool is_foreign(const char *file)
{
    static const char *const inside[] = {
        "/libsanitizer/",   "/compiler-rt/", "/sysdeps/",
        "/openmp/runtime/", "/libgomp/",     "/sanitizer-configs/c11/"};
    static const char *const starts[] = {
        "./", "../", "/usr/include/", "/usr/lib/", "<",
        /* Debian's builders; other people build their own there. */
        "/build/glibc-", "/build/gcc-", "/build/llvm-toolchain-",
        "/build/reproducible-path/"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(file, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (strstr(file, inside[i]))
            return true;
    return str_eq(str_basename(file), "case.h");
}

const struct frame *access_place(const struct access *a)
{
    for (size_t i = 0; i < a->stack.n; i++) {
        const struct frame *f = &a->stack.v[i];
        if (f->file && f->line > 0 && !is_foreign(f->file))
            return f;
    }
    return NULL;
}

static bool same_place(const struct access *a, const struct access *b)
{
    const struct frame *f = access_place(a), *g = access_place(b);
    if (!f || !g)
        return f == g;
    return f->line == g->line && str_eq(f->file, g->file);
}

static bool told(const struct access *a)
{
    return a->role != ROLE_CREATED;
}

/* Every access of a has its place in b. */
static bool covers(const struct finding *a, const struct finding *b)
{
    for (size_t i = 0; i < a->accesses.n; i++) {
        bool found = !told(&a->accesses.v[i]);
        for (size_t j = 0; j < b->accesses.n && !found; j++)
            found = told(&b->accesses.v[j]) &&
                    same_place(&a->accesses.v[i], &b->accesses.v[j]);
        if (!found)
            return false;
    }
    return true;
}

static bool has_place(const struct finding *f)
{
    for (size_t i = 0; i < f->accesses.n; i++)
        if (told(&f->accesses.v[i]) && access_place(&f->accesses.v[i]))
            return true;
    return false;
}

bool finding_same(const struct finding *a, const struct finding *b)
{
    if (a->kind != b->kind || !covers(a, b) || !covers(b, a))
        return false;
    return has_place(a) ||
           (str_eq(a->native, b->native) && str_eq(a->object, b->object));
}

bool finding_part_of(const struct finding *one, const struct finding *whole)
{
    const struct frame *place = NULL;
    for (size_t i = 0; i < one->accesses.n; i++) {
        if (!told(&one->accesses.v[i]))
            continue;
        if (place)
            return false;
        place = access_place(&one->accesses.v[i]);
    }
    for (size_t i = 0; place && i < whole->accesses.n; i++) {
        const struct frame *f = access_place(&whole->accesses.v[i]);
        if (f && told(&whole->accesses.v[i]) && f->line == place->line &&
            str_eq(f->file, place->file))
            return one->kind == whole->kind;
    }
    return false;
}

size_t finding_told(const struct finding *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->accesses.n; i++)
        n += told(&f->accesses.v[i]);
    return n;
}
