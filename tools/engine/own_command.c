/* Fills in build commands.
 * SPDX-License-Identifier: MIT */
#include "engine/own_command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool own_command_has(const char *command, const char *placeholder)
{
    return strstr(command, placeholder) != NULL;
}

void own_command_ldflags(const struct strv *cflags, struct strv *out)
{
    for (size_t i = 0; i < cflags->n; i++)
        if (str_starts(cflags->v[i], "-fsanitize=") ||
            str_eq(cflags->v[i], "-pthread") || str_eq(cflags->v[i], "-no-pie"))
            strv_add(out, cflags->v[i]);
}

char *own_command_cxx(const char *cc)
{
    const char *version = strrchr(cc, '-');
    if (str_starts(cc, "clang"))
        return str_fmt("clang++%s", version ? version : "");
    return str_dup("g++");
}

/* The words of the place called so: false if there is none of that name. */
static bool words_of(const struct own_words *w, const char *name, size_t n,
                     struct strv *out)
{
    static const char *const names[] = {"cc",      "cxx",      "cflags",
                                        "ldflags", "builddir", "detector"};
    size_t i = 0, count = sizeof names / sizeof *names;
    while (i < count &&
           !(strlen(names[i]) == n && strncmp(names[i], name, n) == 0))
        i++;
    switch (i) {
    case 0:
        strv_add(out, w->compiler);
        break;
    case 1:
        strv_take(out, own_command_cxx(w->compiler));
        break;
    case 2:
        strv_add_all(out, w->cflags);
        break;
    case 3:
        own_command_ldflags(w->cflags, out);
        break;
    case 4:
        strv_add(out, w->build_dir);
        break;
    case 5:
        strv_add(out, w->detector);
        break;
    default:
        break;
    }
    return i < count;
}

static void add_joined(struct buf *out, const struct strv *words)
{
    for (size_t i = 0; i < words->n; i++)
        buf_addf(out, "%s%s", i ? " " : "", words->v[i]);
}

static void add_words(struct buf *out, const struct strv *words, char quote,
                      bool alone)
{
    struct buf joined = {0};
    if (quote) {
        add_joined(out, words);
    } else if (alone) {
        for (size_t i = 0; i < words->n; i++) {
            buf_adds(out, i ? " " : "");
            str_shell_quote(out, words->v[i]);
        }
    } else {
        add_joined(&joined, words);
        str_shell_quote(out, buf_str(&joined));
    }
    buf_fini(&joined);
}

/* The length of the name in "{name}" at s, or 0: braces of another use, as of
 * the shell's own ${x} and {a,b}. */
static size_t name_length(const char *s)
{
    size_t n = 1;
    while (islower((unsigned char)s[n]))
        n++;
    return s[n] == '}' ? n - 1 : 0;
}

static bool is_blank(char c)
{
    return c == '\0' || isspace((unsigned char)c);
}

char *own_command_fill(const char *command, const struct own_words *w,
                       struct diag *d)
{
    struct buf out = {0};
    char quote = '\0';
    size_t before = d->messages.n;
    for (const char *s = command; *s; s++) {
        size_t n =
            *s == '{' && !(s > command && s[-1] == '$') ? name_length(s) : 0;
        struct strv words = {0};
        if (n == 0) {
            if (quote == *s)
                quote = '\0';
            else if (!quote && (*s == '\'' || *s == '"'))
                quote = *s;
            buf_add(&out, s, 1);
            continue;
        }
        if (!words_of(w, s + 1, n, &words))
            diag_add(d,
                     "--build: '{%.*s}' is no place to fill in; there are "
                     "{cc} {cxx} {cflags} {ldflags} {builddir} {detector}",
                     (int)n, s + 1);
        bool alone = (s == command || is_blank(s[-1])) && is_blank(s[n + 2]);
        add_words(&out, &words, quote, alone);
        strv_fini(&words);
        s += n + 1;
    }
    if (d->messages.n == before)
        return out.len ? buf_take(&out) : str_dup("");
    buf_fini(&out);
    return NULL;
}
