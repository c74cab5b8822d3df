/* lockstep doctor: which detectors are alive, and what would mend the others.
 * SPDX-License-Identifier: MIT */
#include "cli/command.h"
#include "cli/options.h"
#include "formats/support/style.h"
#include "os/fs.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char *state(const struct detector_report *d)
{
    return !d->usable ? "missing" : !d->alive ? "BROKEN" : "alive";
}

static void print_detector(const struct detector_report *d, int width,
                           bool color)
{
    bool good = d->usable && d->alive;
    fprintf(stdout, "%s%-8s%s %-*s %s\n",
            style(color, good ? TONE_GOOD : TONE_BAD), state(d),
            style(color, TONE_PLAIN), width, d->id,
            d->version ? d->version : "");
    if (!good && d->problem)
        printf("         problem: %s\n", d->problem);
    if (!good && d->mend)
        printf("         mend:    %s\n", d->mend);
    if (good && d->no_openmp)
        printf("         but for OpenMP: %s\n", d->no_openmp);
}

/* High randomisation of mappings keeps old ThreadSanitizers from starting. */
static void print_aslr(void)
{
    struct buf bits = {0};
    if (fs_read("/proc/sys/vm/mmap_rnd_bits", &bits) == ERR_OK)
        printf("aslr:    vm.mmap_rnd_bits = %.*s; TSan programs are run "
               "without ASLR if permitted\n",
               (int)strcspn(buf_str(&bits), "\n"), buf_str(&bits));
    else
        puts("aslr:    vm.mmap_rnd_bits is not for this user to read");
    buf_fini(&bits);
}

static void print_detectors(const struct report *r, bool color)
{
    int width = 0;
    for (size_t i = 0; i < r->detectors.n; i++) {
        int n = (int)strlen(r->detectors.v[i].id);
        width = r->detectors.v[i].wanted && n > width ? n : width;
    }
    for (size_t i = 0; i < r->detectors.n; i++)
        if (r->detectors.v[i].wanted)
            print_detector(&r->detectors.v[i], width, color);
}

static void print_text(const struct report *r, const struct options *o)
{
    print_detectors(r, o->style.color);
    printf("\nhost:    %s, %u x %s\n", r->host.system, r->host.cores,
           r->host.cpu);
    printf("ends:    programs and all their children, by %s\n", r->host.ladder);
    print_aslr();
    printf("cases:   %s\nout:     %s\n", o->cases, o->out);
}

static void print_json(const struct report *r)
{
    json_t *list = json_array();
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?}", "id",
                            d->id, "family", d->family, "state", state(d),
                            "version", d->version, "problem", d->problem,
                            "mend", d->mend, "no_openmp", d->no_openmp));
    }
    json_t *j = json_pack("{s:s, s:o, s:s, s:s}", "lockstep", LOCKSTEP_VERSION,
                          "detectors", list, "system", r->host.system,
                          "kill_ladder", r->host.ladder);
    json_dumpf(j, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(j);
}

/* 3 for a broken detector, or a missing one that is asked for by name. */
static int verdict(const struct report *r, const struct options *o)
{
    for (size_t i = 0; i < r->detectors.n; i++) {
        const struct detector_report *d = &r->detectors.v[i];
        bool asked = o->by_name && strv_has(&o->engine.detectors, d->id);
        if (d->wanted && (d->usable ? !d->alive : asked))
            return EXIT_INCOMPLETE;
    }
    return EXIT_PASSED;
}

static int run(int argc, char **argv)
{
    struct options o = {0};
    struct report report = {0};
    options_parse(&o, argc, argv, "",
                  "Tell which detectors are alive, and how to mend the others."
                  "\vEach one first proves itself on a racy and on a clean "
                  "program. Exit code 3: one is broken.",
                  ACCEPT_DETECTOR | ACCEPT_OUT | ACCEPT_JSON, NULL);
    engine_probe(&o.engine, true, &report);
    if (o.json)
        print_json(&report);
    else
        print_text(&report, &o);
    int code = verdict(&report, &o);
    report_fini(&report);
    options_fini(&o);
    return code;
}

const struct command command_doctor = {
    .name = "doctor",
    .summary = "tell which detectors are alive and how to mend the others",
    .run = run,
};
