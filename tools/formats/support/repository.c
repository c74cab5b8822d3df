/* The work tree that a report is about, as git knows it.
 * SPDX-License-Identifier: MIT */
#include "formats/support/repository.h"

#include "formats/support/escape.h"
#include "os/fs.h"
#include "os/proc.h"

#include <stdlib.h>
#include <string.h>

#define MOST_WORDS 4
#define GIT_SECONDS 5

/* The first line that `git -C dir WORDS...` prints, or NULL. */
static char *git(const char *dir, const char *const *words)
{
    const char *argv[3 + MOST_WORDS + 1] = {"git", "-C", dir};
    static const char *const env[] = {"GIT_DIR", "GIT_WORK_TREE",
                                      "GIT_OPTIONAL_LOCKS=0", NULL};
    for (size_t i = 0; words[i]; i++)
        argv[3 + i] = words[i];
    struct proc_spec spec = {.argv = argv, .env = env, .timeout = GIT_SECONDS};
    struct proc_result result = {0};
    char *line = NULL;
    if (proc_run(&spec, &result) != ERR_OK)
        return NULL;
    if (result.end == PROC_EXITED && result.code == 0) {
        const char *text = buf_str(&result.out.head);
        line = str_ndup(text, strcspn(text, "\n"));
    }
    proc_result_fini(&result);
    if (line && !*line) {
        free(line);
        line = NULL;
    }
    return line;
}

static char *folder(const struct report *r, const struct format_options *o)
{
    const char *dir = o->root ? o->root : r->corpus ? r->corpus->dir : NULL;
    char *real = fs_real(dir ? dir : ".");
    return real ? real : str_dup(dir ? dir : "/");
}

/* The nearest folder from dir upwards that looks like a work tree, or NULL:
 * git itself knows nothing of one that belongs to somebody else, as in a
 * container, or where it is not installed. */
static char *climb(const char *dir)
{
    char *at = str_dup(dir);
    for (char *end; (end = strrchr(at, '/')); *end = '\0') {
        char *mark = fs_join(at, ".git");
        bool found = fs_is_dir(mark) || fs_is_file(mark);
        free(mark);
        if (found)
            return at;
    }
    free(at);
    return NULL;
}

static void ask(struct repository *out)
{
    static const char *const head[] = {"rev-parse", "HEAD", NULL};
    static const char *const branch[] = {"symbolic-ref", "-q", "--short",
                                         "HEAD", NULL};
    static const char *const remote[] = {"remote", "get-url", "origin", NULL};
    static const char *const status[] = {"status", "--porcelain",
                                         "--untracked-files=no", NULL};
    char *url = git(out->root, remote);
    char *change = NULL;
    out->revision = git(out->root, head);
    out->branch = git(out->root, branch);
    out->uri = url ? repository_uri(url) : NULL;
    if (out->revision)
        change = git(out->root, status);
    out->changed = change != NULL;
    free(change);
    free(url);
}

static void recall(const struct checkout *c, struct repository *out)
{
    out->revision = str_dup(c->revision);
    out->branch = str_dup(c->branch);
    out->uri = str_dup(c->uri);
    out->changed = c->changed;
}

void repository_find(const struct report *r, const struct format_options *o,
                     struct repository *out)
{
    static const char *const top[] = {"rev-parse", "--show-toplevel", NULL};
    *out = (struct repository){.root = folder(r, o)};
    char *tree = git(out->root, top);
    if (r->checkout.asked)
        recall(&r->checkout, out);
    else if (tree)
        ask(out);
    if (!tree)
        tree = climb(out->root);
    if (!tree || o->root) {
        free(tree);
        return;
    }
    free(out->root);
    out->root = tree;
}

void repository_note(struct report *r)
{
    struct repository now;
    if (r->checkout.asked)
        return;
    repository_find(r, &(struct format_options){0}, &now);
    r->checkout =
        (struct checkout){true, now.revision, now.branch, now.uri, now.changed};
    free(now.root);
}

void repository_fini(struct repository *r)
{
    free(r->root);
    free(r->uri);
    free(r->revision);
    free(r->branch);
    *r = (struct repository){0};
}

/* Goes on from the path in b to one part of it. */
static void enter(struct buf *b, const char *part, size_t n)
{
    if (n == 0 || (n == 1 && *part == '.'))
        return;
    if (n == 2 && part[0] == '.' && part[1] == '.') {
        while (b->len > 0 && b->data[b->len - 1] != '/')
            b->len--;
        b->len -= b->len > 0;
        return;
    }
    buf_adds(b, "/");
    buf_add(b, part, n);
}

/* A copy of an absolute path without ".", ".." and doubled slashes. */
static char *tidy(const char *path)
{
    struct buf b = {0};
    while (*path) {
        size_t n = strcspn(path, "/");
        enter(&b, path, n);
        path += n + (path[n] == '/');
    }
    return buf_take(&b);
}

static char *below(const char *root, const char *file)
{
    size_t n = strlen(root);
    while (n > 0 && root[n - 1] == '/')
        n--;
    bool is = strncmp(file, root, n) == 0 && file[n] == '/' && file[n + 1];
    return is ? str_dup(file + n + 1) : NULL;
}

char *repository_path(const struct repository *r, const char *file)
{
    char *whole = *file == '/' ? str_dup(file) : fs_join(r->root, file);
    char *clean = tidy(whole);
    char *path = below(r->root, clean);
    char *real = path ? NULL : fs_real(whole);
    if (real)
        path = below(r->root, real);
    free(real);
    free(clean);
    free(whole);
    return path;
}

/* Appends what follows "user:password@" of "[user:password@]host/path". */
static void add_without_user(struct buf *out, const char *rest)
{
    size_t host = strcspn(rest, "/");
    const char *at = memrchr(rest, '@', host);
    buf_adds(out, at ? at + 1 : rest);
}

char *repository_uri(const char *remote)
{
    struct buf b = {0};
    const char *scheme = strstr(remote, "://");
    const char *colon = strchr(remote, ':');
    const char *slash = strchr(remote, '/');
    if (scheme) {
        buf_add(&b, remote, (size_t)(scheme - remote) + 3);
        add_without_user(&b, scheme + 3);
    } else if (colon && (!slash || colon < slash)) {
        const char *at = memrchr(remote, '@', (size_t)(colon - remote));
        const char *host = at ? at + 1 : remote;
        buf_addf(&b, "ssh://%.*s/", (int)(colon - host), host);
        escape_uri(&b, colon + 1 + (colon[1] == '/'));
    } else {
        buf_adds(&b, "file://");
        escape_uri(&b, remote);
    }
    return buf_take(&b);
}
