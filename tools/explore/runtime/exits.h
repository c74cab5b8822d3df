/* The ends of a program: exit, abort, a failed assertion, a fault.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_EXITS_H
#define LOCKSTEP_EXPLORE_RUNTIME_EXITS_H

#include <stdint.h>

/* The program ends with that code, after its exit handlers. */
_Noreturn void exits_normally(int code, uint64_t pc);

/* The last thread ends without exit: the handlers of that run all the same. */
_Noreturn void exits_last(void);

/* All threads of the program have ended, or one called exit: what is wrong with
 * how they leave it. Called once per execution that came so far. */
void exits_check(int code, uint64_t pc);

/* A signal that nothing handles ends the program, and that is a bug of it. */
_Noreturn void exits_killed(int signal, const char *what, uint64_t pc);

/* From now on faults of the program are told as bugs of it. */
void exits_catch_faults(void);

#endif
