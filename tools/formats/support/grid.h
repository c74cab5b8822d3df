/* A table that keeps within the terminal: where the heads of its columns are
 * too wide, they stand above each other as a flight of stairs,
 *
 *     CASE          drd
 *                   |  helgrind
 *     data-race     |  |  watchdog
 *       stop-flag   F. F. m.
 *
 * and where that is too wide too, the columns follow in several blocks. (The
 * tables of libsmartcols can only cut or wrap their cells.)
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_FORMATS_SUPPORT_GRID_H
#define LOCKSTEP_FORMATS_SUPPORT_GRID_H

#include "base/vec.h"
#include "formats/format.h"
#include "formats/support/style.h"

struct grid_cell {
    char *text;
    enum tone tone;
};

VEC_TYPE(grid_cells, struct grid_cell);

struct grid_column {
    const char *head;
    bool right;   /* aligned */
    size_t width; /* of the widest cell */
};

VEC_TYPE(grid_columns, struct grid_column);

struct grid_row {
    char *name;
    struct grid_cells cells; /* may be fewer than columns */
};

VEC_TYPE(grid_rows, struct grid_row);

/* Zero-initialise; the first column is that of the rows' names. */
struct grid {
    const char *head; /* above the names */
    size_t width;     /* of the widest name */
    struct grid_columns columns;
    struct grid_rows rows;
};

void grid_fini(struct grid *g);

/* All columns come before the first row; head is borrowed. */
void grid_column(struct grid *g, const char *head, bool right);
/* Both take ownership of what str_fmt gave; a cell belongs to the last row. */
void grid_row(struct grid *g, char *name);
void grid_cell(struct grid *g, char *text, enum tone t);

/* Whether all fits into width columns with each head above its column. */
bool grid_fits(const struct grid *g, int width);

/* Heads stand at the top, and again below a table that is long. */
void grid_print(const struct grid *g, const struct format_options *o,
                FILE *out);

#endif
