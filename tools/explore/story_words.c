/* Addresses and values of events, as a reader knows them.
 * SPDX-License-Identifier: MIT */
#include "explore/story_words.h"

#include "base/str.h"
#include "explore/runtime/layout.h"

#include <inttypes.h>
#include <stdlib.h>

#define FDS_SIZE (1 << 16)

/* As LAYOUT_HIDDEN and its neighbours are, by 16 bytes. */
static const char *hidden(uint64_t address)
{
    static const char *const names[] = {
        "the state of `rand`", "the keys of threads' data", "the umask",
        "the kernel's files", "`environ`"};
    uint64_t i = (address - LAYOUT_HIDDEN) / 16;
    if (address >= LAYOUT_SIGNALS)
        return "signals";
    return i < sizeof names / sizeof *names ? names[i] : "libc's own memory";
}

/* Of events that name no place in memory but a number. */
static char *numbered(enum event_kind kind, uint64_t number)
{
    switch (kind) {
    case EVENT_CREATE:
    case EVENT_JOIN:
    case EVENT_DETACH:
    case EVENT_CANCEL:
        return str_fmt("thread %" PRIu64, number);
    case EVENT_FD_READ:
    case EVENT_FD_WRITE:
    case EVENT_FD_CLOSE:
    case EVENT_FD_OTHER:
        return str_fmt("%" PRIu64, number);
    case EVENT_STREAM:
        return str_fmt("0x%" PRIx64, number);
    case EVENT_POLL:
        return str_fmt("%" PRIu64 " descriptors", number);
    default:
        return NULL;
    }
}

/* What is in no memory of the program. */
static char *imagined(uint64_t address)
{
    if (address >= LAYOUT_FDS && address < LAYOUT_FDS + FDS_SIZE)
        return str_fmt("descriptor %d", (int)((address - LAYOUT_FDS) / 16) - 1);
    if (address >= LAYOUT_HIDDEN && address < LAYOUT_FDS)
        return str_dup(hidden(address));
    return NULL;
}

static char *in_memory(struct places *p, uint64_t address)
{
    if (address >= LAYOUT_HEAP && address < LAYOUT_STACKS)
        return str_fmt("a block of the heap (0x%" PRIx64 ")", address);
    if (address >= LAYOUT_STACKS &&
        address < LAYOUT_STACKS + SHARED_THREADS * LAYOUT_STACK_SIZE)
        return str_fmt(
            "the stack of thread %u (0x%" PRIx64 ")",
            (unsigned)((address - LAYOUT_STACKS) / LAYOUT_STACK_SIZE), address);
    char *name = p ? places_variable(p, address) : NULL;
    char *quoted =
        name ? str_fmt("`%s`", name) : str_fmt("0x%" PRIx64, address);
    free(name);
    return quoted;
}

char *story_object(struct places *p, enum event_kind kind, uint64_t address)
{
    char *name = numbered(kind, address);
    if (!name)
        name = imagined(address);
    if (name)
        return name;
    if (kind == EVENT_END || kind == EVENT_EXIT || kind == EVENT_YIELD ||
        kind == EVENT_SLEEP || address == 0)
        return NULL;
    return in_memory(p, address);
}

/* Eight characters, or fewer and a zero. */
static bool is_text(uint64_t bits)
{
    unsigned n = 0;
    for (; n < 8 && bits >> 8 * n & 0xff; n++)
        if ((bits >> 8 * n & 0xff) < ' ' || (bits >> 8 * n & 0xff) > '~')
            return false;
    return n >= 4 && (n == 8 || bits >> 8 * n == 0);
}

/* What is far from zero is text, or a pointer, or might as well be. */
static char *number(uint64_t bits, unsigned size)
{
    if (size == 8 && is_text(bits))
        return str_fmt("\"%.8s\"", (const char *)&bits);
    unsigned shift = 64 - 8 * size;
    int64_t value = (int64_t)(bits << shift) >> shift;
    if (value > UINT32_MAX || value < -(int64_t)UINT32_MAX)
        return str_fmt("0x%" PRIx64, bits);
    return str_fmt("%" PRId64, value);
}

char *story_value(const struct event *e)
{
    if (e->size == 0 || !event_is_access(e->kind))
        return NULL;
    char *before = number(e->before, e->size);
    if (!event_writes(e->kind))
        return before;
    char *after = number(e->after, e->size);
    char *both = str_fmt("%s -> %s", before, after);
    free(before);
    free(after);
    return both;
}
