/* The one list of errors that Lockstep's functions return.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_ERR_H
#define LOCKSTEP_BASE_ERR_H

#define ERR_LIST(X)                                                            \
    X(OK, "no error")                                                          \
    X(NOENT, "no such file or directory")                                      \
    X(EXISTS, "already exists")                                                \
    X(ACCESS, "permission denied")                                             \
    X(NOSPACE, "no space left on the device")                                  \
    X(IO, "input/output error")                                                \
    X(INVALID, "invalid content")                                              \
    X(UNSUPPORTED, "not supported here")                                       \
    X(CANCELLED, "interrupted")

enum err {
#define ERR_ENUM(name, text) ERR_##name,
    ERR_LIST(ERR_ENUM)
#undef ERR_ENUM
};

/* A static English text; never NULL. */
const char *err_text(enum err e);

/* The nearest enum err of an errno value. */
enum err err_from_errno(int number);

#endif
