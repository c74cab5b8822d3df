/* Handles and their locks.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/stream.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/file.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/object.h"
#include "explore/runtime/point.h"
#include "explore/runtime/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

#define MAGIC 0x6d61657274534c53ull

struct handle {
    uint64_t magic;
    FILE *real;  /* NULL once it is closed */
    bool own;    /* nobody else sees what is written there */
    bool shared; /* another stream may have the same file */
};

static struct handle *handle_of(FILE *f)
{
    struct handle *h = (struct handle *)f;
    return heap_has((uint64_t)f) && h->magic == MAGIC ? h : NULL;
}

static struct object *object_of(FILE *f)
{
    bool fresh;
    struct object *o = object_get((uint64_t)f, OBJECT_STREAM, &fresh);
    if (!o)
        point_end(SEARCH_ENDED_CAP);
    if (fresh)
        o->gate = 1;
    return o;
}

static bool mine(const struct object *o)
{
    return o->owner == (int32_t)state()->current->id;
}

/* A handle that was closed is like a block that was freed. */
static void check_open(FILE *f, const struct handle *h, uint64_t pc)
{
    if (h && !h->real)
        bug_misuse("a stream that was closed", (uint64_t)f, pc);
}

static void lock_point(FILE *f, struct object *o, int32_t delta, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_STREAM, (uint64_t)f, pc);
    point_gate(p, (uint64_t)f, TOUCH_WRITE, &o->gate,
               mine(o) || delta > 0 ? 0 : 1, mine(o) && delta < 0 ? 0 : delta);
    const struct handle *h = handle_of(f);
    if (!h || h->shared)
        point_touch(p, LAYOUT_OUTSIDE, 1, TOUCH_WRITE);
    point(p);
}

FILE *stream_enter(FILE *f, bool writes, const char *name, uint64_t pc)
{
    struct handle *h = handle_of(f);
    if (!active())
        return h ? h->real : f;
    struct object *o = object_of(f);
    lock_point(f, o, 0, pc);
    check_open(f, h, pc);
    point_acquire(&o->clock);
    point_release(&o->clock);
    if (f == stdin)
        state()->stdin_used = true;
    if (writes && !(h && h->own))
        doubt(DOUBT_FILES, name);
    return h ? h->real : f;
}

static FILE *handle_new(FILE *real, bool own, bool shared, uint64_t pc)
{
    struct state *s = state();
    struct handle *h = heap_new(s->current->id, sizeof *h, 16, pc);
    if (!h || s->streams_count == STATE_STREAMS) {
        doubt(DOUBT_MEMORY, "too many streams");
        fclose(real);
        point_end(SEARCH_ENDED_CAP);
    }
    *h = (struct handle){MAGIC, real, own, shared};
    s->streams[s->streams_count++] = real;
    return (FILE *)h;
}

void stream_reset(void)
{
    struct state *s = state();
    while (s->streams_count > 0)
        fclose(s->streams[--s->streams_count]);
    if (s->stdin_used && fseek(stdin, 0, SEEK_SET) != 0)
        doubt(DOUBT_FILES, "stdin");
    if (s->stdin_used)
        clearerr(stdin);
    s->stdin_used = false;
}

FILE *__wrap_tmpfile(void);
FILE *__wrap_tmpfile(void)
{
    FILE *real = tmpfile();
    return active() && real ? handle_new(real, true, false, PC) : real;
}

/* -1: there is no such mode. */
static int flags_of(const char *mode)
{
    int how = strchr(mode, '+') ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;
    if (*mode == 'w')
        how |= O_CREAT | O_TRUNC;
    else if (*mode == 'a')
        how |= O_CREAT | O_APPEND;
    else if (*mode != 'r')
        return -1;
    return how | (strchr(mode, 'x') ? O_EXCL : 0);
}

static FILE *opened(const char *path, const char *mode, uint64_t pc)
{
    int flags = flags_of(mode);
    access_plain((uint64_t)path, strlen(path) + 1, EVENT_READ, pc);
    process_file_point(flags & O_CREAT, pc);
    if (flags < 0) {
        errno = EINVAL;
        return NULL;
    }
    struct file_opened o = file_open(path, flags, 0666);
    FILE *real = o.real < 0 ? NULL : fdopen(o.real, mode);
    if (!real)
        return NULL;
    if (o.doubtful)
        doubt(DOUBT_FILES, "fopen");
    bool shared = o.doubtful || file_is_copy(o.real);
    return handle_new(real, file_is_own(o.real), shared, pc);
}

FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode)
{
    return active() ? opened(path, mode, PC) : fopen(path, mode);
}

int __wrap_fclose(FILE *f);
int __wrap_fclose(FILE *f)
{
    struct state *s = state();
    if (!active())
        return fclose(f);
    FILE *real = stream_enter(f, false, "fclose", PC);
    struct handle *h = handle_of(f);
    if (!h)
        return 0; /* stdout and its like: nothing more is made of them */
    for (uint32_t i = 0; i < s->streams_count; i++)
        if (s->streams[i] == real)
            s->streams[i] = s->streams[--s->streams_count];
    h->real = NULL;
    return fclose(real);
}

char *__wrap_fgets(char *to, int n, FILE *f);
char *__wrap_fgets(char *to, int n, FILE *f)
{
    char *got = fgets(to, n, stream_enter(f, false, "fgets", PC));
    if (got && active())
        access_plain((uint64_t)to, strlen(to) + 1, EVENT_WRITE, PC);
    return got;
}

int __wrap_fgetc(FILE *f);
int __wrap_fgetc(FILE *f)
{
    return fgetc(stream_enter(f, false, "fgetc", PC));
}

int __wrap_getc(FILE *f);
int __wrap_getc(FILE *f)
{
    return fgetc(stream_enter(f, false, "getc", PC));
}

int __wrap_getchar(void);
int __wrap_getchar(void)
{
    return fgetc(stream_enter(stdin, false, "getchar", PC));
}

int __wrap_ungetc(int c, FILE *f);
int __wrap_ungetc(int c, FILE *f)
{
    return ungetc(c, stream_enter(f, false, "ungetc", PC));
}

size_t __wrap_fread(void *to, size_t size, size_t n, FILE *f);
size_t __wrap_fread(void *to, size_t size, size_t n, FILE *f)
{
    size_t got = fread(to, size, n, stream_enter(f, false, "fread", PC));
    if (active() && got * size > 0)
        access_plain((uint64_t)to, got * size, EVENT_WRITE, PC);
    return got;
}

/* The line is in memory of the program's heap, not of the library's. */
static ssize_t get_line(char **line, size_t *n, int end, FILE *real,
                        uint64_t pc)
{
    char *got = NULL;
    size_t room = 0;
    ssize_t length = getdelim(&got, &room, end, real);
    access_plain((uint64_t)line, sizeof *line, EVENT_READ, pc);
    access_plain((uint64_t)n, sizeof *n, EVENT_READ, pc);
    if (length >= 0 && (!*line || *n < (size_t)length + 1)) {
        access_plain((uint64_t)line, sizeof *line, EVENT_WRITE, pc);
        access_plain((uint64_t)n, sizeof *n, EVENT_WRITE, pc);
        *n = (size_t)length + 120;
        *line = heap_new(state()->current->id, *n, 16, pc);
    }
    if (length >= 0 && *line) {
        access_plain((uint64_t)*line, (size_t)length + 1, EVENT_WRITE, pc);
        memcpy(*line, got, (size_t)length + 1);
    }
    free(got);
    return *line || length < 0 ? length : -1;
}

ssize_t __wrap_getline(char **line, size_t *n, FILE *f);
ssize_t __wrap_getline(char **line, size_t *n, FILE *f)
{
    if (!active())
        return getline(line, n, f);
    return get_line(line, n, '\n', stream_enter(f, false, "getline", PC), PC);
}

ssize_t __wrap_getdelim(char **line, size_t *n, int end, FILE *f);
ssize_t __wrap_getdelim(char **line, size_t *n, int end, FILE *f)
{
    if (!active())
        return getdelim(line, n, end, f);
    return get_line(line, n, end, stream_enter(f, false, "getdelim", PC), PC);
}

#define ON_STREAM(type, name, declaration, ...)                                \
    type __wrap_##name declaration;                                            \
    type __wrap_##name declaration                                             \
    {                                                                          \
        f = stream_enter(f, false, #name, PC);                                 \
        return name(__VA_ARGS__);                                              \
    }

ON_STREAM(int, fseek, (FILE * f, long offset, int whence), f, offset, whence)
ON_STREAM(int, fseeko, (FILE * f, off_t offset, int whence), f, offset, whence)
ON_STREAM(long, ftell, (FILE * f), f)
ON_STREAM(off_t, ftello, (FILE * f), f)
ON_STREAM(int, feof, (FILE * f), f)
ON_STREAM(int, ferror, (FILE * f), f)
ON_STREAM(void, clearerr, (FILE * f), f)

void __wrap_rewind(FILE *f);
void __wrap_rewind(FILE *f)
{
    f = stream_enter(f, false, "rewind", PC);
    if (fseek(f, 0, SEEK_SET) == 0)
        clearerr(f);
}

/* How it is buffered shows to nobody. */
int __wrap_setvbuf(FILE *f, char *buffer, int mode, size_t n);
int __wrap_setvbuf(FILE *f, char *buffer, int mode, size_t n)
{
    return active() ? 0 : setvbuf(f, buffer, mode, n);
}

void __wrap_setbuf(FILE *f, char *buffer);
void __wrap_setbuf(FILE *f, char *buffer)
{
    if (!active())
        setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, BUFSIZ);
}

void __wrap_flockfile(FILE *f);
void __wrap_flockfile(FILE *f)
{
    if (!active())
        return;
    struct object *o = object_of(f);
    lock_point(f, o, -1, PC);
    point_acquire(&o->clock);
    if (!mine(o))
        o->gate--;
    o->owner = (int32_t)state()->current->id;
    o->owner_pc = PC;
    o->count++;
}

void __wrap_funlockfile(FILE *f);
void __wrap_funlockfile(FILE *f)
{
    if (!active())
        return;
    struct object *o = object_of(f);
    if (!mine(o))
        bug_misuse("unlock of a stream that the thread does not hold",
                   (uint64_t)f, PC);
    lock_point(f, o, o->count == 1 ? 1 : 0, PC);
    point_release(&o->clock);
    if (--o->count > 0)
        return;
    o->gate++;
    o->owner = -1;
}
