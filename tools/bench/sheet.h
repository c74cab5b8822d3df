/* A measurement as titled sheets of text cells, which the table and the page of
 * Markdown print: one sheet for each workload, and one for the sweep, by size.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_SHEET_H
#define LOCKSTEP_BENCH_SHEET_H

#include "bench/bench.h"

#define SHEET_MOST 24 /* columns; sizes that do not fit are left out */

enum sheet_tone { SHEET_PLAIN, SHEET_GOOD, SHEET_FAIR, SHEET_BAD };

struct sheet_head {
    char *name; /* owned */
    bool right; /* numbers */
    bool cut;   /* may be cut where the terminal is too narrow */
};

struct sheet_line {
    struct strv cells; /* one for each column; "" where there is nothing */
    enum sheet_tone tone;
};

struct sheet {
    char *title;
    struct sheet_head heads[SHEET_MOST];
    size_t columns;
    size_t toned; /* the column that the tone is for */
    VEC(struct sheet_line) lines;
};

VEC_TYPE(sheets, struct sheet);

void sheets_make(const struct bench_report *r, struct sheets *out);
void sheets_fini(struct sheets *l);

/* The next column; takes the name. */
void sheet_add_head(struct sheet *s, char *name, bool right, bool cut);
void sheet_fini(struct sheet *s);

/* The columns and lines, without the title, at most width wide. */
enum err sheet_print(FILE *out, const struct sheet *s, bool color,
                     size_t width);

/* How it ended, where threads were bound, outliers, what was skipped. */
void sheet_notes(const struct bench_report *r, struct strv *out);

/* Four digits in a unit that leaves some before the point; owned. */
char *sheet_duration(double seconds);

/* A speed-up: "1.95", "250", "4e5"; owned. */
char *sheet_ratio(double x);

/* "1e6", "2500000" where that is no power of ten; owned. */
char *sheet_size(uint64_t size);

#endif
