/* Says of a function that its caller holds a lock, for clang's thread-safety
 * analysis: lint.own-code includes cases/thread_safety.h before, where the word
 * has a meaning. (What guards a member of a struct, clang 19 does not follow in
 * C.)
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BASE_GUARDED_H
#define LOCKSTEP_BASE_GUARDED_H

#ifndef THREAD_SAFETY_H
#define REQUIRES(...)
#endif

#endif
