/* Programs by hand: each kind of object, each pitfall, and the smallest parts
 * of generated ones that went wrong once.
 * SPDX-License-Identifier: MIT */
#include "programs.h"

#define INCREMENT "ld r0 x; st x r0+1"
#define LOCKED "lock m; " INCREMENT "; unlock m"

const struct known_program known_programs[] = {
    /* Memory. */
    {"nobody does anything", "var x | set r0 1 | set r0 2", 1},
    {"one thread", "var x | " INCREMENT, 1},
    {"two readers", "var x | ld r0 x | ld r0 x", 1},
    {"two writers", "var x | st x 1 | st x 2", 2},
    {"reader and writer", "var x | st x 1 | ld r0 x", 2},
    {"independent writers", "var x y | st x 1; st x 2 | st y 1; st y 2", 1},
    {"counter 1x1", "var x | " INCREMENT " | " INCREMENT, 4},
    {"counter 2x2",
     "var x | " INCREMENT "; " INCREMENT " | " INCREMENT "; " INCREMENT, 34},
    {"store buffer", "var x y | st x 1; ld r0 y | st y 1; ld r0 x", 3},
    {"message", "var x y | st x 1; st y 1 | ld r0 y; ld r1 x", 3},
    {"load buffer", "var x y | ld r0 x; st y 1 | ld r0 y; st x 1", 3},
    {"write then read elsewhere", "var x y | st x 1; st y 1 | st y 2; ld r0 x",
     3},
    {"iriw", "var x y | st x 1 | st y 1 | ld r0 x; ld r1 y | ld r0 y; ld r1 x",
     15},
    {"a branch on what was read",
     "var x y | st x 1 | ld r0 x; jeq r0 0 e; st y 1; e: | ld r0 y", 3},
    {"a loop as long as it is told",
     "var x n=2 | ld r0 n; a: jeq r0 0 e; st x r0; set r0 r0-1; jmp a; e: "
     "| st n 1 | ld r0 x",
     0},
    {"an index that was read",
     "var a[3] i | st i 1 | ld r0 i; st a[r0] 1 "
     "| ld r0 a[0]; ld r1 a[1]",
     0},
    {"neighbours in a word", "var a[2] | st a[0] 1 | st a[1] 1", 1},
    {"an array at once", "var a[2] | fill a 1 | ld r0 a[0] | ld r0 a[1]", 4},
    {"a wide array at once", "var b[20] | fill b 1 | sum r0 b | st b[19] 2", 6},
    {"two wide readers", "var b[20] | sum r0 b | sum r0 b", 1},
    {"a wide range and its ends",
     "var b[20] | fill b 2 | st b[0] 1; ld r0 b[19] | st b[19] 3", 0},
    {"readers 3", "var x | st x 1 | ld r0 x | ld r0 x | ld r0 x", 8},
    {"lastzero 3",
     "var a[4] | set r0 3; k: ld r1 a[r0]; jeq r1 0 e; set r0 r0-1; jmp k; e: "
     "| ld r0 a[0]; st a[1] r0+1 | ld r0 a[1]; st a[2] r0+1 "
     "| ld r0 a[2]; st a[3] r0+1",
     0},
    {"fib_bench 2",
     "var i j | ld r0 i; ld r0 j | ld r0 j; ld r1 i; st i r0; ld r0 j; "
     "ld r1 i; st i r0 | ld r0 i; ld r1 j; st j r0; ld r0 i; ld r1 j; st j r0",
     140},
    /* Atomics. */
    {"atomic increments", "var x | fadd r0 x 1 | fadd r0 x 1 | fadd r0 x 1", 6},
    {"exchanges", "var x | xchg r0 x 1 | xchg r0 x 2 | ld r0 x", 6},
    {"one of two is first", "var x | cas r0 x 0 1 | cas r0 x 0 2", 2},
    {"failed ones commute", "var x=5 | cas r0 x 0 1 | cas r0 x 0 2", 1},
    {"casrot 3", "var x | cas r0 x 0 1 | cas r0 x 1 2 | cas r0 x 2 3", 5},
    {"casrot 5",
     "var x | cas r0 x 0 1 | cas r0 x 1 2 | cas r0 x 2 3 | cas r0 x 3 4 "
     "| cas r0 x 4 5",
     43},
    {"a loop of compare and exchange",
     "var x | k: ld r0 x; cas r1 x r0 r0+1; jeq r1 0 k "
     "| k: ld r0 x; cas r1 x r0 r0+1; jeq r1 0 k",
     0},
    {"a spinlock tried once",
     "var l x | xchg r0 l 1; jne r0 0 e; " INCREMENT "; st l 0; e: "
     "| xchg r0 l 1; jne r0 0 e; " INCREMENT "; st l 0; e:",
     0},
    /* Threads that spin. */
    {"spun for a sum",
     "var x | ld r0 x; st x r0+1 | ld r0 x; st x r0+1 | spin x 2", 0},
    {"spun for what never comes", "var x | spin x 2 | st x 1 | st x 3", 0},
    {"spun for each other", "var x y | spin x 1; st y 1 | st x 1; spin y 1", 0},
    {"two spin", "var x y | spin x 1; st y 1 | spin x 1; st y 2 | st x 1", 0},
    {"a lock that is spun for",
     "var l x | k: spin l 0; cas r0 l 0 1; jeq r0 0 k; ld r1 x; st x r1+1; st "
     "l 0 | k: spin l 0; cas r0 l 0 1; jeq r0 0 k; ld r1 x; st x r1+1; st l 0",
     0},
    {"passed before it is looked at",
     "var x | spin x 1 | st x 1; st x 2 | st x 3", 0},
    /* Mutexes. */
    {"lock 3", "var x; mutex m | " LOCKED " | " LOCKED " | " LOCKED, 6},
    {"two mutexes", "mutex m n | lock m; unlock m | lock n; unlock n", 1},
    {"lock order",
     "mutex m n | lock m; lock n; unlock n; unlock m "
     "| lock n; lock m; unlock m; unlock n",
     3},
    {"lock order of three",
     "mutex m n o | lock m; lock n; unlock n; unlock m "
     "| lock n; lock o; unlock o; unlock n | lock o; lock m; unlock m; "
     "unlock o",
     0},
    {"locked in a cycle, guarded",
     "mutex g m n | lock g; lock m; lock n; unlock n; unlock m; unlock g "
     "| lock g; lock n; lock m; unlock m; unlock n; unlock g",
     2},
    {"never unlocked", "mutex m | lock m | lock m | lock m", 3},
    {"locked twice", "mutex m | lock m; lock m | lock m; unlock m", 0},
    {"a section and an outsider",
     "var x; mutex m | " LOCKED " | " LOCKED " | ld r0 x", 0},
    {"nested",
     "mutex m n | lock m; lock n; unlock n; unlock m | lock n; "
     "unlock n | lock m; unlock m",
     0},
    {"handed over",
     "var x; mutex m | lock m; st x 1; unlock m "
     "| k: lock m; ld r0 x; unlock m; jeq r0 0 e; st x 2; e: | lock m; unlock "
     "m",
     0},
    {"tried and missed", "mutex m | lock m; unlock m | trylock r0 m", 3},
    {"two try", "mutex m | trylock r0 m | trylock r0 m | trylock r0 m", 3},
    {"tried, else something else",
     "var x; mutex m | trylock r0 m; jeq r0 0 e; " INCREMENT "; unlock m; "
     "jmp f; e: st x 9; f: | " LOCKED,
     0},
    /* Conditions. */
    {"signal may come too early",
     "mutex m; cond c | lock m; wait c m; unlock m | signal c", 0},
    {"signal under the lock",
     "var x; mutex m; cond c | lock m; k: ld r0 x; jne r0 0 e; wait c m; jmp "
     "k; e: unlock m | lock m; st x 1; signal c; unlock m",
     2},
    {"if where while is due",
     "var x; mutex m; cond c | lock m; ld r0 x; jne r0 0 e; wait c m; e: st x "
     "0; unlock m | lock m; ld r0 x; jne r0 0 e; wait c m; e: st x 0; unlock "
     "m | lock m; st x 1; bcast c; unlock m",
     0},
    {"two wait, one is woken",
     "mutex m; cond c | lock m; wait c m; unlock m | lock m; wait c m; unlock "
     "m | signal c",
     0},
    {"two wait, two are woken",
     "mutex m; cond c | lock m; wait c m; unlock m | lock m; wait c m; unlock "
     "m | signal c; signal c",
     0},
    {"two wait, all are woken",
     "mutex m; cond c | lock m; wait c m; unlock m | lock m; wait c m; unlock "
     "m | bcast c",
     0},
    {"a signal to nobody, and another", "cond c | signal c | signal c", 1},
    {"ping and pong",
     "var x; mutex m; cond c | lock m; k: ld r0 x; jeq r0 0 e; wait c m; jmp "
     "k; e: st x 1; signal c; unlock m | lock m; k: ld r0 x; jeq r0 1 e; wait "
     "c m; jmp k; e: st x 0; signal c; unlock m",
     0},
    {"timed, within a budget",
     "mutex m; cond c; timeouts 1 | lock m; twait r0 c m; unlock m | signal "
     "c",
     0},
    {"timed, when nothing else is left",
     "mutex m; cond c | lock m; twait r0 c m; unlock m | lock m; twait r0 c "
     "m; unlock m",
     0},
    {"timed, one budget for two",
     "mutex m; cond c; timeouts 1 | lock m; twait r0 c m; unlock m | lock m; "
     "twait r0 c m; unlock m",
     0},
    {"woken for no reason",
     "mutex m; cond c; spurious 1 | lock m; wait c m; unlock m | signal c", 0},
    {"woken for no reason, in a loop",
     "var x; mutex m; cond c; spurious 1 | lock m; k: ld r0 x; jne r0 0 e; "
     "wait c m; jmp k; e: unlock m | lock m; st x 1; signal c; unlock m",
     0},
    /* Semaphores, read-write locks, barriers. */
    {"a semaphore as a lock",
     "var x; sem s=1 | down s; " INCREMENT "; up s | down s; " INCREMENT
     "; up s",
     2},
    {"a semaphore as a message",
     "var x; sem s | st x 1; up s | down s; ld r0 x", 1},
    {"two may enter",
     "var x; sem s=2 | down s; ld r0 x; up s | down s; ld r0 x; up s "
     "| down s; ld r0 x; up s",
     0},
    {"posts and a wait", "sem s | up s | up s | down s", 0},
    {"too few posts", "sem s | down s | down s | up s", 0},
    {"a semaphore tried", "sem s=1 | trydown r0 s | trydown r0 s | up s", 0},
    {"readers and a writer",
     "var x; rwlock w | rd w; ld r0 x; rdun w | rd w; ld r0 x; rdun w | wr w; "
     "st x 1; wrun w",
     0},
    {"writers", "var x; rwlock w | wr w; st x 1; wrun w | wr w; st x 2; wrun w",
     2},
    {"a reader wants to write", "rwlock w | rd w; wr w; wrun w | rd w; rdun w",
     0},
    {"barrier 2", "var x; barrier b=2 | st x 1; barrier b | barrier b; ld r0 x",
     1},
    {"barrier 3", "barrier b=3 | barrier b | barrier b | barrier b", 1},
    {"two rounds",
     "var x; barrier b=2 | st x 1; barrier b; ld r0 x; barrier b; st x 3 "
     "| barrier b; ld r0 x; barrier b; ld r0 x",
     0},
    {"one never comes to the barrier", "barrier b=2 | barrier b | yield", 1},
    /* Threads. */
    {"created and joined", "var x | create 1; join 1; ld r0 x | st x 1", 1},
    {"created, not joined", "var x | create 1; ld r0 x | st x 1", 2},
    {"counter 2x2, created",
     "var x | create 1; create 2; join 1; join 2 | " INCREMENT "; " INCREMENT
     " | " INCREMENT "; " INCREMENT,
     34},
    {"two create",
     "var x | create 2; st x 1 | create 3; st x 2 | st x 3 | st "
     "x 4",
     0},
    {"created by the created",
     "var x | create 1; st x 1 | create 2; st x 2; join 2; ld r0 x | st x 3",
     0},
    {"joined by one who holds a lock",
     "mutex m | lock m; create 1; join 1; unlock m | lock m; unlock m", 1},
    {"yields order nothing", "var x | yield; st x 1 | yield; yield; st x 2", 2},
    {"exit before others are done",
     "var x y | st x 1; exit | st y 1; ld r0 x; st y 2", 0},
    {"two exit", "var x | exit | exit", 2},
    {"exit right after creating", "var x | create 1; exit | st x 1; ld r0 x",
     3},
    {"exit while one is blocked", "mutex m | lock m; exit | lock m; yield", 0},
    /* Went wrong once. */
    {"a blocked one was enabled where it is asleep",
     "var x; mutex n; rwlock w | lock n | cas r0 x 1 2 | lock n; fadd r1 x 1 "
     "| wr w; lock n; unlock n",
     6},
    {"a choice that was shut before",
     "mutex m; cond c; spurious 1 | unlock m | bcast c | wait c m", 0},
    {"what comes after the race decides",
     "var x y; mutex m | fadd r1 y 1 | st y r2+1 | trylock r2 m; jeq r2 0 l; "
     "cas r2 y 1 2; l: | trylock r2 m; unlock m",
     14},
    {"the loser decides what is written",
     "rwlock w; mutex m | wr w; rdun w | rdun w | lock m | trylock r2 m; jeq "
     "r2 0 l; lock m; l: wr w",
     8},
    {"a leaf that touches less than was known",
     "mutex m; cond c | trylock r2 m | trylock r2 m | lock m; twait r1 c m | "
     "bcast c",
     15},
    {"sums and fills",
     "var a[3]; mutex m; rwlock w | st a[r1] r2+1 | fill a 1 | wr w; lock m; "
     "sum r2 a | rdun w; lock m; wr w; wrun w; unlock m",
     22},
};

const size_t known_programs_n = sizeof known_programs / sizeof *known_programs;
