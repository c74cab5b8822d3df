/* The pictures of a measurement.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_PICTURES_H
#define LOCKSTEP_BENCH_PICTURES_H

#include "bench/bench.h"

/* Each writes one picture (bench/chart.h) of what was measured until now.
 * ERR_INVALID, and nothing written, if no row has figures for it; otherwise
 * what writing to out met with. */

/* Speed-ups of one work by threads, with the ideal line; logarithmic from more
 * than eight threads on. Variants without threads are left out. */
enum err picture_speedup(const struct bench_report *r, size_t work, FILE *out);

/* The time of one element over the sizes of the sweep, by the most threads that
 * were measured, of one compiler. What is far below all others, as a better
 * algorithm is, is left out and told. */
enum err picture_sizes(const struct bench_report *r, const char *compiler,
                       FILE *out);

/* The time of each work, a construct, by the most threads measured: a report of
 * BENCH_GROUP_OVERHEAD. */
enum err picture_overhead(const struct bench_report *r, FILE *out);

/* Times of one work by the downloads that run at a time (the threads of a row),
 * and the least that the latency of the server allows for. */
enum err picture_download(const struct bench_report *r, size_t work, FILE *out);

/* Writes all pictures that r has figures for as new files into dir and adds
 * their paths. On an error, a message in d; no part of a file remains. */
enum err pictures_write(const struct bench_report *r, const char *dir,
                        struct strv *paths, struct diag *d);

#endif
