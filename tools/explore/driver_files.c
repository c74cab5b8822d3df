/* Files that a compiler's command line leads to without naming them.
 * Source of the names: gcc(1), "-MD" and "-l".
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_any(const struct strv *l, const char *a, const char *b)
{
    return strv_has(l, a) || strv_has(l, b);
}

/* How much of a name is left without what is after its last dot. */
static int stem(const char *path)
{
    const char *base = str_basename(path), *dot = strrchr(base, '.');
    return (int)((dot ? dot : base + strlen(base)) - path);
}

void driver_dependences(const struct driver_job *job, const char *source,
                        const char *object, struct strv *words)
{
    const char *base = str_basename(source);
    if (!has_any(&job->flags, "-MD", "-MMD"))
        return;
    if (!has_any(&job->flags, "-MT", "-MQ")) {
        strv_add(words, "-MQ");
        if (job->links)
            strv_addf(words, "%.*s.o", stem(base), base);
        else
            strv_add(words, object);
    }
    if (strv_has(&job->flags, "-MF"))
        return;
    strv_add(words, "-MF");
    if (!job->links)
        strv_addf(words, "%.*s.d", stem(object), object);
    else if (job->sources.n == 1)
        strv_addf(words, "%s.d", job->out ? job->out : "a");
    else
        strv_addf(words, "%s-%.*s.d", job->out ? job->out : "a", stem(base),
                  base);
}

void driver_drop_dependences(struct strv *words)
{
    size_t n = 0;
    for (size_t i = 0; i < words->n; i++) {
        char *a = words->v[i];
        bool with_word =
            str_eq(a, "-MF") || str_eq(a, "-MT") || str_eq(a, "-MQ");
        if (!str_starts(a, "-M")) {
            words->v[n++] = a;
            continue;
        }
        free(a);
        if (with_word && i + 1 < words->n)
            free(words->v[++i]);
    }
    words->n = n;
    words->v[n] = NULL;
}

char *driver_archive(const struct strv *line, const char *name)
{
    for (size_t i = 0; i < line->n; i++) {
        const char *folder = line->v[i];
        if (!str_starts(folder, "-L"))
            continue;
        folder = folder[2] ? folder + 2 : i + 1 < line->n ? line->v[i + 1] : "";
        char *shared = str_fmt("%s/lib%s.so", folder, name);
        char *archive = str_fmt("%s/lib%s.a", folder, name);
        bool stops = access(shared, R_OK) == 0;
        free(shared);
        if (!stops && access(archive, R_OK) == 0)
            return archive;
        free(archive);
        if (stops)
            return NULL;
    }
    return NULL;
}
