/* Writing YAML.
 * SPDX-License-Identifier: MIT */
#include "model/yaml.h"

#include "base/str.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Not a string to other readers, which go by YAML 1.1. */
static bool is_constant(const char *s)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(s, words[i]) == 0)
            return true;
    return false;
}

static bool is_bare(const char *s)
{
    if (!isalpha((unsigned char)*s) || is_constant(s))
        return false;
    for (const char *p = s; *p; p++)
        if (!isalnum((unsigned char)*p) && !strchr("_-+./() ", *p))
            return false;
    return !str_ends(s, " ");
}

void yaml_word(struct buf *out, const char *s)
{
    if (is_bare(s))
        buf_adds(out, s);
    else
        yaml_quoted(out, s);
}

/* The character at s, of n bytes. */
static uint32_t character(const char *s, size_t *n)
{
    size_t bytes = str_utf8(s);
    *n = bytes ? bytes : 1;
    return str_code_point(s, *n);
}

/* What a reader refuses, drops, or takes for the end of a line. */
static bool needs_escape(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ||
           c == 0xfeff || c == 0xfffe || c == 0xffff;
}

void yaml_quoted(struct buf *out, const char *s)
{
    buf_adds(out, "\"");
    for (size_t n; *s; s += n) {
        uint32_t c = character(s, &n);
        if (c == '\n')
            buf_adds(out, "\\n");
        else if (needs_escape(c))
            buf_addf(out, "\\u%04x", c);
        else
            buf_addf(out, "%s%.*s", c == '"' || c == '\\' ? "\\" : "", (int)n,
                     s);
    }
    buf_adds(out, "\"");
}

void yaml_list(struct buf *out, char *const *words, unsigned n, bool quoted)
{
    buf_adds(out, "[");
    for (unsigned i = 0; i < n; i++) {
        buf_adds(out, i ? ", " : "");
        if (quoted)
            yaml_quoted(out, words[i]);
        else
            yaml_word(out, words[i]);
    }
    buf_adds(out, "]");
}

/* The length of value up to and with the comma that ends its first item. */
static size_t item_length(const char *value)
{
    bool quoted = false;
    size_t n = 0;
    for (; value[n] && (quoted || value[n] != ','); n++) {
        quoted ^= value[n] == '"';
        n += quoted && value[n] == '\\' && value[n + 1];
    }
    return n + (value[n] == ',');
}

void yaml_field(struct buf *out, int indent, const char *key, const char *value)
{
    bool list = *value == '[';
    buf_addf(out, "%*s%s: ", indent, "", key);
    size_t used = (size_t)indent + strlen(key) + 2;
    while (*value) {
        size_t n = list ? item_length(value) : strlen(value);
        size_t needs = str_columns(value, n);
        if (list && *value == ' ' && used + needs > YAML_WIDTH) {
            buf_addf(out, "\n%*s", indent + 1, "");
            used = (size_t)indent + 1;
        }
        buf_add(out, value, n);
        used += needs;
        value += n;
    }
    buf_adds(out, "\n");
}

/* Folding takes away blanks at the ends of lines, and leaves alone the line
 * breaks around lines that begin with one. */
static bool is_foldable(const char *text)
{
    size_t n = strlen(text);
    if (n == 0 || strchr(" \n", *text))
        return false;
    if (n > 1 && text[n - 1] == '\n' && strchr(" \n", text[n - 2]))
        return false;
    for (const char *p = text; *p; p += n) {
        unsigned c = character(p, &n);
        bool ragged = c == ' ' && (strchr("\n", p[1]) || p[-1] == '\n');
        if (ragged || (needs_escape(c) && c != '\n'))
            return false;
    }
    return true;
}

/* How much of text goes on a line that has `room` columns: up to the last blank
 * between two words that fits, or the first if none does. */
static size_t line_length(const char *text, size_t room)
{
    size_t end = strcspn(text, "\n");
    size_t n = end;
    if (str_columns(text, end) <= room)
        return end;
    for (size_t i = 1; i + 1 < end; i++) {
        if (text[i] != ' ' || text[i - 1] == ' ' || text[i + 1] == ' ')
            continue;
        if (n < end && str_columns(text, i) > room)
            break;
        n = i;
    }
    return n;
}

static void fold(struct buf *out, int indent, const char *text)
{
    size_t room = (size_t)(YAML_WIDTH - indent);
    while (*text) {
        size_t n = line_length(text, room);
        buf_addf(out, "%*s%.*s\n", indent, "", (int)n, text);
        text += n;
        size_t breaks = strspn(text, "\n");
        for (size_t i = 0; i < breaks && text[breaks]; i++)
            buf_adds(out, "\n");
        text += breaks + (*text == ' ');
    }
}

void yaml_prose(struct buf *out, int indent, const char *key, const char *text)
{
    struct buf value = {0};
    if (is_foldable(text)) {
        buf_addf(out, "%*s%s: >%s\n", indent, "", key,
                 str_ends(text, "\n") ? "" : "-");
        fold(out, indent + 2, text);
        return;
    }
    yaml_quoted(&value, text);
    yaml_field(out, indent, key, buf_str(&value));
    buf_fini(&value);
}
