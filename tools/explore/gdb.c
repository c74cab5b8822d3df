/* gdb on the program itself: it replays in the process that it starts in.
 * SPDX-License-Identifier: MIT */
#include "explore/gdb.h"

#include "explore/session.h"
#include "explore/trace.h"
#include "os/foreground.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void add_command(struct strv *words, const struct trace *t, int fd)
{
    strv_add(words, "gdb");
    strv_add(words, "-q");
    strv_add(words, "-iex");
    strv_add(words, "set debuginfod enabled off");
    strv_add(words, "-ex");
    strv_addf(words, "set environment " SHARED_VARIABLE " /proc/%ld/fd/%d",
              (long)getpid(), fd);
    strv_add(words, "-ex");
    strv_addf(words, "cd %s", t->cwd);
    strv_add(words, "-ex");
    strv_add(words, "run");
    strv_add(words, "--args");
    strv_add(words, t->program);
    strv_add_all(words, &t->arguments);
}

static enum err start(const struct strv *words, int *code, struct diag *d)
{
    *code = foreground_run(words->v);
    if (*code >= 0)
        return ERR_OK;
    diag_add(d, "gdb cannot be run: %s", strerror(errno));
    *code = 127; /* as a shell says it */
    return ERR_IO;
}

enum err gdb_run(const char *path, int *code, struct diag *d)
{
    struct trace t;
    struct session s = {.fd = -1};
    struct strv words = {0};
    enum err e = trace_open(path, &t, d);
    if (e == ERR_OK)
        e = session_init(&s, 0);
    if (e == ERR_OK) {
        trace_load(&t, s.shared);
        s.shared->config.trap = true;
        s.shared->config.print = true;
        add_command(&words, &t, s.fd);
        e = start(&words, code, d);
    }
    strv_fini(&words);
    session_fini(&s);
    trace_fini(&t);
    return e;
}
