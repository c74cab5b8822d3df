/* The file in which a preloaded recorder notes where a program died of a fault.
 *
 * A program that runs with LD_PRELOAD=liblockstep-locks.so and the path of a
 * file in DEATHS_VARIABLE adds a line to it just before a signal of a fault
 * (SEGV, BUS, FPE, ILL, ABRT) ends it, unless the program deals with that
 * signal itself: SIGNAL ADDRESS... PATH\n SIGNAL is its number; the ADDRESSes,
 * in hexadecimal and innermost first, are those of the executable that are on
 * the stack of the thread: each lies within the instruction meant, as the ELF
 * file numbers them. PATH is that file, from the first slash on. A line without
 * its end was cut short by the end of the program. SPDX-License-Identifier: MIT
 */
#ifndef LOCKSTEP_WATCH_DEATHS_H
#define LOCKSTEP_WATCH_DEATHS_H

#define DEATHS_VARIABLE "LOCKSTEP_DEATHS"
#define DEATHS_FRAMES 32 /* at most so many addresses */

#endif
