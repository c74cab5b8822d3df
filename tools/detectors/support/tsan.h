/* What the ThreadSanitizers of gcc and clang have in common: how a program is
 * built and run under them, and their reports.
 *
 * Reports are asked for with stack_trace_format (TSAN_FRAMES), whose frames
 * can be told apart by a program; their other lines are those of
 * compiler-rt/lib/tsan/rtl/tsan_report.cpp.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TSAN_H
#define LOCKSTEP_DETECTORS_SUPPORT_TSAN_H

#include "detectors/detector.h"

/* number, function, file, line, column, module of one frame */
#define TSAN_FRAMES "FR|%n|%f|%s|%l|%c|%m"

struct tsan {
    const char *id;
    const char *compiler;
    const char *optimise; /* the level that keeps lines exact */
    bool stand_in;        /* OpenMP code calls libgomp; libomp must stand in */
    enum program_runtime runtime; /* that its compiler builds in */
};

/* Archer tells ThreadSanitizer what OpenMP orders. */
#define TSAN_ARCHER "/usr/lib/llvm-19/lib/libarcher.so"
/* LLVM's libomp under the name of gcc's libgomp, in the folder of Lockstep's
 * shared objects: Archer listens to libomp only. */
#define TSAN_STAND_IN "openmp/libgomp.so.1"

/* Says in s->no_openmp what a usable detector lacks for OpenMP. */
void tsan_probe_openmp(const struct tsan *t, const struct detector_env *env,
                       struct detector_status *s);

/* As detector's prepare. */
void tsan_prepare(const struct tsan *t, const struct detector_env *env,
                  const struct target *target, const char *report_dir,
                  struct launch *l);

/* As detector's parse. */
enum err tsan_parse(const struct tsan *t, const struct run_output *o,
                    struct findings *findings, char **problem);

/* Adds the findings of one report. A last one that was cut off is kept if its
 * first stack is complete. ERR_INVALID and *problem (caller frees) when the
 * text tells that the runtime broke; what was found before is added. */
enum err tsan_parse_text(const char *detector, const char *text, size_t n,
                         struct findings *findings, char **problem);

/* The kind of a report headed native. */
enum kind tsan_kind(const char *native);

#endif
