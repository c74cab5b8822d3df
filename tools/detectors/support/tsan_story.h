/* One finding of a ThreadSanitizer report as it is being read: its headings,
 * "  Write of size 8 at 0x... by thread T1:" and the like, say what the frames
 * below them are. Lines come as s[0..n), without their indentation or "FR|".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_TSAN_STORY_H
#define LOCKSTEP_DETECTORS_SUPPORT_TSAN_STORY_H

#include "model/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* Begins with detector, kind and native set; the rest is zeroed. */
struct tsan_story {
    struct finding finding; /* owned by whoever reads the report */
    bool collects;          /* frames go to the last access */
    bool settled;           /* the first stack is complete */
};

void tsan_story_heading(struct tsan_story *t, const char *s, size_t n);
void tsan_story_frame(struct tsan_story *t, const char *s, size_t n);

/* An empty line: the stack is complete. */
void tsan_story_pause(struct tsan_story *t);

/* A line that is not indented: of a crash, whether it read or wrote. */
void tsan_story_detail(struct tsan_story *t, const char *s, size_t n);

#endif
