/* Reads the recorder's file of deaths.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/deaths.h"

#include "base/buf.h"
#include "base/str.h"
#include "detectors/support/stacks.h"
#include "os/fs.h"

#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <string.h>

static const Dwfl_Callbacks callbacks = {
    .find_elf = dwfl_build_id_find_elf,
    .find_debuginfo = dwfl_build_id_find_debuginfo,
    .section_address = dwfl_offline_section_address,
};

/* The code of the program, each address as the file numbers it. */
static Dwfl *code_of(const char *program)
{
    Dwfl *dwfl = dwfl_begin(&callbacks);
    if (!dwfl)
        return NULL;
    dwfl_report_begin(dwfl);
    dwfl_report_elf(dwfl, program, program, -1, 0, true);
    dwfl_report_end(dwfl, NULL, NULL);
    return dwfl;
}

static void add_frames(const char *addresses, const char *program,
                       struct frames *out)
{
    struct stacks code = {.dwfl = code_of(program)};
    char *next = NULL;
    if (!code.dwfl)
        return;
    for (const char *at = addresses; at < program; at = next) {
        uint64_t pc = strtoull(at, &next, 16);
        if (next == at || *next != ' ')
            break;
        next++;
        stacks_describe(&code, pc, frames_add(out));
    }
    dwfl_end(code.dwfl);
}

/* "SIGNAL ADDRESS... PATH" */
static void add_death(const char *line, struct deaths *out)
{
    char *rest = NULL;
    long signal = strtol(line, &rest, 10);
    const char *program = strchr(line, '/');
    if (rest == line || *rest != ' ' || !program || signal < 1 || signal > 64)
        return;
    struct death d = {.signal = (int)signal};
    add_frames(rest + 1, program, &d.stack);
    vec_push(out, d);
}

void deaths_read(const char *path, struct deaths *out)
{
    struct buf text = {0};
    if (fs_read(path, &text) == ERR_OK) {
        char *all = buf_take(&text), *end = NULL;
        for (char *line = all; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            add_death(line, out);
        }
        free(all);
    }
    buf_fini(&text);
}

void deaths_fini(struct deaths *l)
{
    for (size_t i = 0; i < l->n; i++) {
        for (size_t j = 0; j < l->v[i].stack.n; j++)
            frame_fini(&l->v[i].stack.v[j]);
        vec_fini(&l->v[i].stack);
    }
    vec_fini(l);
}
