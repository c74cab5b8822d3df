/* Traces, written and read.
 * SPDX-License-Identifier: MIT */
#include "explore/trace.h"

#include "explore/names.h"
#include "os/fs.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

static enum err digest(const char *path, uint64_t *out)
{
    struct buf b = {0};
    enum err e = fs_read(path, &b);
    if (e == ERR_OK)
        *out = XXH3_64bits(buf_str(&b), b.len);
    buf_fini(&b);
    return e;
}

enum err trace_of(const struct shared *m, const struct bug *b,
                  const char *const *argv, const char *cwd, struct trace *out)
{
    *out = (struct trace){.timeouts = m->config.timeouts,
                          .spurious = m->config.spurious,
                          .learned = b->learned,
                          .code = b->code};
    out->program = fs_real(argv[0]);
    if (!out->program)
        return ERR_NOENT;
    out->cwd = fs_real(cwd ? cwd : ".");
    out->bug = str_dup(bug_id(b->kind));
    for (uint32_t i = 0; i < 2 && i < b->places_count; i++)
        out->at[i] = b->places[i].pc;
    for (const char *const *a = argv + 1; *a; a++)
        strv_add(&out->arguments, *a);
    for (uint32_t i = 1; i < m->slots_count; i++)
        vec_push(&out->slots, m->slots[i]);
    for (uint32_t i = 0; i < b->steps_count; i++)
        vec_push(&out->steps, m->kept[b->steps_first + i]);
    memcpy(out->parked, b->parked, sizeof out->parked);
    return digest(out->program, &out->digest);
}

enum err trace_write(const struct trace *t, const char *path)
{
    struct buf b = {0};
    buf_addf(&b, "lockstep-trace 1\nprogram %s\ncwd %s\n", t->program, t->cwd);
    for (size_t i = 0; i < t->arguments.n; i++)
        buf_addf(&b, "argument %s\n", t->arguments.v[i]);
    buf_addf(&b, "digest %016" PRIx64 "\ntimeouts %u\nspurious %d\n", t->digest,
             t->timeouts, t->spurious);
    buf_addf(&b, "learned %u\nbug %s\ncode %d\n", t->learned, t->bug, t->code);
    for (int i = 0; i < 2 && t->at[i]; i++)
        buf_addf(&b, "at %" PRIx64 "\n", t->at[i]);
    for (size_t i = 0; i < t->slots.n; i++)
        buf_addf(&b, "thread %zu parent %u child %u\n", i + 1,
                 t->slots.v[i].parent, t->slots.v[i].child);
    for (size_t i = 0; i < t->steps.n; i++)
        buf_addf(&b, "run %u %u %u\n", t->steps.v[i].thread,
                 t->steps.v[i].until, t->steps.v[i].choice);
    for (unsigned i = 0; i < SHARED_THREADS; i++)
        if (t->parked[i])
            buf_addf(&b, "stay %u %u\n", i, t->parked[i]);
    buf_adds(&b, "end\n");
    enum err e = fs_write(path, buf_str(&b), b.len);
    buf_fini(&b);
    return e;
}

static bool read_word(const char *line, const char *key, char **out)
{
    size_t n = strlen(key);
    if (strncmp(line, key, n) != 0 || line[n] != ' ')
        return false;
    free(*out);
    *out = str_dup(line + n + 1);
    return true;
}

static bool read_numbers(const char *line, struct trace *t)
{
    struct shared_slot slot;
    unsigned thread, until, choice, spurious;
    size_t number;
    if (sscanf(line, "digest %" SCNx64, &t->digest) == 1 ||
        sscanf(line, "code %d", &t->code) == 1 ||
        sscanf(line, "at %" SCNx64, &t->at[t->at[0] != 0]) == 1 ||
        sscanf(line, "timeouts %" SCNu32, &t->timeouts) == 1 ||
        sscanf(line, "learned %" SCNu32, &t->learned) == 1)
        return true;
    if (sscanf(line, "spurious %u", &spurious) == 1) {
        t->spurious = spurious;
        return true;
    }
    if (sscanf(line, "thread %zu parent %" SCNu32 " child %" SCNu32, &number,
               &slot.parent, &slot.child) == 3 &&
        number == t->slots.n + 1 && number < SHARED_THREADS) {
        vec_push(&t->slots, slot);
        return true;
    }
    if (sscanf(line, "stay %u %u", &thread, &until) == 2 &&
        thread < SHARED_THREADS) {
        t->parked[thread] = until;
        return true;
    }
    if (sscanf(line, "run %u %u %u", &thread, &until, &choice) != 3 ||
        thread >= SHARED_THREADS || choice > UINT16_MAX)
        return false;
    struct shared_step s = {until, (uint16_t)choice, (uint16_t)thread};
    vec_push(&t->steps, s);
    return true;
}

static bool read_line(const char *line, struct trace *t)
{
    char *word = NULL;
    if (read_word(line, "program", &t->program) ||
        read_word(line, "cwd", &t->cwd) || read_word(line, "bug", &t->bug))
        return true;
    if (read_word(line, "argument", &word)) {
        strv_take(&t->arguments, word);
        return true;
    }
    return read_numbers(line, t);
}

static enum err read_lines(const char *path, char *text, struct trace *t,
                           struct diag *d)
{
    int number = 0;
    for (char *line = text, *end; *line; line = end + 1) {
        end = strchr(line, '\n');
        number++;
        if (!end)
            break; /* cut off */
        *end = '\0';
        if (number == 1 && !str_eq(line, "lockstep-trace 1")) {
            diag_at(d, path, 1, "no trace of this version of lockstep");
            return ERR_INVALID;
        }
        if (str_eq(line, "end"))
            return t->program && t->cwd && t->bug ? ERR_OK : ERR_INVALID;
        if (number > 1 && !read_line(line, t)) {
            diag_at(d, path, number, "'%s' is no line of a trace", line);
            return ERR_INVALID;
        }
    }
    diag_at(d, path, number, "the trace has no end: it is cut off");
    return ERR_INVALID;
}

enum err trace_read(const char *path, struct trace *out, struct diag *d)
{
    struct buf b = {0};
    *out = (struct trace){0};
    enum err e = fs_read(path, &b);
    if (e != ERR_OK) {
        diag_add(d, "%s: %s", path, err_text(e));
        return e;
    }
    buf_adds(&b, "");
    char *text = buf_take(&b);
    e = read_lines(path, text, out, d);
    if (e != ERR_OK && d->messages.n == 0)
        diag_at(d, path, 0, "the trace names no program or no bug");
    free(text);
    return e;
}

bool trace_fits(const struct trace *t)
{
    uint64_t now;
    return digest(t->program, &now) == ERR_OK && now == t->digest;
}

enum err trace_open(const char *path, struct trace *out, struct diag *d)
{
    enum err e = trace_read(path, out, d);
    if (e != ERR_OK || trace_fits(out))
        return e;
    diag_add(d, "%s: %s is not the program that the trace was made with", path,
             out->program);
    return ERR_INVALID;
}

/* The replay ends at this bug, and passes others by. */
static void seek(const struct trace *t, struct shared *m)
{
    struct bug *b = &m->sought;
    m->config.sought = true;
    b->kind = bug_by_id(t->bug);
    b->code = t->code;
    for (int i = 0; i < 2 && t->at[i]; i++)
        b->places[b->places_count++].pc = t->at[i];
}

bool trace_load(const struct trace *t, struct shared *m)
{
    if (t->steps.n > SHARED_STEPS)
        return false;
    m->config.mode = EXPLORE_REPLAY;
    seek(t, m);
    m->config.timeouts = t->timeouts;
    m->config.spurious = t->spurious;
    m->learned = t->learned;
    m->slots_count = (uint32_t)t->slots.n + 1;
    for (size_t i = 0; i < t->slots.n; i++)
        m->slots[i + 1] = t->slots.v[i];
    m->replay_count = (uint32_t)t->steps.n;
    for (size_t i = 0; i < t->steps.n; i++)
        m->replay[i] = t->steps.v[i];
    memcpy(m->replay_parked, t->parked, sizeof m->replay_parked);
    return true;
}

void trace_fini(struct trace *t)
{
    free(t->program);
    free(t->cwd);
    free(t->bug);
    strv_fini(&t->arguments);
    vec_fini(&t->slots);
    vec_fini(&t->steps);
}
