/* Preloaded into a program: notes where a fault is about to end it, and lets it
 * die of that (see watch/deaths.h).
 *
 * A handler may be called in the midst of anything, so it takes no lock, gets
 * no memory and calls no stdio; the unwinder of GCC does without them as well
 * where the C library finds the tables for it (glibc 2.35).
 * SPDX-License-Identifier: MIT */
#include "deaths.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
enum { FAULTS = sizeof faults / sizeof *faults, HEX = 2 * sizeof(uintptr_t) };

static char file[PATH_MAX]; /* to write to */

/* The executable, as it lies in memory. */
static char program[PATH_MAX];
static uintptr_t bias, begin, end;

struct line {
    char text[16 + DEATHS_FRAMES * (HEX + 1) + PATH_MAX];
    size_t length;
    int frames;
};

static void add_number(struct line *l, uintptr_t number, unsigned base)
{
    char digits[HEX + 4];
    size_t n = 0;
    do
        digits[n++] = "0123456789abcdef"[number % base];
    while (number /= base);
    while (n > 0)
        l->text[l->length++] = digits[--n];
    l->text[l->length++] = ' ';
}

static _Unwind_Reason_Code add_frame(struct _Unwind_Context *context, void *arg)
{
    struct line *l = arg;
    int exact = 0;
    uintptr_t at = _Unwind_GetIPInfo(context, &exact);
    at -= !exact; /* into the call, of a return address */
    if (at >= begin && at < end) {
        add_number(l, at - bias, 16);
        l->frames++;
    }
    return l->frames < DEATHS_FRAMES ? _URC_NO_REASON : _URC_NORMAL_STOP;
}

/* The disposition is the default one again: back in the program the fault
 * comes once more, and ends it. What was sent is sent once more. */
static void note(int signal, siginfo_t *info, void *context)
{
    int saved = errno;
    struct line l = {.length = 0};
    (void)context;
    add_number(&l, (uintptr_t)signal, 10);
    _Unwind_Backtrace(add_frame, &l);
    size_t n = strlen(program);
    memcpy(l.text + l.length, program, n);
    l.length += n;
    l.text[l.length++] = '\n';
    int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        ssize_t written = write(fd, l.text, l.length);
        (void)written; /* a death that cannot be told is one without a place */
        close(fd);
    }
    if (info->si_code <= 0)
        raise(signal);
    errno = saved;
}

/* The first object of the list is the executable. */
static int measure(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    bias = info->dlpi_addr;
    begin = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type != PT_LOAD || !(p->p_flags & PF_X))
            continue;
        uintptr_t from = bias + p->p_vaddr;
        begin = from < begin ? from : begin;
        end = from + p->p_memsz > end ? from + p->p_memsz : end;
    }
    return 1;
}

static void catch (int signal)
{
    struct sigaction is;
    if (sigaction(signal, NULL, &is) != 0 || is.sa_handler != SIG_DFL)
        return;
    struct sigaction ours = {.sa_sigaction = note};
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK | (int)SA_RESETHAND;
    sigemptyset(&ours.sa_mask);
    sigaction(signal, &ours, NULL);
}

__attribute__((constructor)) static void catch_faults(void)
{
    int saved = errno;
    const char *path = getenv(DEATHS_VARIABLE);
    size_t length = path ? strlen(path) : sizeof file;
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < sizeof file && n > 0) {
        memcpy(file, path, length + 1);
        dl_iterate_phdr(measure, NULL);
        for (int i = 0; i < FAULTS; i++)
            catch (faults[i]);
    }
    errno = saved;
}
