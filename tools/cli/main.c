/* lockstep: finds the verb and hands over to it.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"

#include "base/str.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

const char *argp_program_version = "lockstep " LOCKSTEP_VERSION;

static void print_help(FILE *out)
{
    fputs("Usage: lockstep VERB [OPTION...] [CASE...]\n"
          "Paired concurrency bugs in C, and who sees them.\n\n",
          out);
    for (const struct command *const *c = commands; *c; c++)
        fprintf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
    fputs("\n`lockstep VERB --help` tells the options of a verb. CASE is "
          "class/name, a bare\nname that is unique, or either with :variant. "
          "Exit codes: 0 passed, 1 failed,\n2 usage or manifest error, 3 a "
          "detector broken or missing, 77 all skipped.\n",
          out);
}

static const struct command *find(const char *name)
{
    for (const struct command *const *c = commands; *c; c++)
        if (str_eq((*c)->name, name))
            return *c;
    return NULL;
}

/* What could not be printed was not done. */
static int flushed(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fputs("lockstep: stdout cannot be written to\n", stderr);
    return code == EXIT_PASSED ? EXIT_INCOMPLETE : code;
}

int main(int argc, char **argv)
{
    argp_err_exit_status = EXIT_USAGE;
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (str_eq(argv[1], "--help") || str_eq(argv[1], "help")) {
        print_help(stdout);
        return flushed(EXIT_PASSED);
    }
    if (str_eq(argv[1], "--version")) {
        puts(argp_program_version);
        return flushed(EXIT_PASSED);
    }
    const struct command *c = find(argv[1]);
    if (!c) {
        fprintf(stderr,
                "lockstep: no verb '%s'; `lockstep --help` lists "
                "them\n",
                argv[1]);
        return EXIT_USAGE;
    }
    char *name = str_fmt("lockstep %s", c->name);
    argv[1] = name;
    int code = c->run(argc - 1, argv + 1);
    free(name);
    return flushed(code);
}
