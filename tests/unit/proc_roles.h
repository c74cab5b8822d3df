/* What the children of test_proc do: the test program runs itself as
 * "<program> child <role> <token> ...".
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_TESTS_PROC_ROLES_H
#define LOCKSTEP_TESTS_PROC_ROLES_H

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void role_say(const char *text)
{
    if (write(STDOUT_FILENO, text, strlen(text)) < 0)
        _exit(3);
}

static void role_on_term(int number)
{
    (void)number;
    role_say("bye");
    _exit(0);
}

static void role_sleep(void)
{
    for (;;)
        sleep(600);
}

static void role_daemon(void)
{
    if (fork() == 0) {
        setsid();
        signal(SIGTERM, SIG_IGN);
        role_sleep();
    }
}

static int role_flood(size_t mebibytes)
{
    static char block[1 << 20];
    memset(block, 'x', sizeof block);
    role_say("FIRST");
    for (size_t i = 0; i < mebibytes; i++)
        for (size_t at = 0; at < sizeof block;) {
            ssize_t n = write(STDOUT_FILENO, block + at, sizeof block - at);
            if (n < 0)
                return 3;
            at += (size_t)n;
        }
    role_say("LAST");
    return 0;
}

static void role_burn(double seconds)
{
    while ((double)clock() / CLOCKS_PER_SEC < seconds)
        ;
}

static void role_eat(size_t mebibytes)
{
    char *p = malloc(mebibytes << 20);
    if (!p)
        _exit(3);
    for (size_t i = 0; i < mebibytes << 20; i += 4096)
        *(volatile char *)(p + i) = 1;
    role_sleep();
}

static void role_print_file(const char *path)
{
    char text[4096];
    int fd = open(path, O_RDONLY);
    ssize_t n = read(fd, text, sizeof text - 1);
    text[n > 0 ? n : 0] = '\0';
    role_say(text);
    close(fd);
}

static void role_print_state(void)
{
    char text[128];
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    role_print_file("/proc/self/status");
    snprintf(text, sizeof text, "core=%ld group=%d noaslr=%d\n",
             (long)core.rlim_max, getpgrp() == getpid(),
             (personality(0xffffffff) & ADDR_NO_RANDOMIZE) != 0);
    role_say(text);
}

static int role_count_files(void)
{
    int n = 0;
    DIR *d = opendir("/proc/self/fd");
    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.';
    if (d)
        closedir(d);
    return n - 1; /* the folder itself */
}

static int role_bomb(int most)
{
    for (int i = 0; i < most; i++)
        if (fork() == 0) {
            if (i % 2)
                setsid();
            role_sleep();
        }
    return 0;
}

/* Never more than two alive, and it ends by itself, but a moving target. */
static void role_hop(int hops)
{
    if (fork() > 0)
        return;
    setsid();
    for (; hops > 0; hops--)
        if (fork() != 0)
            _exit(0);
    _exit(0);
}

static int role_main(int argc, char **argv)
{
    const char *role = argv[2];
    const char *argument = argc > 4 ? argv[4] : "";
    if (!strcmp(role, "exit"))
        return atoi(argument);
    if (!strcmp(role, "die"))
        raise(atoi(argument));
    if (!strcmp(role, "sleep"))
        role_sleep();
    if (!strcmp(role, "polite"))
        signal(SIGTERM, role_on_term), role_say("ready"), role_sleep();
    if (!strcmp(role, "deaf"))
        signal(SIGTERM, SIG_IGN), role_sleep();
    if (!strcmp(role, "daemon"))
        return role_daemon(), 4;
    if (!strcmp(role, "family"))
        role_daemon(), role_sleep();
    if (!strcmp(role, "flood"))
        return role_flood((size_t)atoi(argument));
    if (!strcmp(role, "burn"))
        role_burn(atof(argument));
    if (!strcmp(role, "eat"))
        role_eat((size_t)atoi(argument));
    if (!strcmp(role, "state"))
        role_print_state();
    if (!strcmp(role, "files"))
        return role_count_files();
    if (!strcmp(role, "bomb"))
        return role_bomb(atoi(argument));
    if (!strcmp(role, "hop"))
        role_hop(atoi(argument));
    if (!strcmp(role, "stdin"))
        return (int)read(STDIN_FILENO, &(char){0}, 1);
    if (!strcmp(role, "env"))
        role_say(getenv(argument) ? getenv(argument) : "(unset)");
    if (!strcmp(role, "cwd"))
        role_say(getcwd((char[4096]){0}, 4096));
    if (!strcmp(role, "patricide"))
        kill(getppid(), SIGKILL), role_daemon(), role_sleep();
    if (!strcmp(role, "echo"))
        for (int i = 4; i < argc; i++)
            role_say(argv[i]), role_say("|");
    return 0;
}

#endif
