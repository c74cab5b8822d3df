/* --pictures: a folder of pictures for the format html.
 * SPDX-License-Identifier: MIT */
#include "cli/pictures_option.h"

#include "os/fs.h"

#include <stdlib.h>

enum err pictures_read(const char *dir, struct strv *out)
{
    struct strv names = {0};
    size_t before = out->n;
    enum err e = fs_list(dir, &names);
    for (size_t i = 0; e == ERR_OK && i < names.n; i++) {
        struct buf text = {0};
        char *path = fs_join(dir, names.v[i]);
        if (str_ends(names.v[i], ".svg") && fs_is_file(path)) {
            e = fs_read(path, &text);
            strv_take(out, buf_take(&text));
        }
        free(path);
        buf_fini(&text);
    }
    strv_fini(&names);
    return e == ERR_OK && out->n == before ? ERR_NOENT : e;
}
