/* The words of a compiler's command line, with those of files: @FILE.
 * Source of the rules: gcc(1), "@file".
 * SPDX-License-Identifier: MIT */
#include "explore/driver.h"

#include "os/fs.h"

#include <string.h>

/* Files that name themselves would never end. */
enum { DEEPEST = 8 };

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* One word from s on, without its quotes and backslashes; where it ends. */
static const char *take_word(const char *s, struct buf *word)
{
    char quote = '\0';
    for (; *s && (quote || !is_blank(*s)); s++) {
        if (*s == '\\' && s[1])
            buf_add(word, ++s, 1);
        else if (quote && *s == quote)
            quote = '\0';
        else if (!quote && (*s == '\'' || *s == '"'))
            quote = *s;
        else
            buf_add(word, s, 1);
    }
    return s;
}

static void add_words(char *const *argv, int depth, struct strv *out);

static bool add_file(const char *path, int depth, struct strv *out)
{
    struct buf text = {0};
    struct strv words = {0};
    if (depth == DEEPEST || fs_read(path, &text) != ERR_OK) {
        buf_fini(&text);
        return false;
    }
    for (const char *s = buf_str(&text); *s;) {
        struct buf word = {0};
        if (is_blank(*s)) {
            s++;
            continue;
        }
        s = take_word(s, &word);
        strv_add(&words, buf_str(&word));
        buf_fini(&word);
    }
    if (words.n)
        add_words(words.v, depth + 1, out);
    strv_fini(&words);
    buf_fini(&text);
    return true;
}

static void add_words(char *const *argv, int depth, struct strv *out)
{
    for (; *argv; argv++)
        if (**argv != '@' || !add_file(*argv + 1, depth, out))
            strv_add(out, *argv);
}

void driver_words(char *const *argv, struct strv *out)
{
    add_words(argv, 0, out);
}
