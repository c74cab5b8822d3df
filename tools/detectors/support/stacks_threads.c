/* Threads and their system calls, from /proc.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/stacks_threads.h"

#include "base/str.h"
#include "os/fs.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* The last number of a line such as "NSpid:\t812\t3", or fallback. */
static pid_t last_number(const char *text, const char *key, pid_t fallback)
{
    const char *line = strstr(text, key);
    if (!line)
        return fallback;
    line += strlen(key);
    long number = fallback;
    char *end = NULL;
    while (*line && *line != '\n') {
        long n = strtol(line, &end, 10);
        if (end == line)
            break;
        number = n;
        line = end;
    }
    return (pid_t)number;
}

static void read_status(struct thread *t, const char *dir)
{
    struct buf text = {0};
    char *path = fs_join(dir, "status");
    t->own_tid = t->tid;
    if (fs_read(path, &text) == ERR_OK) {
        const char *state = strstr(buf_str(&text), "\nState:\t");
        t->ended = state && (state[8] == 'Z' || state[8] == 'X');
        t->own_tid = last_number(buf_str(&text), "\nNSpid:", t->tid);
    }
    free(path);
    buf_fini(&text);
}

/* "202 0x7f.. 0x80 0x2 0x0 0x0 0x0 sp pc" or "-1 sp pc"; false: "running". */
static bool parse_call(struct thread *t, const char *text)
{
    unsigned long a[6];
    long call = -1;
    if (sscanf(text, "%ld %lx %lx %lx %lx %lx %lx", &call, &a[0], &a[1], &a[2],
               &a[3], &a[4], &a[5]) == 7) {
        t->call = call;
        for (int i = 0; i < 6; i++)
            t->arg[i] = a[i];
    }
    return !str_starts(text, "running");
}

/* A thread that was looked at a moment ago may still be on its way back into
 * the call that this interrupted. */
static void read_call(struct thread *t, const char *dir)
{
    static const struct timespec moment = {.tv_nsec = 2000000};
    char *path = fs_join(dir, "syscall");
    bool known = false;
    t->call = -1;
    for (int tries = 0; tries < 10 && !known; tries++) {
        struct buf text = {0};
        if (tries > 0)
            nanosleep(&moment, NULL);
        known = fs_read(path, &text) != ERR_OK || parse_call(t, buf_str(&text));
        buf_fini(&text);
    }
    free(path);
}

static int by_tid(const void *a, const void *b)
{
    const struct thread *x = a, *y = b;
    return (x->tid > y->tid) - (x->tid < y->tid);
}

void stacks_threads(struct stacks *s)
{
    struct strv names = {0};
    char *tasks = str_fmt("/proc/%d/task", (int)s->pid);
    if (fs_list(tasks, &names) == ERR_OK) {
        for (size_t i = 0; i < names.n; i++) {
            struct thread t = {.tid = (pid_t)strtol(names.v[i], NULL, 10)};
            char *dir = fs_join(tasks, names.v[i]);
            read_status(&t, dir);
            read_call(&t, dir);
            vec_push(&s->threads, t);
            if (!t.ended)
                s->alive = t.tid;
            if (t.tid == s->pid)
                s->own_pid = t.own_tid;
            free(dir);
        }
        if (s->threads.n > 0)
            qsort(s->threads.v, s->threads.n, sizeof *s->threads.v, by_tid);
    }
    free(tasks);
    strv_fini(&names);
}
