/* Text of unknown origin, as each format can carry it.
 * SPDX-License-Identifier: MIT */
#include "formats/support/escape.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

/* The code point of the character of n bytes at s. */
static uint32_t code_point(const unsigned char *s, size_t n)
{
    uint32_t c = n == 1 ? s[0] : s[0] & (0xffu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3fu);
    return c;
}

static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/* Overrides of the direction, and what is no character at all. */
static bool is_treacherous(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0x200e || c == 0x200f || c == 0x61c || c == 0xfffe ||
           c == 0xffff;
}

static void add_bytes(struct buf *out, const unsigned char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "\\x%02x", s[i]);
}

/* As str_utf8, of a text of n bytes. */
static size_t character(const char *s, size_t n)
{
    char some[5] = {0};
    if ((unsigned char)*s < 0x80)
        return 1;
    memcpy(some, s, n < 4 ? n : 4);
    return str_utf8(some);
}

void escape_mend(struct buf *out, const char *s, size_t n)
{
    size_t from = 0;
    for (size_t i = 0, step; i < n; i += step) {
        const unsigned char *u = (const unsigned char *)s + i;
        size_t size = character(s + i, n - i);
        uint32_t c = size ? code_point(u, size) : 0;
        step = size ? size : 1;
        if (size && !is_control(c) && !is_treacherous(c))
            continue;
        buf_add(out, s + from, i - from);
        if (size && is_treacherous(c))
            buf_addf(out, "\\u{%x}", c);
        else
            add_bytes(out, u, step);
        from = i + step;
    }
    buf_add(out, s + from, n - from);
}

/* What stands for a byte, or NULL: itself. */
typedef const char *replacement(char c);

static void replace(struct buf *out, const char *s, size_t n, replacement *of)
{
    struct buf mended = {0};
    size_t from = 0;
    escape_mend(&mended, s ? s : "", s ? n : 0);
    const char *text = buf_str(&mended);
    for (size_t i = 0; i < mended.len; i++) {
        const char *r = of(text[i]);
        if (!r)
            continue;
        buf_add(out, text + from, i - from);
        buf_adds(out, r);
        from = i + 1;
    }
    buf_add(out, text + from, mended.len - from);
    buf_fini(&mended);
}

static void replace_all(struct buf *out, const char *s, replacement *of)
{
    replace(out, s, s ? strlen(s) : 0, of);
}

static const char *in_xml(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static const char *in_attribute(char c)
{
    return c == '\n' ? "&#10;" : c == '\t' ? "&#9;" : in_xml(c);
}

void escape_xml(struct buf *out, const char *s)
{
    replace_all(out, s, in_xml);
}

void escape_xml_bytes(struct buf *out, const char *s, size_t n)
{
    replace(out, s, n, in_xml);
}

void escape_attribute(struct buf *out, const char *s)
{
    replace_all(out, s, in_attribute);
}

static const char *in_markdown(char c)
{
    static const char marks[] = "\\`*_[]|#~$!";
    static const char *const escaped[] = {"\\\\", "\\`", "\\*", "\\_",
                                          "\\[",  "\\]", "\\|", "\\#",
                                          "\\~",  "\\$", "\\!"};
    const char *mark = c ? strchr(marks, c) : NULL;
    if (mark)
        return escaped[mark - marks];
    switch (c) {
    case '\n':
    case '\t':
        return " ";
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    default:
        return NULL;
    }
}

void escape_markdown(struct buf *out, const char *s)
{
    replace_all(out, s, in_markdown);
}

static const char *in_csv(char c)
{
    return c == '"' ? "\"\"" : NULL;
}

void escape_csv(struct buf *out, const char *s)
{
    bool formula = s && *s && strchr("=+-@\t\r", *s);
    bool quoted = formula || (s && strpbrk(s, ",;\"\t\r\n"));
    buf_adds(out, quoted ? "\"" : "");
    buf_adds(out, formula ? "'" : "");
    replace_all(out, s, in_csv);
    buf_adds(out, quoted ? "\"" : "");
}

static const char *in_command(char c)
{
    return c == '%' ? "%25" : c == '\n' ? "%0A" : NULL;
}

static const char *in_property(char c)
{
    return c == ':' ? "%3A" : c == ',' ? "%2C" : in_command(c);
}

void escape_command(struct buf *out, const char *s)
{
    replace_all(out, s, in_command);
}

void escape_command_property(struct buf *out, const char *s)
{
    replace_all(out, s, in_property);
}

static const char *in_sarif(char c)
{
    return c == '[' ? "\\[" : c == ']' ? "\\]" : c == '\\' ? "\\\\" : NULL;
}

void escape_sarif(struct buf *out, const char *s)
{
    replace_all(out, s, in_sarif);
}

void escape_uri(struct buf *out, const char *path)
{
    for (const unsigned char *p = (const unsigned char *)path; *p; p++) {
        if (*p < 0x80 && (isalnum(*p) || strchr("-._~/!$&'()*+,;=@", *p)))
            buf_addf(out, "%c", *p);
        else
            buf_addf(out, "%%%02X", *p);
    }
}
