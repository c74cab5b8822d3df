/* One object of the search for each thing that all threads share.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/process.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/heap.h"
#include "explore/runtime/point.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

void process_file_point(bool makes, uint64_t pc)
{
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_OUTSIDE, pc);
    point_touch(p, LAYOUT_OUTSIDE, 1, TOUCH_WRITE);
    if (makes)
        point_touch(p, LAYOUT_UMASK, 1, TOUCH_READ);
    point(p);
}

bool process_is_constant(int real)
{
    struct stat st;
    struct statfs fs;
    return fstat(real, &st) == 0 && S_ISREG(st.st_mode) &&
           fstatfs(real, &fs) == 0 && fs.f_type != PROC_SUPER_MAGIC &&
           fs.f_type != SYSFS_MAGIC;
}

mode_t __wrap_umask(mode_t mask);
mode_t __wrap_umask(mode_t mask)
{
    if (!active())
        return umask(mask);
    struct pending *p = point_begin(EVENT_LIBRARY, LAYOUT_UMASK, PC);
    point_touch(p, LAYOUT_UMASK, 1, TOUCH_WRITE);
    point(p);
    state()->changed_umask = true;
    return umask(mask);
}

static int moved(int result)
{
    doubt(DOUBT_FILES, "chdir");
    state()->changed_folder = true;
    return result;
}

int __wrap_chdir(const char *path);
int __wrap_chdir(const char *path)
{
    if (!active())
        return chdir(path);
    process_file_point(false, PC);
    return moved(chdir(path));
}

int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
    if (active()) {
        process_file_point(true, PC);
        doubt(DOUBT_FILES, "mkdir");
    }
    return mkdir(path, mode);
}

void process_keep(void)
{
    struct state *s = state();
    s->kept_umask = umask(0);
    umask(s->kept_umask);
    s->kept_folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    s->kept_environment = environ;
}

void process_reset(void)
{
    struct state *s = state();
    if (s->changed_umask)
        umask(s->kept_umask);
    if (s->changed_folder && s->kept_folder >= 0 && fchdir(s->kept_folder) != 0)
        doubt(DOUBT_FILES, "chdir");
    s->changed_umask = s->changed_folder = false;
    environ = s->kept_environment;
    if (s->changed_zone)
        tzset();
    s->changed_zone = false;
}

/* The environment is one array, which glibc's functions replace and look
 * through: to look while another replaces is a race, as POSIX says. */
static void read_environment(uint64_t pc)
{
    access_plain(LAYOUT_ENVIRON, 16, EVENT_READ, pc);
}

static void write_environment(uint64_t pc)
{
    access_plain(LAYOUT_ENVIRON, 16, EVENT_WRITE, pc);
}

static size_t length(void)
{
    size_t n = 0;
    while (environ && environ[n])
        n++;
    return n;
}

/* The place of NAME=..., or of the end. */
static size_t find(const char *name, size_t n)
{
    size_t i = 0;
    for (; environ && environ[i]; i++)
        if (strncmp(environ[i], name, n) == 0 && environ[i][n] == '=')
            break;
    return i;
}

/* A new array, for the old one may be read by a thread that has looked. */
static int replace(size_t at, char *entry, uint64_t pc)
{
    size_t n = length(), to = 0;
    if (entry && at < n && heap_has((uint64_t)environ)) {
        write_environment(pc);
        environ[at] = entry;
        return 0;
    }
    char **new = heap_new(state()->current->id, (n + 2) * sizeof *new, 16, pc);
    if (!new) {
        errno = ENOMEM;
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        if (i != at)
            new[to++] = environ[i];
        else if (entry)
            new[to++] = entry;
    if (at == n && entry)
        new[to++] = entry;
    write_environment(pc);
    environ = new;
    return 0;
}

static void read_text(const char *text, uint64_t pc)
{
    access_plain((uint64_t)text, strlen(text) + 1, EVENT_READ, pc);
}

static bool is_name(const char *name)
{
    if (name && *name && !strchr(name, '='))
        return true;
    errno = EINVAL;
    return false;
}

char *__wrap_getenv(const char *name);
char *__wrap_getenv(const char *name)
{
    if (!active())
        return getenv(name);
    read_text(name, PC);
    read_environment(PC);
    size_t n = strlen(name), i = find(name, n);
    return environ && environ[i] ? environ[i] + n + 1 : NULL;
}

char *__wrap_secure_getenv(const char *name);
char *__wrap_secure_getenv(const char *name)
{
    return __wrap_getenv(name);
}

int __wrap_setenv(const char *name, const char *value, int anew);
int __wrap_setenv(const char *name, const char *value, int anew)
{
    if (!active())
        return setenv(name, value, anew);
    if (!is_name(name))
        return -1;
    read_text(name, PC);
    read_text(value, PC);
    read_environment(PC);
    size_t n = strlen(name), m = strlen(value), i = find(name, n);
    if (environ && environ[i] && !anew)
        return 0;
    char *entry = heap_new(state()->current->id, n + m + 2, 16, PC);
    if (!entry) {
        errno = ENOMEM;
        return -1;
    }
    snprintf(entry, n + m + 2, "%s=%s", name, value);
    return replace(i, entry, PC);
}

int __wrap_unsetenv(const char *name);
int __wrap_unsetenv(const char *name)
{
    if (!active())
        return unsetenv(name);
    if (!is_name(name))
        return -1;
    read_text(name, PC);
    read_environment(PC);
    size_t i = find(name, strlen(name));
    return environ && environ[i] ? replace(i, NULL, PC) : 0;
}

int __wrap_putenv(char *entry);
int __wrap_putenv(char *entry)
{
    if (!active())
        return putenv(entry);
    const char *end = strchr(entry, '=');
    if (!end)
        return __wrap_unsetenv(entry);
    read_text(entry, PC);
    read_environment(PC);
    return replace(find(entry, (size_t)(end - entry)), entry, PC);
}

int __wrap_clearenv(void);
int __wrap_clearenv(void)
{
    if (!active())
        return clearenv();
    write_environment(PC);
    environ = NULL;
    return 0;
}
