/* What people should know of each kind of finding.
 * SPDX-License-Identifier: MIT */
#include "formats/support/kind_help.h"

#include "formats/support/problems.h"

static const struct kind_help helps[] = {
    [KIND_DATA_RACE] =
        {.id = "data-race",
         .title = "Data race",
         .what = "Two threads access the same memory at the same time, at "
                 "least one of them writes, and nothing orders the two "
                 "accesses. By the C standard the behaviour of the whole "
                 "program is undefined; in practice updates are lost and half "
                 "written values are read.",
         .mend = "Let both accesses hold the same mutex, make the object "
                 "atomic if it stands alone, or do not share it. `volatile`, a "
                 "sleep or a lock on one side only does not help.",
         .cwe = 362},
    [KIND_DEADLOCK] =
        {.id = "deadlock",
         .title = "Deadlock",
         .what = "Threads wait for each other in a circle, and none can go on. "
                 "It depends on the schedule, so that a program may run well "
                 "for long before it stands still.",
         .mend = "Take locks in one order everywhere, hold one at a time, or "
                 "do not wait for another thread while a lock is held that it "
                 "needs.",
         .cwe = 833},
    [KIND_DOUBLE_LOCK] =
        {.id = "double-lock",
         .title = "Mutex locked twice by one thread",
         .what = "A thread locks a mutex that it holds already. An ordinary "
                 "mutex then never comes free.",
         .mend = "Split the function into one that locks and one that expects "
                 "the lock to be held, and call the latter from inside.",
         .cwe = 764},
    [KIND_LOCK_ORDER] =
        {.id = "lock-order",
         .title = "Lock order inversion",
         .what = "Two locks are taken in both orders. Two threads that do so "
                 "at the same time each hold what the other one waits for.",
         .mend = "Choose one order of the locks and keep to it, by address if "
                 "by nothing else.",
         .cwe = 833},
    [KIND_LOST_WAKEUP] =
        {.id = "lost-wakeup",
         .title = "Wait that nothing can end",
         .what = "A thread waits for a signal that was sent before it waited, "
                 "or that nobody is left to send.",
         .mend = "Wait in a loop that tests a condition under the mutex, and "
                 "change the condition under the same mutex before the signal "
                 "is sent.",
         .cwe = 833},
    [KIND_ATOMICITY] =
        {.id = "atomicity",
         .title = "Atomicity violation",
         .what = "What was meant as one step is several, each of them "
                 "protected on its own; another thread comes in between.",
         .mend = "Hold the lock from the first to the last of the steps, or "
                 "use one atomic operation for all.",
         .cwe = 362},
    [KIND_LOCK_MISUSE] =
        {.id = "lock-misuse",
         .title = "Misuse of a synchronisation object",
         .what = "A lock, condition variable or the like is used in a way that "
                 "its specification leaves undefined, such as unlocking what "
                 "another thread has locked.",
         .mend = "Follow the manual page of the function that is named.",
         .cwe = 667},
    [KIND_LOCK_LEAK] =
        {.id = "lock-leak",
         .title = "Lock never released",
         .what = "A thread ends, or returns, with a lock held: the next one "
                 "who wants it waits for ever.",
         .mend = "Unlock on every way out of the function, those of errors "
                 "too.",
         .cwe = 667},
    [KIND_LONG_HOLD] =
        {.id = "long-hold",
         .title = "Lock held across a call that waits",
         .what = "A thread holds a lock while it waits for something else, and "
                 "all others wait with it.",
         .mend = "Take what is needed under the lock, unlock, then wait.",
         .cwe = 667},
    [KIND_THREAD_LEAK] =
        {.id = "thread-leak",
         .title = "Thread neither joined nor detached",
         .what = "A thread that has ended keeps its stack and its entry until "
                 "someone joins it, and nobody does.",
         .mend = "Join every thread that is not detached.",
         .cwe = 772},
    [KIND_USE_AFTER_FREE] =
        {.id = "use-after-free",
         .title = "Use of freed memory",
         .what = "A thread uses memory that another one, or itself, has freed.",
         .mend = "Let the last user free it: join the others first, or count "
                 "the references.",
         .cwe = 416},
    [KIND_SIGNAL_UNSAFE] =
        {.id = "signal-unsafe",
         .title = "Unsafe call in a signal handler",
         .what = "A signal handler calls a function that may not be called "
                 "there: it deadlocks or corrupts its data if the signal came "
                 "while that very function was at work.",
         .mend = "Set a flag of type `volatile sig_atomic_t`, write a byte "
                 "into a pipe, or take signals with `sigwait` in a thread.",
         .cwe = 479},
    [KIND_ERRNO_SPOILED] =
        {.id = "errno-spoiled",
         .title = "errno spoiled by a signal handler",
         .what = "A signal handler changes errno, and the code that it "
                 "interrupted reads the wrong error.",
         .mend = "Save errno when the handler begins and restore it at its "
                 "end.",
         .cwe = 0},
    [KIND_CRASH] =
        {.id = "crash",
         .title = "Crash",
         .what = "The program died of a fault, such as a segmentation fault or "
                 "an abort, at this place.",
         .mend = "Look at the stack in the raw report: a crash that comes and "
                 "goes is often a race.",
         .cwe = 0},
    [KIND_OTHER] =
        {.id = "other",
         .title = "Other report",
         .what = "The detector reported something that is none of the kinds "
                 "that Lockstep tells apart.",
         .mend = "See what the detector's manual says of this report.",
         .cwe = 0},
};

const struct kind_help kind_help_unlike_record = {
    .id = PROBLEM_UNLIKE_RECORD,
    .title = "Result unlike the record",
    .what = "What the detector said of this program is not what its manifest "
            "records: a bug is no longer flagged, for example.",
    .mend = "See what has changed: the program, the detector or its options. "
            "If the new result is right, record it.",
};

const struct kind_help kind_help_bad_end = {
    .id = PROBLEM_BAD_END,
    .title = "Program that does not end as it must",
    .what = "The program could not be built, hung, died, took too long, or "
            "ended with another exit code than it must, without a finding that "
            "tells of it.",
    .mend =
        "Run the command of the report by hand. --expect-exit names another "
        "exit code, --timeout gives it longer.",
};

const struct kind_help *kind_help(enum kind k)
{
    return &helps[k];
}
