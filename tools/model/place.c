/* Places in a manifest, found by libyaml's events.
 * SPDX-License-Identifier: MIT */
#include "model/place.h"

#include "model/manifest.h"

#include <stdbool.h>
#include <string.h>
#include <yaml.h>

static bool is_before(const yaml_mark_t *mark, struct place p)
{
    int line = (int)mark->line + 1;
    return line < p.line || (line == p.line && (int)mark->column < p.column);
}

int place_of_scalar(const char *text, size_t n, const char *word,
                    struct place from, unsigned nth)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int line = 0;
    bool more = true;
    if (!yaml_parser_initialize(&parser))
        return 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    while (more && line == 0 && yaml_parser_parse(&parser, &event)) {
        more = event.type != YAML_STREAM_END_EVENT;
        if (event.type == YAML_SCALAR_EVENT &&
            !is_before(&event.start_mark, from) &&
            strcmp((const char *)event.data.scalar.value, word) == 0 &&
            nth-- == 0)
            line = (int)event.start_mark.line + 1;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return line;
}

int manifest_line(const char *text, size_t n, const char *word, unsigned nth)
{
    return place_of_scalar(text, n, word, (struct place){0}, nth);
}

/* Where the walk over the events of a manifest stands. */
struct walk {
    const char *key;
    int depth;   /* of open mappings and sequences */
    bool value;  /* at depth 1: the next node is a value */
    bool in_key; /* that value, or what is in it, belongs to key */
    int index;   /* entries to come before the one that is meant */
    int line;    /* of what was found, or 0 */
};

static void at_node(struct walk *w, const yaml_event_t *event)
{
    int line = (int)event->start_mark.line + 1;
    if (w->depth == 2 && w->in_key && w->index-- == 0)
        w->line = line;
    if (w->depth != 1)
        return;
    if (!w->value) {
        w->in_key = event->type == YAML_SCALAR_EVENT &&
                    strcmp((const char *)event->data.scalar.value, w->key) == 0;
        if (w->in_key && w->index < 0)
            w->line = line;
    }
    w->value = !w->value;
}

static void walk_event(struct walk *w, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        at_node(w, event);
        break;
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        at_node(w, event);
        w->depth++;
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        w->depth--;
        break;
    default:
        break;
    }
}

int place_of_entry(const char *text, size_t n, const char *key, int index)
{
    struct walk w = {.key = key, .index = index};
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = true;
    if (!yaml_parser_initialize(&parser))
        return 0;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    while (more && w.line == 0 && yaml_parser_parse(&parser, &event)) {
        more = event.type != YAML_STREAM_END_EVENT;
        walk_event(&w, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return w.line;
}
