/* scanf and its kin: what is read of the text, and what is written through the
 * arguments.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/format.h"
#include "explore/runtime/point.h"
#include "explore/runtime/stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)

static int scan(const char *text, const char *format, va_list ap, uint64_t pc)
{
    va_list copy;
    va_copy(copy, ap);
    if (active()) {
        access_plain((uint64_t)text, strlen(text) + 1, EVENT_READ, pc);
        access_plain((uint64_t)format, strlen(format) + 1, EVENT_READ, pc);
    }
    int n = vsscanf(text, format, ap);
    if (active() && n > 0)
        format_scanned(format, copy, n, pc);
    va_end(copy);
    return n;
}

#define SCANF(name)                                                            \
    int __wrap_##name(const char *text, const char *format, ...);              \
    int __wrap_##name(const char *text, const char *format, ...)               \
    {                                                                          \
        va_list ap;                                                            \
        va_start(ap, format);                                                  \
        int n = scan(text, format, ap, PC);                                    \
        va_end(ap);                                                            \
        return n;                                                              \
    }

SCANF(sscanf)
SCANF(__isoc99_sscanf)
SCANF(__isoc23_sscanf)

#define FSCANF(name)                                                           \
    int __wrap_##name(FILE *f, const char *format, ...);                       \
    int __wrap_##name(FILE *f, const char *format, ...)                        \
    {                                                                          \
        va_list ap, copy;                                                      \
        if (active())                                                          \
            READ(format, strlen(format) + 1);                                  \
        f = stream_enter(f, false, #name, PC);                                 \
        va_start(ap, format);                                                  \
        va_copy(copy, ap);                                                     \
        int n = vfscanf(f, format, ap);                                        \
        if (active() && n > 0)                                                 \
            format_scanned(format, copy, n, PC);                               \
        va_end(copy);                                                          \
        va_end(ap);                                                            \
        return n;                                                              \
    }

FSCANF(fscanf)
FSCANF(__isoc99_fscanf)
FSCANF(__isoc23_fscanf)

int __wrap_vsscanf(const char *text, const char *format, va_list ap);
int __wrap_vsscanf(const char *text, const char *format, va_list ap)
{
    return scan(text, format, ap, PC);
}
