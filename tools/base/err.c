/* Texts of the errors, and their mapping from errno.
 * SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <errno.h>
#include <stddef.h>

const char *err_text(enum err e)
{
    static const char *const texts[] = {
#define ERR_TEXT(name, text) text,
        ERR_LIST(ERR_TEXT)
#undef ERR_TEXT
    };
    if ((size_t)e >= sizeof texts / sizeof *texts)
        return "unknown error";
    return texts[e];
}

enum err err_from_errno(int number)
{
    switch (number) {
    case 0:
        return ERR_OK;
    case ENOENT:
    case ENOTDIR:
        return ERR_NOENT;
    case EEXIST:
    case ENOTEMPTY:
        return ERR_EXISTS;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_ACCESS;
    case ENOSPC:
    case EDQUOT:
        return ERR_NOSPACE;
    case EINTR:
        return ERR_CANCELLED;
    case ENOSYS:
    case EOPNOTSUPP:
        return ERR_UNSUPPORTED;
    default:
        return ERR_IO;
    }
}
