/* Text of unknown origin, as each format can carry it.
 *
 * What none can carry is told in its place: "\x1b" for a byte that is no UTF-8
 * or a control character (but newline and tab), "\u{202e}" for a character that
 * XML forbids or that turns the direction of a line around. Nothing is dropped.
 * All append to out; NULL is "".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_ESCAPE_H
#define LOCKSTEP_FORMATS_SUPPORT_ESCAPE_H

#include "base/str.h"

/* The text itself, mended so; n bytes, of which any may be 0. */
void escape_mend(struct buf *out, const char *s, size_t n);

/* In an element of XML or HTML. */
void escape_xml(struct buf *out, const char *s);
void escape_xml_bytes(struct buf *out, const char *s, size_t n);

/* In an attribute of them, within double quotes: newlines survive. */
void escape_attribute(struct buf *out, const char *s);

/* In a line or a table's cell of GitHub's Markdown: one line, no markup. */
void escape_markdown(struct buf *out, const char *s);

/* A field of comma-separated values (RFC 4180), quoted if need be. Where a
 * spreadsheet would take it for a formula, an apostrophe stands before it. */
void escape_csv(struct buf *out, const char *s);

/* In the data, or in a property, of a command to GitHub's runner. */
void escape_command(struct buf *out, const char *s);
void escape_command_property(struct buf *out, const char *s);

/* In the plain text of a message of SARIF, where [words](1) is a link. */
void escape_sarif(struct buf *out, const char *s);

/* A path as that of a URI (RFC 3986). Bytes are bytes there: none is mended. */
void escape_uri(struct buf *out, const char *path);

#endif
