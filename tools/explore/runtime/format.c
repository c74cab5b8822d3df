/* Walks over a format and its arguments.
 * Source of the rules: C17 7.21.6.1.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/format.h"

#include "explore/runtime/access.h"
#include "explore/runtime/bug.h"
#include "explore/runtime/state.h"

#include <string.h>
#include <sys/types.h>
#include <wchar.h>

/* Arguments by reference: a va_list that is handed on as such cannot be. */
struct walk {
    va_list ap;
    uint64_t pc;
};

/* A number, or what * stands for; -1: none is given. */
static int number(struct walk *w, const char **f)
{
    int n = -1;
    if (**f == '*') {
        ++*f;
        return va_arg(w->ap, int);
    }
    for (; **f >= '0' && **f <= '9'; ++*f)
        n = (n < 0 ? 0 : n * 10) + **f - '0';
    return n;
}

static void text(struct walk *w, int precision)
{
    const char *s = va_arg(w->ap, const char *);
    if (!s)
        return;
    size_t n = precision < 0 ? strlen(s) : strnlen(s, (size_t)precision);
    if (precision < 0 || n < (size_t)precision)
        n++; /* the end of it */
    access_plain((uint64_t)s, n, EVENT_READ, w->pc);
}

static void integer(struct walk *w, const char *length)
{
    if (*length == 'l' || *length == 'j' || *length == 'z' || *length == 't')
        (void)va_arg(w->ap, long); /* all of them have 64 bits here */
    else
        (void)va_arg(w->ap, int);
}

static bool convert(struct walk *w, char c, const char *length, int precision)
{
    if (strchr("diouxXc", c) && c)
        integer(w, c == 'c' ? "" : length);
    else if (strchr("eEfFgGaA", c) && c && *length == 'L')
        (void)va_arg(w->ap, long double);
    else if (strchr("eEfFgGaA", c) && c)
        (void)va_arg(w->ap, double);
    else if (c == 's' && *length == '\0')
        text(w, precision);
    else if (c == 'p')
        (void)va_arg(w->ap, void *);
    else
        return c == '%' || c == 'm';
    return true;
}

static const char *one(struct walk *w, const char *f, bool *known)
{
    char length[3] = "";
    int precision = -1;
    f += strspn(f, "-+ #0'");
    number(w, &f);
    if (*f == '.') {
        f++;
        precision = number(w, &f);
        if (precision < 0)
            precision = 0;
    }
    for (unsigned i = 0; *f && strchr("hlLjzt", *f); f++)
        if (i < 2)
            length[i++] = *f;
    *known = *f && convert(w, *f, length, precision);
    return *f ? f + 1 : f;
}

void format_access(const char *format, va_list ap, uint64_t pc)
{
    struct walk w = {.pc = pc};
    bool known = true;
    if (!active())
        return;
    access_plain((uint64_t)format, strlen(format) + 1, EVENT_READ, pc);
    va_copy(w.ap, ap);
    for (const char *f = strchr(format, '%'); f && known; f = strchr(f, '%'))
        f = one(&w, f + 1, &known);
    va_end(w.ap);
    if (!known)
        doubt(DOUBT_UNMODELLED, "a conversion of printf");
}

static size_t scanned_size(char c, const char *length, int width)
{
    if (strchr("diouxXn", c) && c)
        return *length == '\0'                      ? sizeof(int)
               : *length == 'h' && length[1] == 'h' ? 1
               : *length == 'h'                     ? sizeof(short)
                                                    : sizeof(long);
    if (strchr("eEfFgGaA", c) && c)
        return *length == 'L'   ? sizeof(long double)
               : *length == 'l' ? sizeof(double)
                                : sizeof(float);
    if (c == 'p')
        return sizeof(void *);
    if (c == 'c' && *length == '\0')
        return width < 0 ? 1 : (size_t)width;
    return 0;
}

/* Past the ] of a set, which may begin with ^ and with a ] of its own. */
static const char *end_of_set(const char *f)
{
    f += *f == '^';
    f += *f == ']';
    return strchr(f, ']');
}

void format_scanned(const char *format, va_list ap, int n, uint64_t pc)
{
    for (const char *f = strchr(format, '%'); f; f = strchr(f, '%')) {
        char length[3] = "";
        bool skipped = *++f == '*';
        f += skipped;
        int width = -1;
        for (; *f >= '0' && *f <= '9'; f++)
            width = (width < 0 ? 0 : width * 10) + *f - '0';
        for (unsigned i = 0; *f && strchr("hlLjzt", *f); f++)
            if (i < 2)
                length[i++] = *f;
        char c = *f++;
        const char *rest = c == '[' ? end_of_set(f) : f;
        if (c == '%' || skipped) {
            f = rest ? rest : f;
            continue;
        }
        size_t size = scanned_size(c, length, width);
        bool text = (c == 's' || c == '[') && *length == '\0';
        if (!rest || (!text && size == 0)) {
            doubt(DOUBT_UNMODELLED, "a conversion of scanf");
            return;
        }
        f = rest;
        if (c != 'n' && n-- == 0)
            return;
        const char *to = va_arg(ap, const char *);
        access_plain((uint64_t)to, text ? strlen(to) + 1 : size, EVENT_WRITE,
                     pc);
    }
}
