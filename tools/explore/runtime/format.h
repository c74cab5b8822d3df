/* The strings that printf and its kin read for %s.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_FORMAT_H
#define LOCKSTEP_EXPLORE_RUNTIME_FORMAT_H

#include <stdarg.h>
#include <stdint.h>

/* Tells the accesses that a call with this format and these arguments makes. A
 * conversion that is not understood raises a doubt. ap is used up. */
void format_access(const char *format, va_list ap, uint64_t pc);

/* Tells the writes of a scanf that assigned n of its arguments. */
void format_scanned(const char *format, va_list ap, int n, uint64_t pc);

#endif
