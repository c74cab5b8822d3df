/* The kinds that ThreadSanitizer's words stand for.
 * SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "detectors/support/tsan.h"

static const struct {
    const char *start;
    enum kind kind;
} kinds[] = {
    {"data race", KIND_DATA_RACE}, /* also "data race on vptr (...)" */
    {"race on external object", KIND_DATA_RACE},
    {"heap-use-after-free", KIND_USE_AFTER_FREE},
    {"thread leak", KIND_THREAD_LEAK},
    {"lock-order-inversion", KIND_LOCK_ORDER},
    {"double lock of a mutex", KIND_DOUBLE_LOCK},
    {"destroy of a locked mutex", KIND_LOCK_MISUSE},
    {"use of an invalid mutex", KIND_LOCK_MISUSE},
    {"unlock of an unlocked mutex", KIND_LOCK_MISUSE},
    {"read lock of a write locked mutex", KIND_LOCK_MISUSE},
    {"read unlock of a write locked mutex", KIND_LOCK_MISUSE},
    {"mutex held in the wrong context", KIND_LOCK_MISUSE},
    {"signal-unsafe call inside of a signal", KIND_SIGNAL_UNSAFE},
    {"signal handler spoils errno", KIND_ERRNO_SPOILED},
};

enum kind tsan_kind(const char *native)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(native, kinds[i].start))
            return kinds[i].kind;
    return KIND_OTHER;
}
