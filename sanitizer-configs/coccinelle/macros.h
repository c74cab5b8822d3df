/* What spatch cannot read as it stands: annotations, whose headers it does not
 * read, and C11's words for atomic types and alignment.
 * SPDX-License-Identifier: MIT */
#define GUARDED_BY(x)
#define PT_GUARDED_BY(x)
#define ACQUIRED_AFTER(...)
#define ACQUIRED_BEFORE(...)
#define REQUIRES(...)
#define REQUIRES_SHARED(...)
#define EXCLUDES(...)
#define ACQUIRE(...)
#define ACQUIRE_SHARED(...)
#define TRY_ACQUIRE(...)
#define TRY_ACQUIRE_SHARED(...)
#define RELEASE(...)
#define RELEASE_ANY(...)
#define NO_THREAD_SAFETY_ANALYSIS
#define _Atomic(x) x
#define _Alignas(x)
