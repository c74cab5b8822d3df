/* The results of exploring, printed.
 * SPDX-License-Identifier: MIT */
#include "cli/exploring.h"

#include "explore/names.h"

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
        return "deadlock: no thread can go on";
    case BUG_LIVELOCK:
        return "a thread spins for ever on what nobody will change";
    case BUG_LEAK:
        return "a thread is never joined";
    case BUG_FREED:
        return "use after free";
    case BUG_DOUBLE_FREE:
        return "double free";
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

static void print_how(const struct explored_bug *b)
{
    struct buf text = {0};
    if (b->story.n == 0)
        return;
    puts("  how it happens (> marks a switch of threads):");
    story_print(&b->story, b->left_out, &text);
    fputs(buf_str(&text), stdout);
    buf_fini(&text);
}

void exploring_print_bug(const struct explored_bug *b)
{
    printf("%s", title(b));
    if (*b->text)
        printf(": %s", b->text);
    putchar('\n');
    for (size_t i = 0; i < b->places.n; i++)
        print_place(&b->places.v[i]);
    if (b->kind == BUG_DEADLOCK)
        print_cycle(b);
    print_how(b);
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

void exploring_print(const char *name, const struct explored *e)
{
    printf("%s: %s", name, claim_id(e->verdict));
    for (size_t i = 0; i < e->why.n; i++)
        printf("%s%s", i ? "; " : " (", e->why.v[i]);
    puts(e->why.n ? ")" : "");
    printf("  %" PRIu64 " executions in %.2f s", e->stats.executions,
           e->seconds);
    if (e->seconds > 0)
        printf(", %.0f/s", (double)e->stats.executions / e->seconds);
    printf("; %s%" PRIu64 " different traces",
           e->stats.traces_exact ? "" : ">=", e->stats.traces);
    if (e->stats.blocked)
        printf(", %" PRIu64 " cut short as redundant", e->stats.blocked);
    printf("; at most %" PRIu64 " threads and %" PRIu64 " steps\n",
           e->stats.max_threads, e->stats.max_steps);
    for (size_t i = 0; i < e->bugs.n; i++) {
        putchar('\n');
        exploring_print_bug(&e->bugs.v[i]);
        print_commands(&e->bugs.v[i]);
    }
}

static json_t *places_json(const struct explored_bug *b)
{
    json_t *list = json_array();
    for (size_t i = 0; i < b->places.n; i++) {
        const struct explored_place *p = &b->places.v[i];
        json_t *j = json_pack("{s:i, s:s, s:s?, s:i, s:s?}", "thread",
                              (int)p->thread, "text", p->text, "file", p->file,
                              "line", p->line, "function", p->function);
        if (p->holder >= 0)
            json_object_set_new(j, "waits_for", json_integer(p->holder));
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
            json_pack("{s:i, s:s, s:s?, s:s?, s:s?, s:i, s:s?, s:b}", "thread",
                      (int)l->thread, "does",
                      event_text((enum event_kind)l->verb), "object", l->object,
                      "value", l->value, "file", l->file, "line", l->line,
                      "function", l->function, "switch", l->switches));
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
    if (b->small)
        json_object_set_new(j, "preemptions",
                            json_integer((json_int_t)b->preemptions));
    return j;
}
