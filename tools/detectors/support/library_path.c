/* Where a program finds its shared objects first.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/library_path.h"

#include <stdlib.h>
#include <string.h>

bool library_path_can(const char *dir)
{
    return !strpbrk(dir, ":;");
}

void library_path(const char *dir, struct strv *env)
{
    const char *before = getenv("LD_LIBRARY_PATH");
    strv_addf(env, "LD_LIBRARY_PATH=%s%s%s", dir, before ? ":" : "",
              before ? before : "");
}
