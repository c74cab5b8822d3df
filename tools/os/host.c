/* Facts from /proc, /sys and uname.
 * SPDX-License-Identifier: MIT */
#include "os/host.h"

#include "base/str.h"
#include "os/fs.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The rest of the first line that begins with key, blanks and ':' skipped. */
static char *line_after(const char *text, const char *key)
{
    for (const char *s = text; s && *s; s = strchr(s, '\n')) {
        s += *s == '\n';
        if (!str_starts(s, key))
            continue;
        s += strlen(key);
        s += strspn(s, " \t:");
        return str_ndup(s, strcspn(s, "\n"));
    }
    return NULL;
}

static char *line_of_file(const char *path, const char *key)
{
    struct buf b = {0};
    char *line = NULL;
    if (fs_read(path, &b) == ERR_OK)
        line = line_after(buf_str(&b), key);
    buf_fini(&b);
    return line;
}

static int first_core(const cpu_set_t *set)
{
    for (int i = 0; i < CPU_SETSIZE; i++)
        if (CPU_ISSET(i, set))
            return i;
    return 0;
}

void host_read(struct host *h)
{
    *h = (struct host){.load = -1, .cores = 1};
    h->cpu = line_of_file("/proc/cpuinfo", "model name");

    h->cpus = line_of_file("/proc/self/status", "Cpus_allowed_list");

    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        h->cores = CPU_COUNT(&set);
    char *path =
        str_fmt("/sys/devices/system/cpu/cpu%d/cpufreq/scaling_governor",
                first_core(&set));
    h->governor = line_of_file(path, "");
    free(path);

    struct utsname u;
    if (uname(&u) == 0)
        h->kernel = str_fmt("%s %s %s", u.sysname, u.release, u.machine);
    if (getloadavg(&h->load, 1) != 1)
        h->load = -1;
}

void host_fini(struct host *h)
{
    free(h->cpu);
    free(h->cpus);
    free(h->governor);
    free(h->kernel);
    *h = (struct host){0};
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void read_own(struct host_usage *u)
{
    struct rusage self, children;
    if (getrusage(RUSAGE_SELF, &self) != 0 ||
        getrusage(RUSAGE_CHILDREN, &children) != 0)
        return;
    u->own = seconds(self.ru_utime) + seconds(self.ru_stime) +
             seconds(children.ru_utime) + seconds(children.ru_stime);
    u->involuntary = children.ru_nivcsw;
}

void host_usage(struct host_usage *u)
{
    *u = (struct host_usage){0};
    read_own(u);
    /* proc(5): user nice system idle iowait irq softirq steal; what follows is
     * counted in user already. */
    unsigned long long t[8] = {0};
    char *line = line_of_file("/proc/stat", "cpu ");
    double second = (double)sysconf(_SC_CLK_TCK);
    if (line && sscanf(line, "%llu %llu %llu %llu %llu %llu %llu %llu", &t[0],
                       &t[1], &t[2], &t[3], &t[4], &t[5], &t[6], &t[7]) == 8) {
        u->steal = (double)t[7] / second;
        u->busy = (double)(t[0] + t[1] + t[2] + t[5] + t[6]) / second;
        u->total = u->busy + u->steal + (double)(t[3] + t[4]) / second;
    }
    free(line);
}

double host_stolen(const struct host_usage *a, const struct host_usage *b)
{
    double total = b->total - a->total;
    return total > 0 ? (b->steal - a->steal) / total : 0;
}

double host_others(const struct host_usage *a, const struct host_usage *b)
{
    double total = b->total - a->total;
    double others = (b->busy - a->busy) - (b->own - a->own);
    return total > 0 && others > 0 ? others / total : 0;
}
