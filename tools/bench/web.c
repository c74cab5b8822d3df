/* Starts the web server, and lists what there is to fetch.
 * SPDX-License-Identifier: MIT */
#include "bench/web.h"

#include "os/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double patience = 10; /* seconds, until it listens */

static void make_command(const char *program, const struct server_entry *e,
                         struct strv *argv)
{
    const struct {
        const char *name;
        unsigned value;
    } options[] = {{"--latency", e->latency_ms},
                   {"--jitter", e->jitter_ms},
                   {"--bandwidth", e->bandwidth},
                   {"--seed", e->seed}};
    strv_add(argv, program);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (options[i].value > 0) {
            strv_add(argv, options[i].name);
            strv_addf(argv, "%u", options[i].value);
        }
    for (unsigned i = 0; i < e->fail_count; i++) {
        strv_add(argv, "--fail");
        strv_add(argv, e->fail[i]);
    }
}

/* "port N", and nothing else; 0 if it is not that. */
static unsigned read_port(const char *line)
{
    const char *digits = str_starts(line, "port ") ? line + 5 : "";
    size_t n = strspn(digits, "0123456789");
    unsigned long port =
        n > 0 && n < 6 && !digits[n] ? strtoul(digits, NULL, 10) : 0;
    return port < 65536 ? (unsigned)port : 0;
}

enum err web_start(const char *program, const struct server_entry *entry,
                   struct web *out, struct diag *d)
{
    struct strv argv = {0};
    struct web s;
    char *line = NULL;
    make_command(program, entry, &argv);
    enum err e =
        service_start((const char *const *)argv.v, patience, &s.service, &line);
    strv_fini(&argv);
    if (e == ERR_CANCELLED)
        return e;
    if (e != ERR_OK) {
        diag_add(d, "%s does not start (%s)", program,
                 e == ERR_INVALID ? "it prints no port" : err_text(e));
        return e;
    }
    s.port = read_port(line);
    if (s.port == 0) {
        diag_add(d, "%s prints '%s', not 'port N'", program, line);
        service_stop(&s.service);
        e = ERR_INVALID;
    } else {
        *out = s;
    }
    free(line);
    return e;
}

void web_stop(struct web *s)
{
    service_stop(&s->service);
}

enum err web_write_urls(const struct web *s, const struct strv *paths,
                        unsigned requests, const char *file)
{
    struct buf text = {0};
    size_t n = requests ? requests : paths->n;
    for (size_t i = 0; i < n; i++)
        buf_addf(&text, "http://127.0.0.1:%u%s\n", s->port,
                 paths->v[i % paths->n]);
    enum err e = fs_write(file, buf_str(&text), text.len);
    buf_fini(&text);
    return e;
}
