/* The web server that kernels of the group io fetch from, while they run.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_BENCH_WEB_H
#define LOCKSTEP_BENCH_WEB_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "model/manifest.h"
#include "os/service.h"

struct web {
    struct service service;
    unsigned port; /* on 127.0.0.1 */
};

/* Starts program with the options that the entry gives and waits until it has
 * printed "port N". ERR_INVALID, ERR_NOENT... with a message in d if it does
 * not; else web_stop is owed. */
enum err web_start(const char *program, const struct server_entry *entry,
                   struct web *out, struct diag *d);

void web_stop(struct web *s);

/* Writes the list of URLs, one a line: requests of them, the paths in turn. */
enum err web_write_urls(const struct web *s, const struct strv *paths,
                        unsigned requests, const char *file);

#endif
