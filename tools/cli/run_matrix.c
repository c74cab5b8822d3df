/* Running the matrix from the command line.
 * SPDX-License-Identifier: MIT */
#include "cli/run_matrix.h"

#include "cli/command.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "engine/gate.h"
#include "engine/score.h"
#include "os/fs.h"

#include <stdlib.h>
#include <string.h>

/* What a shard is one of, at most. */
#define MOST_SHARDS 100000

enum { KEY_SCORE = 0x200, KEY_RESUME, KEY_SHARD };

struct own {
    bool score, resume;
    unsigned shard, shards;
};

/* "2/8" */
static void set_shard(struct own *own, const char *word,
                      struct argp_state *state)
{
    char *end;
    unsigned long shard = strtoul(word, &end, 10);
    bool good = *word >= '0' && *word <= '9' && *end == '/';
    const char *whole = good ? end + 1 : "";
    unsigned long shards = strtoul(whole, &end, 10);
    if (*whole < '0' || *whole > '9' || *end || shards > MOST_SHARDS ||
        shard < 1 || shard > shards)
        argp_error(state,
                   "--shard: '%s' is no part of a whole, such as 1/4, of at "
                   "most %d",
                   word, MOST_SHARDS);
    own->shard = (unsigned)shard;
    own->shards = (unsigned)shards;
}

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    struct own *own = state->input;
    switch (key) {
    case KEY_SCORE:
        own->score = true;
        return 0;
    case KEY_RESUME:
        own->resume = true;
        return 0;
    case KEY_SHARD:
        set_shard(own, arg, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option own_options[] = {
    {"score", KEY_SCORE, 0, 0,
     "Tell how each detector did; run does so for more than one case", 0},
    {"resume", KEY_RESUME, 0, 0,
     "Go on with the last such run, if it was broken off", 0},
    {"shard", KEY_SHARD, "I/N", 0,
     "Run only part I of N; `lockstep merge` joins them", 0},
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

int run_exit_code(const struct report *r, bool gate)
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

char *run_words(int argc, char **argv)
{
    struct buf b = {0};
    const char *verb = strchr(argv[0], ' ');
    buf_adds(&b, verb ? verb + 1 : argv[0]);
    for (int i = 1; i < argc; i++) {
        if (str_eq(argv[i], "--resume"))
            continue;
        buf_adds(&b, " ");
        str_shell_quote(&b, argv[i]);
    }
    return buf_take(&b);
}

static enum err measure(struct options *o, const struct corpus *corpus,
                        const struct selections *what, struct report *report,
                        struct diag *d)
{
    char *db = fs_join(o->out, HISTORY_FILE);
    enum err e = history_open(db, HISTORY_WRITE, &o->engine.history, d);
    free(db);
    if (e != ERR_OK)
        return e;
    progress_show(&o->engine);
    engine_probe(&o->engine, false, report);
    e = engine_run(&o->engine, corpus, what, report, d);
    progress_clear(&o->engine);
    if (e != ERR_OK)
        return e;
    gate_judge(report);
    score_report(report);
    e = history_end(o->engine.history, report);
    if (e != ERR_OK)
        diag_add(d, "%s", history_problem(o->engine.history));
    return e;
}

static int run_selected(struct options *o, const struct corpus *corpus,
                        const struct selections *what, bool gate)
{
    struct report report = {.gate.asked = gate};
    struct diag d = {0};
    int code = EXIT_INCOMPLETE;
    if (measure(o, corpus, what, &report, &d) == ERR_OK) {
        code = run_exit_code(&report, gate);
        if (o->format->write(&report, &o->style, stdout) != ERR_OK)
            code = EXIT_INCOMPLETE;
        if (outputs_write(&o->files, &report, &o->style) != ERR_OK)
            code = EXIT_INCOMPLETE;
    }
    print_diag(&d);
    diag_fini(&d);
    report_fini(&report);
    history_close(o->engine.history);
    return code;
}

int run_matrix(int argc, char **argv, const char *doc, bool gate)
{
    struct options o = {0};
    struct choice c = {0};
    struct own own = {0};
    char *words = run_words(argc, argv);
    options_parse(&o, argc, argv, "[CASE...]", doc,
                  ACCEPT_RUN | ACCEPT_DETECTOR | ACCEPT_OUT | ACCEPT_JSON |
                      ACCEPT_FORMAT | ACCEPT_TIMING,
                  &(struct own_options){&argp, &own, 1});
    signals_catch();
    int code = options_choose(&o, NULL, &c);
    o.style.score = own.score || (!gate && c.what.n > 1);
    o.style.most = o.words.n ? 0 : MOST_PROGRAMS;
    o.engine.words = words;
    o.engine.resume = own.resume;
    o.engine.shard = own.shard;
    o.engine.shards = own.shards;
    if (code == EXIT_PASSED)
        code = run_selected(&o, &c.corpus, &c.what, gate);
    choice_fini(&c);
    options_fini(&o);
    free(words);
    return code;
}
