/* The options that verbs share, and where Lockstep's own files are.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_CLI_OPTIONS_H
#define LOCKSTEP_CLI_OPTIONS_H

#include "cli/outputs.h"
#include "engine/engine.h"

#include <argp.h>

/* Which options a verb takes; --cases, --color and --help always. */
enum options_accepted {
    ACCEPT_RUN = 1,      /* --jobs --repeat --timeout --require */
    ACCEPT_DETECTOR = 2, /* --detector --family */
    ACCEPT_OUT = 4,      /* --out */
    ACCEPT_JSON = 8,     /* --json */
    ACCEPT_FORMAT = 16,  /* --format --all */
    ACCEPT_TIMING = 32,  /* --timing */

    /* What is so if it is not given: */
    DEFAULT_ONE_JOB = 0x1000,  /* --jobs is 1, not the cores */
    DEFAULT_UNDECIDED = 0x2000 /* --repeat and --timeout are 0 */
};

struct options {
    struct engine_options engine; /* strings below; lists owned */
    struct format_options style;
    const struct format *format; /* of stdout: table unless told otherwise */
    bool format_given;
    struct outputs files; /* --format ID=FILE */
    bool json;
    const char *family; /* "static" and the like, or NULL: all */
    bool by_name;       /* detectors were named, not only a family */
    struct strv words;  /* what is not an option */
    char *cases;        /* the corpus */
    char *home_cases;   /* Lockstep's own cases, for case.h */
    char *configs, *lib, *out;
    char *tool;           /* the executable that this is */
    struct strv pictures; /* texts, for style */
};

/* A verb's own options, beside the shared ones: an argp, and its input. */
struct own_options {
    const struct argp *argp;
    void *input;
    unsigned repeat; /* --repeat if it is not given; 0: 1 */
};

/* Parses argv of a verb; ends the program with 2 on a bad option and with 0
 * on --help. args_doc and doc as in argp; own may be NULL. options_fini is
 * owed. */
void options_parse(struct options *o, int argc, char **argv,
                   const char *args_doc, const char *doc, unsigned accepted,
                   const struct own_options *own);
void options_fini(struct options *o);

/* Chooses the detectors that watch programs run, if none was named. */
void options_only_dynamic(struct options *o);

/* text, given to the option called so, as a number in [min, max]; anything else
 * is a usage error. */
double options_number(const char *option, const char *text, double min,
                      double max, struct argp_state *state);

/* What a verb works on. Zero-initialise. */
struct choice {
    struct corpus corpus;
    struct selections what;
};

/* Loads the corpus of --cases and selects what the words name, or everything
 * if there are none; a verb that needs a CASE gives its name as needy, others
 * NULL. Prints what is wrong. Exit code; choice_fini is owed either way. */
int options_choose(const struct options *o, const char *needy,
                   struct choice *c);
void choice_fini(struct choice *c);

/* Prints each message as "lockstep: ..." on stderr. */
void print_diag(const struct diag *d);

/* Fills in the files of Lockstep's own: configs, lib, home_cases. */
void locate(struct options *o);

#endif
