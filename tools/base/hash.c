/* Hashes of content, for names.
 * SPDX-License-Identifier: MIT */
#include "base/hash.h"

#include "base/str.h"

#include <xxhash.h>

char *hash_of(const struct buf *content)
{
    XXH128_hash_t hash = XXH3_128bits(buf_str(content), content->len);
    return str_fmt("%016llx%016llx", (unsigned long long)hash.high64,
                   (unsigned long long)hash.low64);
}
