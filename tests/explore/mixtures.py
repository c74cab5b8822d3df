#!/usr/bin/env python3
"""Small programs in C by chance, of all synchronisation objects and of threads
that spin: every strategy of the explorer must find the same number of traces.

    mixtures.py run FIRST LAST     those of the seeds from FIRST to LAST
    mixtures.py show SEED          the program of one

SPDX-License-Identifier: MIT"""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKSTEP = os.environ.get("LOCKSTEP", str(ROOT / "build/lockstep"))
MODES = ("dpor", "source", "sleep")
LIMITS = ("--time", "20", "--executions", "60000")

HEAD = """#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t n = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t w = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t o = PTHREAD_ONCE_INIT;
static pthread_barrier_t b;
static pthread_spinlock_t l;
static sem_t s;
static atomic_int x, y;
static int p, q, r;
static const struct timespec past = {.tv_sec = 1};
static void once(void) { r++; }
"""

UPDATES = (
    "x = x + 1;", "y++;", "x = 2;", "(void)atomic_load(&y);",
    "atomic_exchange(&x, 1);",
    "{ int e = 0; atomic_compare_exchange_strong(&x, &e, 2); }")
LOOPS = (
    "while (x < 1) ;", "while (x < 2) sched_yield();", "while (!y) ;",
    "while (!x || !y) ;", "while (x != 1) sched_yield();")
OBJECTS = tuple("pthread_" + text for text in (
    "mutex_lock(&m); y++; pthread_mutex_unlock(&m);",
    "mutex_lock(&m); p++; pthread_cond_signal(&c); pthread_mutex_unlock(&m);",
    "mutex_lock(&m); p++; pthread_cond_broadcast(&c); pthread_mutex_unlock(&m);",
    "mutex_lock(&m); p++; pthread_mutex_unlock(&m); pthread_cond_signal(&c);",
    "mutex_lock(&m); while (!p) pthread_cond_wait(&c, &m);"
    " p--; pthread_mutex_unlock(&m);",
    "mutex_lock(&m); if (!p) pthread_cond_wait(&c, &m);"
    " pthread_mutex_unlock(&m);",
    "mutex_lock(&m); if (!p) pthread_cond_timedwait(&c, &m, &past);"
    " pthread_mutex_unlock(&m);",
    "rwlock_rdlock(&w); (void)q; pthread_rwlock_unlock(&w);",
    "rwlock_wrlock(&w); q++; pthread_rwlock_unlock(&w);",
    "once(&o, once);", "barrier_wait(&b);",
    "mutex_lock(&n); pthread_mutex_lock(&m); p = 0;"
    " pthread_mutex_unlock(&m); pthread_mutex_unlock(&n);",
    "mutex_lock(&m); pthread_mutex_lock(&n); p = 1;"
    " pthread_mutex_unlock(&n); pthread_mutex_unlock(&m);",
    "spin_lock(&l); r++; pthread_spin_unlock(&l);")) + tuple(
        "if (!" + text + " }" for text in (
            "pthread_mutex_trylock(&m)) { x = 1; pthread_mutex_unlock(&m);",
            "pthread_rwlock_tryrdlock(&w)) { pthread_rwlock_unlock(&w);",
            "pthread_rwlock_trywrlock(&w)) { q = 5; pthread_rwlock_unlock(&w);",
            "pthread_mutex_timedlock(&m, &past)) { p = 1;"
            " pthread_mutex_unlock(&m);",
            "pthread_spin_trylock(&l)) { r++; pthread_spin_unlock(&l);",
            "sem_trywait(&s)) { x++;")) + (
                "sem_post(&s);", "sem_wait(&s);", "sem_post(&s); sem_wait(&s);",
                "free(malloc(8));")


def statement(chance, spins):
    if spins and chance.random() < 0.35:
        return chance.choice(LOOPS)
    return chance.choice(UPDATES if chance.random() < 0.4 else OBJECTS)


def program(seed):
    chance = random.Random(seed)
    threads = chance.choice((2, 2, 3))
    spinner = chance.randrange(2 * threads) # often none
    text = HEAD
    for t in range(threads):
        body = " ".join(statement(chance, t == spinner)
                        for _ in range(chance.choice((1, 1, 2))))
        text += f"static void *work{t}(void *a) {{ {body} return a; }}\n"
    text += "int main(void)\n{\n    pthread_t t[3];\n    sem_init(&s, 0, 0);\n" \
            "    pthread_barrier_init(&b, 0, 2);\n    pthread_spin_init(&l, 0);\n"
    for t in range(threads):
        text += f"    pthread_create(&t[{t}], 0, work{t}, 0);\n"
    if spinner == threads:
        text += f"    {chance.choice(LOOPS)}\n"
    for t in range(threads):
        text += f"    pthread_join(t[{t}], 0);\n"
    return text + "    return 0;\n}\n"


def traces(binary, mode, seed):
    """How many there are; None when the search came to no end."""
    options = ["--timeouts", str(seed % 2)]
    options += ["--spurious"] if seed % 3 == 0 else []
    done = subprocess.run(
        [LOCKSTEP, "explore", "--mode", mode, "--keep-going", "--as-found",
         *LIMITS, *options, "--json", "-o", binary.parent / "out", binary],
        capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"seed {seed}, {mode}: ended with {done.returncode}: "
                 f"{done.stderr}")
    result = json.loads(done.stdout)["explore"][0]
    ended = result["exhausted"] and result["traces_exact"]
    return result["traces"] if ended else None


def agree(folder, seed):
    source, binary = folder / "program.c", folder / "program"
    source.write_text(program(seed))
    subprocess.run([LOCKSTEP, "cc", "-w", source, "-o", binary], check=True)
    found = {mode: traces(binary, mode, seed) for mode in MODES}
    numbers = set(found.values()) - {None}
    if len(numbers) > 1:
        print(f"seed {seed}: {found}", flush=True)
    return len(numbers) <= 1, None not in found.values()


def main():
    if sys.argv[1] == "show":
        print(program(int(sys.argv[2])), end="")
        return
    seeds = range(int(sys.argv[2]), int(sys.argv[3]) + 1)
    with tempfile.TemporaryDirectory(prefix="mixtures.") as folder:
        said = [agree(Path(folder), seed) for seed in seeds]
    differ = sum(not same for same, _ in said)
    print(f"{len(said)} programs, {sum(all_of for _, all_of in said)} of them "
          f"searched to the end by {', '.join(MODES)}; {differ} differ")
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
