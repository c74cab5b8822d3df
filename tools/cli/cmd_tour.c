/* lockstep tour: what Lockstep does, seen in two minutes.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "formats/support/style.h"
#include "os/foreground.h"

#include <errno.h>
#include <string.h>

enum { MOST_WORDS = 16 };

/* A stop of the tour: a command of Lockstep's own. */
struct stop {
    const char *title;
    int code;   /* which it ends with, if all is well */
    bool looks; /* it takes no --out */
    const char *words[MOST_WORDS];
};

static const struct stop stops[] = {
    {"Which detectors are alive", EXIT_PASSED, false, {"doctor"}},
    {"A data race, at both its lines",
     EXIT_PASSED,
     false,
     {"run", "--detector", "tsan-gcc", "unlocked-counter"}},
    {"What mends it", EXIT_PASSED, true, {"show", "--fix", "unlocked-counter"}},
    {"Who sees what, who does not, and whether that is still so",
     EXIT_PASSED,
     false,
     {"gate", "--family", "dynamic", "unlocked-counter", "fake-database",
      "fake-database-split-lock", "double-acquire", "lock-order-inversion",
      "lost-wakeup", "producer-consumer-queue", "missing-reduction"}},
    {"A schedule that fails, and the proof that no schedule of the fix does",
     EXIT_FAILED,
     false,
     {"explore", "lost-wakeup"}},
    {"What threads bring",
     EXIT_PASSED,
     false,
     {"bench", "cpu", "--compilers", "gcc", "--seconds", "10", "--workloads",
      "range"}},
};

static void announce(const struct options *o, const struct stop *s)
{
    printf("%s# %s%s\n$ lockstep", style(o->style.color, TONE_BOLD), s->title,
           style(o->style.color, TONE_PLAIN));
    for (const char *const *w = s->words; *w; w++)
        printf(" %s", *w);
    puts("\n");
    fflush(stdout);
}

/* What the tour was told, its stops are told. */
static int visit(const struct options *o, const struct stop *s)
{
    struct strv argv = {0};
    strv_add(&argv, "/proc/self/exe");
    for (const char *const *w = s->words; *w; w++)
        strv_add(&argv, *w);
    strv_addf(&argv, "--color=%s", o->style.color ? "always" : "never");
    strv_addf(&argv, "--cases=%s", o->cases);
    if (!s->looks)
        strv_addf(&argv, "--out=%s", o->out);
    announce(o, s);
    int code = foreground_run(argv.v);
    if (code < 0) {
        fprintf(stderr, "lockstep: %s\n", strerror(errno));
        code = EXIT_INCOMPLETE;
    }
    strv_fini(&argv);
    return code;
}

static int go_round(const struct options *o)
{
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        int code = visit(o, &stops[i]);
        putchar('\n');
        if (code != stops[i].code) {
            fprintf(stderr, "lockstep: `lockstep %s` ended with %d, not %d\n",
                    stops[i].words[0], code, stops[i].code);
            return code == EXIT_PASSED ? EXIT_FAILED : code;
        }
    }
    puts(
        "`lockstep list` names all cases, `lockstep show CASE` tells of one, "
        "and\n`lockstep check -- ./my_test` asks the detectors about a program "
        "of your own.");
    return EXIT_PASSED;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    options_parse(&o, argc, argv, "",
                  "See what Lockstep does, in two minutes: which detectors are "
                  "alive, a race and what mends it, who sees what, a schedule "
                  "that fails, and what threads bring."
                  "\vIt runs other verbs, and ends with the exit code of the "
                  "first that does not do as it should.",
                  ACCEPT_OUT, NULL);
    int code = go_round(&o);
    options_fini(&o);
    return code;
}

const struct command command_tour = {
    .name = "tour",
    .summary = "see what Lockstep does, in two minutes",
    .run = run,
};
