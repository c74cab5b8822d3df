/* What a class of cases is: the first paragraph of its README.md.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_CLASS_NOTE_H
#define LOCKSTEP_MODEL_CLASS_NOTE_H

/* The first paragraph of a Markdown text, headings left out, on one line; NULL
 * if there is none. Owned by the caller. */
char *class_note(const char *text);

#endif
