/* What kind of mistake a finding tells of, in the field's terms.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_KIND_H
#define LOCKSTEP_MODEL_KIND_H

/* id as written in manifests and JSON, and the text for people. */
#define KIND_LIST(X)                                                           \
    X(DATA_RACE, "data-race", "data race")                                     \
    X(DEADLOCK, "deadlock", "deadlock")                                        \
    X(DOUBLE_LOCK, "double-lock", "mutex locked twice by one thread")          \
    X(LOCK_ORDER, "lock-order", "lock order inversion")                        \
    X(LOST_WAKEUP, "lost-wakeup", "wait that nothing can end")                 \
    X(ATOMICITY, "atomicity", "atomicity violation")                           \
    X(LOCK_MISUSE, "lock-misuse", "misuse of a synchronisation object")        \
    X(LOCK_LEAK, "lock-leak", "lock never released")                           \
    X(LONG_HOLD, "long-hold", "lock held across a call that waits")            \
    X(THREAD_LEAK, "thread-leak", "thread neither joined nor detached")        \
    X(USE_AFTER_FREE, "use-after-free", "use of freed memory")                 \
    X(SIGNAL_UNSAFE, "signal-unsafe", "unsafe call in a signal handler")       \
    X(ERRNO_SPOILED, "errno-spoiled", "errno spoiled by a signal handler")     \
    X(CRASH, "crash", "crash")                                                 \
    X(OTHER, "other", "other report")

enum kind {
#define KIND_ENUM(name, id, text) KIND_##name,
    KIND_LIST(KIND_ENUM)
#undef KIND_ENUM
        KIND_COUNT
};

const char *kind_id(enum kind k);
const char *kind_text(enum kind k);

/* The kind with that id, or KIND_COUNT. */
enum kind kind_by_id(const char *id);

#endif
