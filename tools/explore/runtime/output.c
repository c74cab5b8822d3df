/* Output that is kept from the world.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/output.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/format.h"
#include "explore/runtime/state.h"
#include "explore/runtime/stream.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PC ((uint64_t)__builtin_return_address(0))

/* The first part is kept: an execution that never stops printing is told by
 * other means. */
void output_add(int fd, const char *text, size_t n)
{
    struct shared *m = state()->shared;
    uint64_t room = SHARED_OUTPUT - m->output_count;
    size_t kept = n < room ? n : room;
    memcpy(&m->output[m->output_count], text, kept);
    m->output_count += kept;
    while (m->config.print && n > 0) {
        ssize_t done = write(fd, text, n);
        if (done <= 0)
            break;
        text += done;
        n -= (size_t)done;
    }
}

/* 1 or 2 for the streams that are kept, else 0. */
static int descriptor(FILE *f)
{
    return f == stdout ? STDOUT_FILENO : f == stderr ? STDERR_FILENO : 0;
}

static int print(int fd, const char *format, va_list ap)
{
    char text[4096];
    int n = vsnprintf(text, sizeof text, format, ap);
    if (n > 0)
        output_add(fd, text,
                   (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
    return n;
}

static int print_to(FILE *f, const char *format, va_list ap, uint64_t pc)
{
    int fd = descriptor(f);
    va_list copy;
    va_copy(copy, ap);
    format_access(format, copy, pc);
    va_end(copy);
    if (active() && fd)
        return print(fd, format, ap);
    return vfprintf(stream_enter(f, true, "vfprintf", pc), format, ap);
}

static int print_into(char *to, size_t n, const char *format, va_list ap,
                      uint64_t pc)
{
    va_list copy;
    va_copy(copy, ap);
    format_access(format, copy, pc);
    va_end(copy);
    int done = vsnprintf(to, n, format, ap);
    if (done >= 0 && n > 0)
        access_plain((uint64_t)to, (size_t)done < n ? (size_t)done + 1 : n,
                     EVENT_WRITE, pc);
    return done;
}

#define WITH_LIST(last, call)                                                  \
    va_list ap;                                                                \
    va_start(ap, last);                                                        \
    int n_ = call;                                                             \
    va_end(ap);                                                                \
    return n_

int __wrap_vfprintf(FILE *f, const char *format, va_list ap);
int __wrap_vfprintf(FILE *f, const char *format, va_list ap)
{
    return print_to(f, format, ap, PC);
}

int __wrap_fprintf(FILE *f, const char *format, ...);
int __wrap_fprintf(FILE *f, const char *format, ...)
{
    WITH_LIST(format, print_to(f, format, ap, PC));
}

int __wrap_vprintf(const char *format, va_list ap);
int __wrap_vprintf(const char *format, va_list ap)
{
    return print_to(stdout, format, ap, PC);
}

int __wrap_printf(const char *format, ...);
int __wrap_printf(const char *format, ...)
{
    WITH_LIST(format, print_to(stdout, format, ap, PC));
}

int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list ap);
int __wrap_vsnprintf(char *to, size_t n, const char *format, va_list ap)
{
    return print_into(to, n, format, ap, PC);
}

int __wrap_snprintf(char *to, size_t n, const char *format, ...);
int __wrap_snprintf(char *to, size_t n, const char *format, ...)
{
    WITH_LIST(format, print_into(to, n, format, ap, PC));
}

int __wrap_vsprintf(char *to, const char *format, va_list ap);
int __wrap_vsprintf(char *to, const char *format, va_list ap)
{
    return print_into(to, INT_MAX, format, ap, PC);
}

int __wrap_sprintf(char *to, const char *format, ...);
int __wrap_sprintf(char *to, const char *format, ...)
{
    WITH_LIST(format, print_into(to, INT_MAX, format, ap, PC));
}

static size_t put(const void *from, size_t size, size_t n, FILE *f, uint64_t pc)
{
    int fd = descriptor(f);
    if (!active() || !fd)
        return fwrite(from, size, n, stream_enter(f, true, "fwrite", pc));
    output_add(fd, from, size * n);
    return n;
}

static int put_text(const char *text, FILE *f, uint64_t pc)
{
    size_t n = strlen(text);
    access_plain((uint64_t)text, n + 1, EVENT_READ, pc);
    return put(text, 1, n, f, pc) == n ? 1 : EOF;
}

static int put_byte(int c, FILE *f, uint64_t pc)
{
    char byte = (char)c;
    return put(&byte, 1, 1, f, pc) == 1 ? (unsigned char)byte : EOF;
}

size_t __wrap_fwrite(const void *from, size_t size, size_t n, FILE *f);
size_t __wrap_fwrite(const void *from, size_t size, size_t n, FILE *f)
{
    access_plain((uint64_t)from, size * n, EVENT_READ, PC);
    return put(from, size, n, f, PC);
}

int __wrap_fputs(const char *text, FILE *f);
int __wrap_fputs(const char *text, FILE *f)
{
    return put_text(text, f, PC);
}

int __wrap_puts(const char *text);
int __wrap_puts(const char *text)
{
    put_text(text, stdout, PC);
    put("\n", 1, 1, stdout, PC);
    return 1;
}

int __wrap_fputc(int c, FILE *f);
int __wrap_fputc(int c, FILE *f)
{
    return put_byte(c, f, PC);
}

int __wrap_putc(int c, FILE *f);
int __wrap_putc(int c, FILE *f)
{
    return put_byte(c, f, PC);
}

int __wrap_putchar(int c);
int __wrap_putchar(int c)
{
    return put_byte(c, stdout, PC);
}

int __wrap_fflush(FILE *f);
int __wrap_fflush(FILE *f)
{
    if (!active())
        return fflush(f);
    return !f || descriptor(f) ? 0
                               : fflush(stream_enter(f, true, "fflush", PC));
}

void __wrap_perror(const char *what);
void __wrap_perror(const char *what)
{
    if (!active()) {
        perror(what);
        return;
    }
    char text[512];
    int n = snprintf(text, sizeof text, "%s: %m\n", what);
    output_add(STDERR_FILENO, text, (size_t)n);
}
