/* The computer that a measurement ran on, and who else was using it.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_OS_HOST_H
#define LOCKSTEP_OS_HOST_H

/* Strings owned, NULL where the system does not tell. */
struct host {
    char *cpu;      /* model name */
    int cores;      /* that this process may run on */
    char *cpus;     /* their numbers, "0-3,8" */
    char *governor; /* frequency governor of the first of them */
    char *kernel;   /* "Linux 6.1.0-18-amd64 x86_64" */
    double load;    /* load average over one minute, now; -1: unknown */
};

void host_read(struct host *h);
void host_fini(struct host *h);

/* CPU seconds since boot over all cores, and of this process with the children
 * it has waited for. */
struct host_usage {
    double total;     /* all of what follows, and idling */
    double busy;      /* user, nice, system and interrupts */
    double steal;     /* taken by the hypervisor */
    double own;       /* this process and its children */
    long involuntary; /* context switches forced upon its children */
};

/* Zeros where the system does not tell. */
void host_usage(struct host_usage *u);

/* What happened from a to b, as shares of the total CPU time: stolen by the
 * hypervisor, and used by other processes. 0 if nothing was counted. */
double host_stolen(const struct host_usage *a, const struct host_usage *b);
double host_others(const struct host_usage *a, const struct host_usage *b);

#endif
