/* Calendar time: localtime and its kin, as accesses to what they are given, to
 * `environ`, and to memory of their own in which they answer.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/point.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define PC ((uint64_t)__builtin_return_address(0))
#define READ(p, n) access_plain((uint64_t)(p), n, EVENT_READ, PC)
#define WRITE(p, n) access_plain((uint64_t)(p), n, EVENT_WRITE, PC)

/* The answer of localtime and its kin is one for all threads. */
static struct tm localtime_answer;
static char asctime_answer[64];

static void look_at_zone(uint64_t pc)
{
    access_plain(LAYOUT_ENVIRON, 16, EVENT_READ, pc);
    tzset();
    state()->changed_zone = true;
}

static struct tm *broken_down(const time_t *t, bool local, uint64_t pc)
{
    struct tm found = {0};
    access_plain((uint64_t)t, sizeof *t, EVENT_READ, pc);
    if (local)
        look_at_zone(pc);
    if (!(local ? localtime_r : gmtime_r)(t, &found))
        return NULL;
    access_plain((uint64_t)&localtime_answer, sizeof found, EVENT_WRITE, pc);
    localtime_answer = found;
    return &localtime_answer;
}

struct tm *__wrap_localtime(const time_t *t);
struct tm *__wrap_localtime(const time_t *t)
{
    return active() ? broken_down(t, true, PC) : localtime(t);
}

struct tm *__wrap_gmtime(const time_t *t);
struct tm *__wrap_gmtime(const time_t *t)
{
    return active() ? broken_down(t, false, PC) : gmtime(t);
}

/* As localtime_r, or as gmtime_r. */
static struct tm *broken_down_to(const time_t *t, struct tm *to, bool local,
                                 uint64_t pc)
{
    if (active()) {
        access_plain((uint64_t)t, sizeof *t, EVENT_READ, pc);
        access_plain((uint64_t)to, sizeof *to, EVENT_WRITE, pc);
    }
    return (local ? localtime_r : gmtime_r)(t, to);
}

struct tm *__wrap_localtime_r(const time_t *t, struct tm *to);
struct tm *__wrap_localtime_r(const time_t *t, struct tm *to)
{
    return broken_down_to(t, to, true, PC);
}

struct tm *__wrap_gmtime_r(const time_t *t, struct tm *to);
struct tm *__wrap_gmtime_r(const time_t *t, struct tm *to)
{
    return broken_down_to(t, to, false, PC);
}

static char *as_text(const struct tm *t, uint64_t pc)
{
    access_plain((uint64_t)t, sizeof *t, EVENT_READ, pc);
    access_plain((uint64_t)asctime_answer, sizeof asctime_answer, EVENT_WRITE,
                 pc);
    /* In the locale "C", whatever the program's is. */
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    bool sound =
        t->tm_wday >= 0 && t->tm_wday < 7 && t->tm_mon >= 0 && t->tm_mon < 12;
    snprintf(asctime_answer, sizeof asctime_answer,
             "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n",
             sound ? &days[3 * t->tm_wday] : "???",
             sound ? &months[3 * t->tm_mon] : "???", t->tm_mday, t->tm_hour,
             t->tm_min, t->tm_sec, 1900 + t->tm_year);
    return asctime_answer;
}

char *__wrap_asctime(const struct tm *t);
char *__wrap_asctime(const struct tm *t)
{
    return as_text(t, PC);
}

char *__wrap_ctime(const time_t *t);
char *__wrap_ctime(const time_t *t)
{
    if (!active())
        return ctime(t);
    const struct tm *found = broken_down(t, true, PC);
    return found ? as_text(found, PC) : NULL;
}

time_t __wrap_mktime(struct tm *t);
time_t __wrap_mktime(struct tm *t)
{
    if (!active())
        return mktime(t);
    look_at_zone(PC);
    READ(t, sizeof *t);
    WRITE(t, sizeof *t);
    return mktime(t);
}

size_t __wrap_strftime(char *to, size_t n, const char *format,
                       const struct tm *t);
size_t __wrap_strftime(char *to, size_t n, const char *format,
                       const struct tm *t)
{
    if (!active())
        return strftime(to, n, format, t);
    READ(format, strlen(format) + 1);
    READ(t, sizeof *t);
    size_t done = strftime(to, n, format, t);
    if (done)
        WRITE(to, done + 1);
    return done;
}

void __wrap_tzset(void);
void __wrap_tzset(void)
{
    if (active())
        look_at_zone(PC);
    else
        tzset();
}
