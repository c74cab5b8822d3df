/* A simulated program as C, to hold the runtime against brute force.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_EXPLORE_EMIT_H
#define LOCKSTEP_TESTS_EXPLORE_EMIT_H

#include "sim.h"

#include <stdio.h>

/* Whether the program has a counterpart in C: budgets of timeouts and of
 * spurious wake-ups are options of the explorer, not part of it. */
bool emit_can(const struct sim_program *p);

/* Writes a C17 program for POSIX threads. Variables are _Atomic and accessed in
 * sequentially consistent order, so that no access is a data race; with plain
 * set they are ordinary. main creates the threads that nobody else creates,
 * joins all that main created, and prints the variables and registers in one
 * line. */
void emit_c(const struct sim_program *p, const char *text, bool plain,
            FILE *out);

#endif
