/* The classes into which the literature sorts concurrency mistakes.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_PATTERN_H
#define LOCKSTEP_MODEL_PATTERN_H

#define PATTERN_LU "Lu et al. ASPLOS'08"
#define PATTERN_GOBENCH "Yuan et al. CGO'21, GoBench"

/* id as written in manifests and JSON, the text for people, and who named it.
 *
 * Lu, Park, Seo, Zhou, "Learning from Mistakes", ASPLOS 2008, sort bugs by
 * pattern (atomicity, order) and by the number of variables; their deadlocks,
 * a circle of threads that wait for what the next one holds, are GoBench's
 * resource deadlocks and no class of their own here.
 *
 * Of the classes of Yuan et al., "GoBench", CGO 2021, that do not block, the
 * order violation is Lu's, and the data race is a kind (kind.h). Go's anonymous
 * function, a goroutine that shares the variables around it, is in C the
 * address of a local given to a thread, and OpenMP's sharing by default. The
 * rest does not carry over: a closed channel that panics, the testing library,
 * and WaitGroup, whose misuse in C is one more broken order. */
#define PATTERN_LIST(X)                                                        \
    X(ATOMICITY_VIOLATION, "atomicity-violation",                              \
      "steps that belong together are parted by another thread", PATTERN_LU)   \
    X(ORDER_VIOLATION, "order-violation",                                      \
      "two steps happen in an order that nothing enforces",                    \
      PATTERN_LU "; " PATTERN_GOBENCH)                                         \
    X(MULTI_VARIABLE, "multi-variable",                                        \
      "several variables that belong together are seen apart", PATTERN_LU)     \
    X(CAPTURED_VARIABLE, "captured-variable",                                  \
      "a thread shares a variable that its creator goes on using",             \
      PATTERN_GOBENCH ": anonymous function")                                  \
    X(RESOURCE_DEADLOCK, "resource-deadlock",                                  \
      "threads wait for locks that they hold among themselves",                \
      PATTERN_LU "; " PATTERN_GOBENCH)                                         \
    X(COMMUNICATION_DEADLOCK, "communication-deadlock",                        \
      "a thread waits for a message or a signal that never comes",             \
      PATTERN_GOBENCH)                                                         \
    X(MIXED_DEADLOCK, "mixed-deadlock",                                        \
      "who waits for a message holds the lock that its sender needs",          \
      PATTERN_GOBENCH)

enum pattern {
#define PATTERN_ENUM(name, id, title, source) PATTERN_##name,
    PATTERN_LIST(PATTERN_ENUM)
#undef PATTERN_ENUM
        PATTERN_COUNT
};

const char *pattern_id(enum pattern p);
const char *pattern_title(enum pattern p);
const char *pattern_source(enum pattern p);

/* The pattern with that id, or PATTERN_COUNT. */
enum pattern pattern_by_id(const char *id);

#endif
