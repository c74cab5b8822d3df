/* Report files: found in order, read and kept within bounds.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/report.h"

#include "os/fs.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "report."

struct numbered {
    unsigned long long pid;
    const char *name;
};

static int by_pid(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    if (x->pid != y->pid)
        return x->pid < y->pid ? -1 : 1;
    return strcmp(x->name, y->name);
}

enum err report_files(const char *dir, struct strv *paths)
{
    struct strv names = {0};
    enum err e = fs_list(dir, &names);
    if (e)
        return e;
    VEC(struct numbered) found = {0};
    for (size_t i = 0; i < names.n; i++) {
        const char *digits = names.v[i] + strlen(PREFIX);
        if (!str_starts(names.v[i], PREFIX) || !isdigit((unsigned char)*digits))
            continue;
        struct numbered f = {strtoull(digits, NULL, 10), names.v[i]};
        vec_push(&found, f);
    }
    if (found.n)
        qsort(found.v, found.n, sizeof *found.v, by_pid);
    for (size_t i = 0; i < found.n && i < REPORT_MAX_FILES; i++)
        strv_take(paths, fs_join(dir, found.v[i].name));
    vec_fini(&found);
    strv_fini(&names);
    return ERR_OK;
}

enum err report_read(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "re");
    if (!f)
        return err_from_errno(errno);
    char block[65536];
    size_t total = 0, got;
    do {
        got = fread(block, 1, sizeof block, f);
        buf_add(out, block, got);
        total += got;
    } while (got == sizeof block && total < REPORT_MAX_FILE);
    enum err e = ferror(f) ? ERR_IO : ERR_OK;
    fclose(f);
    return e;
}

bool report_line(const char *text, size_t n, size_t *pos, const char **line,
                 size_t *len)
{
    if (*pos >= n)
        return false;
    const char *start = text + *pos;
    const char *end = memchr(start, '\n', n - *pos);
    if (!end)
        return false;
    *line = start;
    *len = (size_t)(end - start);
    *pos += *len + 1;
    return true;
}

bool report_begins(const char *s, size_t n, const char *prefix)
{
    size_t len = strlen(prefix);
    return n >= len && memcmp(s, prefix, len) == 0;
}

const char *report_within(const char *s, size_t n, const char *needle)
{
    return memmem(s, n, needle, strlen(needle));
}

const char *report_skip_pid(const char *s)
{
    if (strncmp(s, "==", 2) != 0 && strncmp(s, "--", 2) != 0)
        return s;
    size_t digits = strspn(s + 2, "0123456789");
    if (digits == 0 || strncmp(s, s + 2 + digits, 2) != 0)
        return s;
    s += digits + 4;
    return *s == ' ' ? s + 1 : s;
}

char *report_line_starting(const char *text, const char *const *prefixes)
{
    for (const char *line = text; line && *line;) {
        const char *end = strchrnul(line, '\n');
        const char *said = report_skip_pid(line);
        for (const char *const *p = prefixes; *p && said <= end; p++)
            if (strncmp(said, *p, strlen(*p)) == 0)
                return report_text(said, (size_t)(end - said));
        line = *end ? end + 1 : NULL;
    }
    return NULL;
}

char *report_text(const char *s, size_t n)
{
    if (n > REPORT_MAX_TEXT)
        n = REPORT_MAX_TEXT;
    char *copy = mem_new(n + 1, 1);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        copy[i] = s[i];
        if (c < ' ' || c == 127)
            copy[i] = '?';
    }
    return copy;
}

void report_copy_stack(struct frames *to, const struct frames *from)
{
    for (size_t i = 0; i < from->n; i++)
        frames_add_copy(to, &from->v[i]);
}

bool report_keep(struct findings *l, struct finding *f, size_t *dropped)
{
    bool room = l->n < REPORT_MAX_FINDINGS;
    if (room) {
        vec_push(l, *f);
    } else {
        finding_fini(f);
        (*dropped)++;
    }
    *f = (struct finding){0};
    return room;
}

void report_note_dropped(struct findings *l, size_t dropped)
{
    if (!dropped || !l->n)
        return;
    struct finding *last = &l->v[l->n - 1];
    char *message =
        str_fmt("%s (%zu more findings were not kept)",
                last->message ? last->message : last->native, dropped);
    free(last->message);
    last->message = message;
}
