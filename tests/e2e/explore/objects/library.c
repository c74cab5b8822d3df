/* Functions of the library that go through memory of the program.
 * SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
static int by(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}
static int v[] = {5, 3, 9, 1, 3, 7, 2};
static void *work(void *u)
{
    time_t t = 86400;
    struct tm m;
    localtime_r(&t, &m);
    return u;
}
int main(void)
{
    pthread_t a;
    int x = 0, k = 3, n = 0;
    char w[8] = "", s[8] = "", c[3] = "";
    long l = 0;
    double d = 0;
    cpu_set_t set;
    pthread_create(&a, 0, work, 0);
    qsort(v, 7, sizeof *v, by);
    for (int i = 1; i < 7; i++)
        if (v[i - 1] > v[i])
            return 1;
    int *f = bsearch(&k, v, 7, sizeof *v, by);
    if (!f || *f != 3)
        return 2;
    if (sscanf("12 abc xyz 77 2.5 qq%", "%d %7s %*[a-y]%[z] %ld %lf %2c%%%n",
               &x, w, s, &l, &d, c, &n) != 6)
        return 3;
    if (x != 12 || strcmp(w, "abc") || strcmp(s, "z") || l != 77 || d != 2.5 ||
        c[0] != 'q' || n == 0)
        return 4;
    if (sched_getaffinity(0, sizeof set, &set) ||
        sched_setaffinity(0, sizeof set, &set))
        return 5;
    time_t t = 0;
    char b[20];
    if (!strftime(b, sizeof b, "%Y", gmtime(&t)) || strcmp(b, "1970"))
        return 6;
    char *text, line[] = "a,b", *at = line;
    if (asprintf(&text, "%d-%s", 4, "x") != 3 || strcmp(text, "4-x") != 0)
        return 7;
    free(text);
    if (strcmp(strsep(&at, ","), "a") != 0 || strcmp(at, "b") != 0 ||
        strncasecmp("ABx", "aby", 2) != 0 || strpbrk("xyz", "zy")[0] != 'y')
        return 8;
    pthread_join(a, 0);
    return 0;
}
