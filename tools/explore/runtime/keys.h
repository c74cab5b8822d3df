/* Thread-specific data of POSIX.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_EXPLORE_RUNTIME_KEYS_H
#define LOCKSTEP_EXPLORE_RUNTIME_KEYS_H

/* Calls the destructors of the current thread's values. */
void keys_destroy(void);

/* Forgets all keys. */
void keys_reset(void);

#endif
