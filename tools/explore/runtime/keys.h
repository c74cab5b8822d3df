/* Thread-specific data of POSIX.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_KEYS_H
#define LOCKSTEP_EXPLORE_RUNTIME_KEYS_H

/* Calls the destructors of the current thread's values. */
void keys_destroy(void);

/* The keys that there are now are there in every execution; back to them. */
void keys_keep(void);
void keys_reset(void);

#endif
