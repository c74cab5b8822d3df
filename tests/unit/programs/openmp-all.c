/* A correct program of many OpenMP constructs; 0 if each did its work.
 * SPDX-License-Identifier: MIT */
#include <omp.h>
#include <stdio.h>

enum { N = 1000 };

static int a[N], b[N];
static int own;
#pragma omp threadprivate(own)

static int failures;

static void check(const char *what, long got, long wanted)
{
    if (got != wanted)
        printf("%s: %ld, not %ld\n", what, got, wanted);
    failures += got != wanted;
}

static void loops(void)
{
    long sum = 0;
    int most = 0, last = 0, ordered = 0;
#pragma omp parallel
    {
#pragma omp for schedule(static)
        for (int i = 0; i < N; i++)
            a[i] = i;
#pragma omp for schedule(dynamic, 7) nowait
        for (int i = 0; i < N; i++)
            b[i] = a[N - 1 - i];
#pragma omp barrier
#pragma omp for schedule(guided) reduction(+ : sum) reduction(max : most)
        for (int i = 0; i < N; i++) {
            sum += b[i];
            most = b[i] > most ? b[i] : most;
        }
#pragma omp for simd
        for (int i = 0; i < N; i++)
            b[i]++;
#pragma omp for ordered schedule(static, 1)
        for (int i = 0; i < 20; i++) {
#pragma omp ordered
            ordered += ordered == i;
        }
    }
#pragma omp parallel for lastprivate(last) collapse(2)
    for (int i = 0; i < 10; i++)
        for (int j = 0; j < 10; j++)
            last = 10 * i + j;
    check("sum", sum, N * (N - 1) / 2);
    check("most", most, N - 1);
    check("simd", b[0], N);
    check("ordered", ordered, 20);
    check("last", last, 99);
}

static void exclusion(int team)
{
    int critical = 0, named = 0, atomic = 0, taken = 0, locked = 0, nested = 0;
    omp_lock_t lock;
    omp_nest_lock_t nest;
    omp_init_lock(&lock);
    omp_init_nest_lock(&nest);
#pragma omp parallel num_threads(team)
    {
        int old;
#pragma omp critical
        critical++;
#pragma omp critical(name)
        named++;
#pragma omp atomic
        atomic++;
#pragma omp atomic capture
        old = taken++;
        while (!omp_test_lock(&lock))
            ;
        locked += old >= 0;
        omp_unset_lock(&lock);
        omp_set_nest_lock(&nest);
        omp_set_nest_lock(&nest);
        nested++;
        omp_unset_nest_lock(&nest);
        omp_unset_nest_lock(&nest);
    }
    omp_destroy_lock(&lock);
    omp_destroy_nest_lock(&nest);
    check("critical", critical, team);
    check("named", named, team);
    check("atomic", atomic, team);
    check("capture", taken, team);
    check("lock", locked, team);
    check("nest lock", nested, team);
}

static void regions(int team)
{
    int sections[2] = {0}, master = 0, single = 0, given = 0, private = 0;
#pragma omp parallel num_threads(team) reduction(+ : given)
    {
#pragma omp sections
        {
#pragma omp section
            sections[0] = 1;
#pragma omp section
            sections[1] = 2;
        }
#pragma omp master
        master = sections[0] + sections[1];
#pragma omp barrier
#pragma omp single
        single = master + 1;
        int copy = single;
#pragma omp single copyprivate(copy)
        copy++;
        given += copy;
        own = omp_get_thread_num();
    }
#pragma omp parallel num_threads(team) reduction(+ : private)
    private += own == omp_get_thread_num();
#pragma omp parallel num_threads(team) copyin(own) reduction(+ : private)
    private += own == 0;
    check("sections", master, 3);
    check("single", single, 4);
    check("copyprivate", given, 5 * team);
    check("threadprivate", private, 2 * team);
}

static long fibonacci(int n)
{
    long x, y;
    if (n < 2)
        return n;
#pragma omp task shared(x)
    x = fibonacci(n - 1);
#pragma omp task shared(y)
    y = fibonacci(n - 2);
#pragma omp taskwait
    return x + y;
}

static void tasks(void)
{
    long fib = 0, chain = 0, group = 0, loop = 0;
#pragma omp parallel
#pragma omp single
    {
        fib = fibonacci(10);
#pragma omp task depend(out : chain)
        chain = 1;
#pragma omp task depend(inout : chain)
        chain += 2;
#pragma omp task depend(in : chain) shared(loop)
        loop = chain;
#pragma omp taskgroup
        for (int i = 0; i < 10; i++) {
#pragma omp task shared(group)
#pragma omp atomic
            group += i;
        }
#pragma omp taskwait
#pragma omp taskloop
        for (int i = 0; i < N; i++)
            a[i] = (int)loop;
    }
    check("tasks", fib, 55);
    check("depend", loop, 3);
    check("taskgroup", group, 45);
    check("taskloop", a[N - 1], 3);
}

int main(void)
{
    loops();
    exclusion(4);
    regions(4);
    tasks();
    return failures > 0;
}
