/* The results of exploring, printed.
 * SPDX-License-Identifier: MIT */
#include "cli/exploring.h"

#include "explore/names.h"
#include "explore/story_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char *title(const struct explored_bug *b)
{
    switch (b->kind) {
    case BUG_RACE:
        return "data race";
    case BUG_LOST_WAKEUP:
        return "lost wake-up: all threads wait, and nobody is left to signal";
    case BUG_DEADLOCK:
        return "deadlock";
    case BUG_LIVELOCK:
        return "a thread spins for ever on what nobody will change";
    case BUG_LEAK:
        return "a thread is never joined";
    case BUG_FREED:
        return "use after free";
    case BUG_DOUBLE_FREE:
        return "double free";
    case BUG_LOCK_LEAK:
        return "a thread ends while it holds a lock";
    case BUG_MISUSE:
        return "misuse";
    case BUG_EXIT:
        return "the program fails";
    case BUG_CRASH:
        return "crash";
    case BUG_ASSERTION:
        return "assertion failed";
    default:
        return bug_id(b->kind);
    }
}

static void print_place(const struct explored_place *p)
{
    printf("  %s", p->text);
    if (p->file)
        printf("\n      at %s:%d", str_basename(p->file), p->line);
    if (p->file && p->function)
        printf(", in %s()", p->function);
    putchar('\n');
}

/* Who waits for whom, as long as it leads on, from the first who waits. */
static void print_cycle(const struct explored_bug *b)
{
    bool seen[SHARED_THREADS] = {false};
    int at = -1;
    for (size_t i = 0; i < b->places.n && at < 0; i++)
        if (b->places.v[i].holder >= 0)
            at = (int)b->places.v[i].thread;
    for (int steps = 0; at >= 0 && steps < SHARED_THREADS; steps++) {
        const struct explored_place *p = NULL;
        for (size_t i = 0; i < b->places.n; i++)
            if ((int)b->places.v[i].thread == at)
                p = &b->places.v[i];
        if (!p || p->holder < 0 || seen[at])
            break;
        seen[at] = true;
        printf(steps ? " -> T%d" : "  who waits for whom: T%d -> T%d",
               steps ? p->holder : (int)p->thread, p->holder);
        at = p->holder;
    }
    if (at >= 0)
        printf("%s\n", seen[at] ? " (a circle)" : "");
}

static bool is_concerned(const struct explored_bug *b, unsigned thread)
{
    bool pair = b->kind == BUG_RACE || b->kind == BUG_FREED ||
                b->kind == BUG_DOUBLE_FREE;
    for (size_t i = 0; i < b->places.n; i++)
        if (b->places.v[i].thread == thread)
            return true;
    return !pair;
}

/* Many a program is held to be right since one thread sleeps long enough: in
 * this schedule it did not. The last such sleep of each thread. */
static void print_sleeps(const struct explored_bug *b)
{
    for (size_t i = 0; i < b->story.n; i++) {
        const struct story_line *l = &b->story.v[i];
        bool last = l->early && l->file && is_concerned(b, l->thread);
        for (size_t j = i + 1; last && j < b->story.n; j++)
            last = b->story.v[j].thread != l->thread || !b->story.v[j].early;
        if (last)
            printf("  against a sleep: thread %u goes on from its sleep at "
                   "%s:%d\n      before others that did not sleep so long; a "
                   "sleep orders nothing\n",
                   l->thread, str_basename(l->file), l->line);
    }
}

static bool interrupts(const struct explored_bug *b)
{
    for (size_t i = 0; i < b->story.n; i++)
        if (b->story.v[i].breaks)
            return true;
    return false;
}

static void print_how(const struct explored_bug *b, bool color)
{
    struct buf text = {0};
    if (b->story.n == 0)
        return;
    printf("  how it happens (> marks a switch of threads%s):\n",
           interrupts(b) ? ", ! one that interrupts" : "");
    story_print(&b->story, color, &text);
    fputs(buf_str(&text), stdout);
    buf_fini(&text);
}

void exploring_print_bug(const struct explored_bug *b, bool color)
{
    printf("%s%s%s", color ? "\033[1;31m" : "", title(b),
           color ? "\033[0m" : "");
    if (*b->text)
        printf(": %s", b->text);
    putchar('\n');
    for (size_t i = 0; i < b->places.n; i++)
        print_place(&b->places.v[i]);
    if (b->kind == BUG_DEADLOCK)
        print_cycle(b);
    print_sleeps(b);
    print_how(b, color);
}

static void print_commands(const struct explored_bug *b)
{
    struct buf path = {0};
    if (!b->trace) {
        puts("  no trace of it could be kept");
        return;
    }
    str_shell_quote(&path, b->trace);
    printf("  replay: lockstep replay %s\n          lockstep replay --gdb %s\n",
           buf_str(&path), buf_str(&path));
    if (!b->replayed)
        puts("  (a first replay did not show it again)");
    buf_fini(&path);
}

static void print_bugs(const struct explored *e, size_t from, bool color)
{
    for (size_t i = from; i < e->bugs.n; i++) {
        putchar('\n');
        exploring_print_bug(&e->bugs.v[i], color);
        print_commands(&e->bugs.v[i]);
    }
}

static const char *verdict_color(enum claim v)
{
    return v == EXPLORED_BUG        ? "\033[1;31m"
           : v == EXPLORED_VERIFIED ? "\033[1;32m"
                                    : "\033[1;33m";
}

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void print_numbers(const struct explored *e)
{
    const struct shared_stats *n = &e->stats;
    printf("  %" PRIu64 " execution%s in %.2f s", n->executions,
           plural(n->executions), e->seconds);
    if (e->seconds > 0)
        printf(", %.0f/s", (double)n->executions / e->seconds);
    if (n->traces)
        printf("; %s%" PRIu64 " different trace%s",
               n->traces_exact ? "" : ">=", n->traces, plural(n->traces));
    else
        printf("; none came to its end");
    if (n->blocked)
        printf(", %" PRIu64 " cut short as redundant", n->blocked);
    printf("; up to %" PRIu64 " thread%s, %" PRIu64 " step%s\n", n->max_threads,
           plural(n->max_threads), n->max_steps, plural(n->max_steps));
}

void exploring_print(const char *name, const struct explored *e, bool color)
{
    printf("%s: %s%s%s", name, color ? verdict_color(e->verdict) : "",
           claim_id(e->verdict), color ? "\033[0m" : "");
    for (size_t i = 0; i < e->why.n; i++)
        printf("%s%s", i ? "; " : " (", e->why.v[i]);
    puts(e->why.n ? ")" : "");
    print_numbers(e);
    print_bugs(e, 0, color);
    fflush(stdout);
}

void exploring_print_outcome(const struct explored *e, size_t from, bool color)
{
    const struct explored_outcome *o = &e->outcome;
    if (!o->looked)
        return;
    bool found = e->bugs.n > from;
    printf("\n%s in %" PRIu64 " more execution%s, %.2f s%s\n",
           found ? "what it leads to, found" : "no failure that it leads to",
           o->executions, plural(o->executions), o->seconds,
           o->complete ? ": no schedule has one" : "");
    print_bugs(e, from, color);
}

static json_t *places_json(const struct explored_bug *b)
{
    json_t *list = json_array();
    for (size_t i = 0; i < b->places.n; i++) {
        const struct explored_place *p = &b->places.v[i];
        json_t *j = json_pack(
            "{s:i, s:s, s:s, s:s?, s:s?, s:i, s:s?}", "thread", (int)p->thread,
            "text", p->text, "does", event_text(p->verb), "object", p->object,
            "file", p->file, "line", p->line, "function", p->function);
        if (p->holder >= 0)
            json_object_set_new(j, "waits_for", json_integer(p->holder));
        if (p->held_file)
            json_object_set_new(j, "held_since",
                                json_pack("{s:s, s:i}", "file", p->held_file,
                                          "line", p->held_line));
        json_array_append_new(list, j);
    }
    return list;
}

static json_t *steps_json(const struct explored_bug *b)
{
    json_t *list = json_array();
    for (size_t i = 0; i < b->story.n; i++) {
        const struct story_line *l = &b->story.v[i];
        json_array_append_new(
            list,
            json_pack("{s:i, s:s, s:s?, s:s?, s:s?, s:i, s:s?, s:b, s:b, s:I}",
                      "thread", (int)l->thread, "does",
                      event_text((enum event_kind)l->verb), "object", l->object,
                      "value", l->value, "file", l->file, "line", l->line,
                      "function", l->function, "switch", l->switches,
                      "interrupts", l->breaks, "left_out",
                      (json_int_t)l->left_out));
    }
    return list;
}

json_t *exploring_bug_json(const struct explored_bug *b)
{
    json_t *j =
        json_pack("{s:s, s:i, s:s, s:s?, s:b, s:I, s:I, s:o, s:o}", "kind",
                  bug_id(b->kind), "code", b->code, "text", b->text, "trace",
                  b->trace, "replayed", b->replayed, "execution",
                  (json_int_t)b->execution, "trace_steps", (json_int_t)b->steps,
                  "places", places_json(b), "steps", steps_json(b));
    json_object_set_new(j, "outcome", json_boolean(b->outcome));
    if (b->small)
        json_object_set_new(j, "preemptions",
                            json_integer((json_int_t)b->preemptions));
    return j;
}
