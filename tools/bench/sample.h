/* One run of one kernel: its time, or the reason why it is none.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SAMPLE_H
#define LOCKSTEP_BENCH_SAMPLE_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"

/* Borrowed. */
struct sample_spec {
    const char *program;
    const struct strv *args; /* without the threads, which come last */
    int threads;
    bool mpirun;       /* the threads are processes that mpirun starts */
    const char *value; /* what the program must print; NULL: anything */
    double timeout;    /* seconds */
};

struct sample {
    double seconds;        /* of one repetition, by its own clock; > 0 */
    unsigned long repeats; /* that is the mean of so many */
    char *value;           /* that it printed; owned */
    long involuntary;      /* context switches forced upon it */
};

/* "K=V" set or "K" unset, as of struct proc_spec: OpenMP runs with exactly the
 * threads asked for, each bound to a core. Ends with NULL. */
extern const char *const sample_env[];

/* Reads what a kernel prints (cases/kernel.h): the lines
 *     value <decimal>
 *     seconds <digits>.<9 to 15 digits>
 *     repeats <n>                          which may be missing: 1
 *     INVARIANT HELD: ...
 * and nothing else. ERR_INVALID with the reason in *problem (owned by the
 * caller) unless the value is the wanted one, if any, and the time is positive.
 * Else sample_fini is owed. */
enum err sample_parse(const char *text, const char *value, struct sample *out,
                      char **problem);
void sample_fini(struct sample *s);

/* Runs the program once. ERR_CANCELLED; ERR_INVALID with a message in d when
 * it crashed, hung, or printed something else. The environment is sample_env.
 */
enum err sample_take(const struct sample_spec *spec, struct sample *out,
                     struct diag *d);

#endif
