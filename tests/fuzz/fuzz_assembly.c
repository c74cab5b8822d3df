/* Fuzzes what adds hooks to assembly: each line is still there, in its order.
 * SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "explore/captured.h"
#include "explore/unhooked.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const char *text, const char *mended)
{
    for (; *text; text += *text == '\n') {
        size_t n = strcspn(text, "\n");
        char *line = str_ndup(text, n);
        mended = strstr(mended, line);
        if (!mended)
            abort();
        mended += n;
        free(line);
        text += n;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = str_ndup((const char *)data, n);
    struct buf gcc = {0}, clang = {0}, captured = {0};
    unhooked_mend(text, false, &gcc);
    unhooked_mend(text, true, &clang);
    captured_mend(text, &captured);
    check(text, buf_str(&gcc));
    check(text, buf_str(&clang));
    buf_fini(&gcc);
    buf_fini(&clang);
    buf_fini(&captured);
    free(text);
    return 0;
}
