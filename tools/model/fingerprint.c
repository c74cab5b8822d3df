/* Fingerprints of findings.
 * SPDX-License-Identifier: MIT */
#include "model/fingerprint.h"

#include "base/str.h"
#include "os/fs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The end of a string or character literal that begins at s. */
static const char *literal_end(const char *s, const char *end)
{
    char quote = *s++;
    while (s < end && *s != quote)
        s += *s == '\\' && s + 1 < end ? 2 : 1;
    return s < end ? s + 1 : end;
}

/* Behind a comment that begins at s, or s where none does. */
static const char *skip_comment(const char *s, const char *end)
{
    if (end - s < 2 || *s != '/')
        return s;
    if (s[1] == '/')
        return end;
    if (s[1] != '*')
        return s;
    const char *stop = memmem(s + 2, (size_t)(end - s - 2), "*/", 2);
    return stop ? stop + 2 : end;
}

/* Of blanks only those between two words mean anything. */
char *code_normal(const char *line, size_t n)
{
    struct buf out = {0};
    const char *end = line + n;
    bool blank = false;
    while (line < end) {
        const char *behind = skip_comment(line, end);
        if (behind != line || isspace((unsigned char)*line)) {
            blank = true;
            line = behind != line ? behind : line + 1;
            continue;
        }
        if (blank && out.len && is_word(out.data[out.len - 1]) &&
            is_word(*line))
            buf_adds(&out, " ");
        blank = false;
        const char *next =
            *line == '"' || *line == '\'' ? literal_end(line, end) : line + 1;
        buf_add(&out, line, (size_t)(next - line));
        line = next;
    }
    return out.len ? buf_take(&out) : str_dup("");
}

static char *code_at(const struct frame *f)
{
    struct buf text = {0};
    char *code = NULL;
    if (fs_read(f->file, &text) == ERR_OK) {
        const char *at = buf_str(&text);
        for (int line = 1; at && line < f->line; line++) {
            at = strchr(at, '\n');
            at = at ? at + 1 : NULL;
        }
        if (at)
            code = code_normal(at, strcspn(at, "\n"));
    }
    buf_fini(&text);
    return code ? code : str_dup("");
}

/* "work" of "work(int, char*)", "work.constprop.0", "work._omp_fn.0". */
static char *bare_function(const char *name)
{
    return name ? str_ndup(name, strcspn(name, ".(")) : str_dup("");
}

static int compare(const void *a, const void *b)
{
    const struct landmark *x = a, *y = b;
    int order = strcmp(x->file, y->file);
    if (order == 0)
        order = strcmp(x->function, y->function);
    return order ? order : strcmp(x->code, y->code);
}

static void landmark_fini(struct landmark *s)
{
    free(s->file);
    free(s->function);
    free(s->code);
}

void landmarks_fini(struct landmarks *l)
{
    for (size_t i = 0; i < l->n; i++)
        landmark_fini(&l->v[i]);
    vec_fini(l);
}

void landmarks_of(const struct finding *f, struct landmarks *out)
{
    for (size_t i = 0; i < f->accesses.n; i++) {
        const struct frame *p = access_place(&f->accesses.v[i]);
        if (f->accesses.v[i].role == ROLE_CREATED || !p)
            continue;
        vec_push(out,
                 ((struct landmark){str_dup(str_basename(p->file)),
                                    bare_function(p->function), code_at(p)}));
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, compare);
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++) {
        if (kept && compare(&out->v[kept - 1], &out->v[i]) == 0)
            landmark_fini(&out->v[i]);
        else
            out->v[kept++] = out->v[i];
    }
    out->n = kept;
}

bool landmarks_within(const struct landmarks *a, const struct landmarks *b)
{
    for (size_t i = 0; i < a->n; i++) {
        bool found = false;
        for (size_t j = 0; j < b->n && !found; j++)
            found = compare(&a->v[i], &b->v[j]) == 0;
        if (!found)
            return false;
    }
    return true;
}

bool landmarks_equal(const struct landmarks *a, const struct landmarks *b)
{
    return a->n == b->n && landmarks_within(a, b);
}

static void add(struct buf *key, const char *s)
{
    buf_add(key, s ? s : "", s ? strlen(s) : 0);
    buf_add(key, "", 1);
}

char *fingerprint_of(const struct finding *f, const struct landmarks *landmarks)
{
    struct buf key = {0};
    add(&key, kind_id(f->kind));
    for (size_t i = 0; i < landmarks->n; i++) {
        add(&key, landmarks->v[i].file);
        add(&key, landmarks->v[i].function);
        add(&key, landmarks->v[i].code);
    }
    if (landmarks->n == 0) {
        add(&key, f->detector);
        add(&key, f->native);
        add(&key, f->object);
    }
    XXH128_hash_t hash = XXH3_128bits(key.data, key.len);
    buf_fini(&key);
    return str_fmt("%016llx%016llx", (unsigned long long)hash.high64,
                   (unsigned long long)hash.low64);
}
