/* `lockstep cc`: the compiler driver whose programs explore themselves. It is
 * called as `cc` is: what compiles is compiled with the hooks of
 * ThreadSanitizer and without optimisation, what links is linked with the
 * runtime of the explorer in the place of its.
 *
 * After the link, each function of libraries that the objects call is either
 * one that the runtime wraps, or one of harmless.list, or goes through a stub
 * that remembers that it was called: a program that calls what the explorer
 * does not know is never called verified. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_DRIVER_H
#define LOCKSTEP_EXPLORE_DRIVER_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

struct driver {
    const char *compiler; /* gcc, clang-19, or a path to one of them */
    const char *lib;      /* the folder with liblockstep-explore.a */
};

/* Compiles and links as argv (without argv[0]) says; *code is the exit status
 * that the caller should have. What the compiler prints is left to go where it
 * goes. ERR_UNSUPPORTED with messages in d for what cannot be explored at all,
 * such as a shared library. */
enum err driver_run(const struct driver *o, char *const *argv, int *code,
                    struct diag *d);

/* What argv asks for. Lists are owned. */
struct driver_job {
    bool passes;     /* neither compiles nor links: left to the compiler */
    bool links;      /* else it stops at objects */
    const char *out; /* of -o, or NULL; borrowed */
    struct strv sources, objects;
    struct strv languages; /* of each source: "c" if -x says so, or "" */
    struct strv flags;     /* the rest, without what cannot be kept */
    struct strv line;      /* objects and flags in their order, for the linker;
                            * DRIVER_SOURCE stands for the next source */
    const char *refused;   /* what cannot be done at all, or NULL */
};

#define DRIVER_SOURCE "\1"

/* The words of argv, those of @FILE among them; out is the caller's. */
void driver_words(char *const *argv, struct strv *out);

/* Adds to the words of a compilation where the dependences go, and what the
 * rule in there is for, as if the compiler itself made that object: what it
 * does make is another file. Nothing where none were asked for. */
void driver_dependences(const struct driver_job *job, const char *source,
                        const char *object, struct strv *words);

/* Takes the options that ask for files of dependences off a command line. */
void driver_drop_dependences(struct strv *words);

/* The archive that -lNAME leads to, owned by the caller, or NULL: among the
 * folders of -L, where there is no shared library of that name. */
char *driver_archive(const struct strv *line, const char *name);

bool driver_is_assembly(const char *source);
void driver_parse(char *const *argv, struct driver_job *job);
void driver_job_fini(struct driver_job *job);

#endif
