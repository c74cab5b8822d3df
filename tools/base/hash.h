/* Hashes of content, for names.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_HASH_H
#define LOCKSTEP_BASE_HASH_H

#include "base/buf.h"

/* XXH3 of the content, as 32 hexadecimal digits: good to tell contents apart,
 * not to defend against who wants two to agree. Caller frees. */
char *hash_of(const struct buf *content);

#endif
