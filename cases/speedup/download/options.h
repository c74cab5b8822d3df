/* The options, the same for every variant.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DOWNLOAD_OPTIONS_H
#define LOCKSTEP_DOWNLOAD_OPTIONS_H

#include "case.h"

#include <getopt.h>

enum { MOST_WORKERS = 100000, MOST_RETRIES = 100 };

struct options {
    const char *urls;  /* a file of them; NULL: a server of our own */
    const char *album; /* a folder to keep the pages in, or NULL */
    int album_fd;
    long workers; /* that wait at the same time; 0: as many as pages */
    long retries; /* after the first try */
    long timeout_ms, connect_timeout_ms, back_off_ms;
};

static inline void options_usage(const char *program)
{
    fprintf(stderr,
            "Usage: %s [OPTION...] [THREADS]\n"
            "Downloads pages, THREADS at a time.\n"
            "  --urls FILE          one URL a line; # begins a comment\n"
            "                       (160 pages of a server of its own)\n"
            "  --workers N          the same as THREADS; --concurrency N too\n"
            "  --album DIR          keep them, as files of this folder\n"
            "  --retries N          tries after the first one (3)\n"
            "  --back-off MS        before the first of them (100)\n"
            "  --timeout S          of a try (60)\n"
            "  --connect-timeout S  of its connection (10)\n",
            program);
    exit(2);
}

static inline double options_number(const char *what, const char *text,
                                    double least, double most)
{
    char *end;
    double x = strtod(text, &end);
    if (end != text && *end == '\0' && x >= least && x <= most)
        return x;
    fprintf(stderr, "%s: '%s' is no number from %g to %g\n", what, text, least,
            most);
    exit(2);
}

static inline long options_count(const char *what, const char *text, long least,
                                 long most)
{
    double x = options_number(what, text, (double)least, (double)most);
    if (x == (double)(long)x)
        return (long)x;
    fprintf(stderr, "%s: '%s' is no whole number\n", what, text);
    exit(2);
}

static inline void options_take(struct options *o, int key, const char *program)
{
    switch (key) {
    case 'u':
        o->urls = optarg;
        break;
    case 'a':
        o->album = optarg;
        break;
    case 'w':
        o->workers = options_count("--workers", optarg, 1, MOST_WORKERS);
        break;
    case 'r':
        o->retries = options_count("--retries", optarg, 0, MOST_RETRIES);
        break;
    case 'b':
        o->back_off_ms = options_count("--back-off", optarg, 1, 10000);
        break;
    case 't':
        o->timeout_ms =
            (long)(1000 * options_number("--timeout", optarg, 0.001, 1e6));
        break;
    case 'c':
        o->connect_timeout_ms =
            (long)(1000 *
                   options_number("--connect-timeout", optarg, 0.001, 1e6));
        break;
    default:
        options_usage(program);
    }
}

/* workers: how many, where none is given. Ends the program with 2 when an
 * option is none. */
static inline struct options options_read(int argc, char **argv, long workers)
{
    static const struct option all[] = {
        {"urls", required_argument, NULL, 'u'},
        {"album", required_argument, NULL, 'a'},
        {"workers", required_argument, NULL, 'w'},
        {"concurrency", required_argument, NULL, 'w'},
        {"retries", required_argument, NULL, 'r'},
        {"back-off", required_argument, NULL, 'b'},
        {"timeout", required_argument, NULL, 't'},
        {"connect-timeout", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    struct options o = {.workers = -1,
                        .retries = 3,
                        .back_off_ms = 100,
                        .timeout_ms = 60000,
                        .connect_timeout_ms = 10000};
    for (int key; (key = getopt_long(argc, argv, "", all, NULL)) != -1;)
        options_take(&o, key, argv[0]);
    if (optind < argc - 1)
        options_usage(argv[0]);
    if (optind < argc) {
        long n = options_count("THREADS", argv[optind], 1, MOST_WORKERS);
        o.workers = o.workers < 0 ? n : o.workers;
    }
    o.workers = o.workers < 0 ? workers : o.workers;
    return o;
}

#endif
