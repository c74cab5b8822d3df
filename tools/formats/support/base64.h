/* Base64 (RFC 4648).
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_BASE64_H
#define LOCKSTEP_FORMATS_SUPPORT_BASE64_H

#include "base/buf.h"

/* Appends n bytes, padded. */
void base64_add(struct buf *out, const void *bytes, size_t n);

/* The same of bytes that are given as hexadecimal digits. */
void base64_add_hex(struct buf *out, const char *digits);

#endif
