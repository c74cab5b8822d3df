/* Visitors that come through several turnstiles at a time.
 * SPDX-License-Identifier: MIT */
#ifndef VISITORS_H
#define VISITORS_H

/* Lets one in; from any thread. */
void visitors_enter(void);

/* How many came in; from any thread. */
long visitors_count(void);

/* The cheap way, by a counter that nobody guards: some may be lost. */
void visitors_pass(void);

/* About how many passed; when all have. */
long visitors_estimate(void);

#endif
