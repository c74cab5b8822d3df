/* Running the matrix from the command line.
 * SPDX-License-Identifier: MIT */
#include "cli/run_matrix.h"

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "engine/gate.h"
#include "engine/score.h"

/* Programs whose findings are told when no case is named. */
#define MOST_PROGRAMS 10

enum { KEY_SCORE = 0x200 };

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    (void)arg;
    bool *score = state->input;
    if (key != KEY_SCORE)
        return ARGP_ERR_UNKNOWN;
    *score = true;
    return 0;
}

static const struct argp_option own_options[] = {
    {"score", KEY_SCORE, 0, 0,
     "Tell how each detector did; run does so for more than one case", 0},
    {0},
};

static const struct argp argp = {own_options, parse_one, NULL, NULL,
                                 NULL,        NULL,      NULL};

static bool anything_judged(const struct report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (r->results.v[i].outcome < OUTCOME_UNSUPPORTED)
            return true;
    return false;
}

static bool failed_to_run(const struct result *r)
{
    return r->outcome == OUTCOME_BUILD_FAILED ||
           r->outcome == OUTCOME_NO_TOKEN ||
           (r->outcome == OUTCOME_CRASHES && !result_died_as_recorded(r));
}

static bool anything_failed_to_run(const struct report *r)
{
    for (size_t i = 0; i < r->results.n; i++)
        if (failed_to_run(&r->results.v[i]))
            return true;
    return false;
}

static int exit_code(const struct report *r, bool gate)
{
    if (r->cancelled)
        return signals_exit_code();
    if (r->gate.incomplete.n)
        return EXIT_INCOMPLETE;
    if (!anything_judged(r))
        return EXIT_SKIPPED;
    if (gate)
        return r->gate.passed ? EXIT_PASSED : EXIT_FAILED;
    return anything_failed_to_run(r) ? EXIT_FAILED : EXIT_PASSED;
}

static int run_selected(struct options *o, const struct corpus *corpus,
                        const struct selections *what, bool gate)
{
    struct report report = {.gate.asked = gate};
    struct diag d = {0};
    progress_show(&o->engine);
    engine_probe(&o->engine, false, &report);
    enum err e = engine_run(&o->engine, corpus, what, &report, &d);
    progress_clear(&o->engine);
    int code = EXIT_INCOMPLETE;
    if (e == ERR_OK) {
        gate_judge(&report);
        score_report(&report);
        code = exit_code(&report, gate);
        if (o->format->write(&report, &o->style, stdout) != ERR_OK)
            code = EXIT_INCOMPLETE;
    }
    print_diag(&d);
    diag_fini(&d);
    report_fini(&report);
    return code;
}

int run_matrix(int argc, char **argv, const char *doc, bool gate)
{
    struct options o = {0};
    struct choice c = {0};
    bool score = false;
    const struct own_options own = {&argp, &score, 1};
    options_parse(&o, argc, argv, "[CASE...]", doc,
                  ACCEPT_RUN | ACCEPT_DETECTOR | ACCEPT_OUT | ACCEPT_JSON |
                      ACCEPT_FORMAT | ACCEPT_TIMING,
                  &own);
    signals_catch();
    int code = options_choose(&o, NULL, &c);
    o.style.score = score || (!gate && c.what.n > 1);
    o.style.most = o.words.n ? 0 : MOST_PROGRAMS;
    if (code == EXIT_PASSED)
        code = run_selected(&o, &c.corpus, &c.what, gate);
    choice_fini(&c);
    options_fini(&o);
    return code;
}
