/* lockstep cc: the compiler driver whose programs can be explored.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "explore/driver.h"

#include <stdio.h>
#include <stdlib.h>

#define COMPILER_VARIABLE "LOCKSTEP_CC"

static void help(void)
{
    puts("Usage: lockstep cc ARGUMENT...\n"
         "Compile and link as cc does, into a program that `lockstep explore` "
         "explores:\n    make CC=\"lockstep cc\"\n\n"
         "  The compiler is $" COMPILER_VARIABLE ", gcc by default; clang-19 "
         "is the other one that is\n  known. -O is always 0; -shared, -static, "
         "-fopenmp and other sanitizers are\n  refused.");
}

/* All words are the compiler's, so that nothing is taken from it. */
static int run(int argc, char **argv)
{
    struct options o = {0};
    struct diag d = {0};
    const char *compiler = getenv(COMPILER_VARIABLE);
    int code;
    if (argc > 1 && str_eq(argv[1], "--help")) {
        help();
        return EXIT_PASSED;
    }
    locate(&o);
    const struct driver driver = {
        .compiler = compiler && *compiler ? compiler : "gcc", .lib = o.lib};
    driver_run(&driver, argv + 1, &code, &d);
    print_diag(&d);
    diag_fini(&d);
    options_fini(&o);
    return code;
}

const struct command command_cc = {
    .name = "cc",
    .summary = "compile a program so that it can be explored",
    .run = run,
};
