/* The progress line.
 * SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

static void show(void *arg, size_t done, size_t total, const char *what)
{
    (void)arg;
    char line[80];
    snprintf(line, sizeof line, "[%zu/%zu] %s", done, total, what);
    fprintf(stderr, "\r%-79s", line);
    fflush(stderr);
}

void progress_show(struct engine_options *o)
{
    if (isatty(STDERR_FILENO))
        o->progress = show;
}

void progress_clear(const struct engine_options *o)
{
    if (o->progress)
        fprintf(stderr, "\r%79s\r", "");
}
