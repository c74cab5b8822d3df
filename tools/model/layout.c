/* Where a list stands in the text of a manifest, by libyaml's events.
 * SPDX-License-Identifier: MIT */
#include "model/layout.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Where the walk over the events stands. */
struct walk {
    const char *text;
    size_t first, n; /* where the text begins, after a byte order mark */
    const char *key;
    struct list_layout *out;
    int depth;          /* of open mappings and sequences */
    bool value;         /* at depth 1: the next node is a value */
    bool inside;        /* that value, or what is in it, belongs to key */
    bool found;         /* all of it has been seen */
    bool in_block;      /* it is in block style */
    size_t end;         /* of the last scalar or bracket in it */
    char *entry_key;    /* in an entry: the next node is the value of this */
    size_t value_start; /* of that value, if it is a list in flow style */
    bool unsupported;
};

/* libyaml counts characters. */
static size_t byte_at(const struct walk *w, const yaml_mark_t *mark)
{
    size_t at = w->first;
    for (size_t i = 0; i < mark->index && at < w->n; i++) {
        size_t bytes = str_utf8(w->text + at);
        at += bytes ? bytes : 1;
    }
    return at;
}

static size_t line_start(const struct walk *w, size_t at)
{
    while (at > w->first && w->text[at - 1] != '\n')
        at--;
    return at;
}

/* The end of the line that the bytes before `at` end in, blanks aside. */
static size_t line_end(const struct walk *w, size_t at)
{
    while (at > 0 && strchr(" \t\r\n", w->text[at - 1]))
        at--;
    const char *newline = memchr(w->text + at, '\n', w->n - at);
    return newline ? (size_t)(newline - w->text) + 1 : w->n;
}

static struct entry_layout *last_entry(struct walk *w)
{
    return &w->out->entries.v[w->out->entries.n - 1];
}

static void end_entry(struct walk *w)
{
    if (w->out->entries.n > 0)
        last_entry(w)->lines.to = line_end(w, w->end);
}

static void begin_entry(struct walk *w, size_t node)
{
    struct list_layout *l = w->out;
    struct entry_layout entry = {0};
    size_t dash = node;
    end_entry(w);
    while (dash > 0 && strchr(" \n", w->text[dash - 1]))
        dash--;
    dash -= dash > 0;
    size_t start = line_start(w, dash);
    size_t indent = dash - start;
    if (w->text[dash] != '-' || strspn(w->text + start, " ") != indent)
        w->unsupported = true;
    if (l->entries.n == 0)
        l->indent = indent;
    entry.comments.from = l->entries.n ? last_entry(w)->lines.to : l->head.to;
    entry.comments.to = entry.lines.from = start;
    vec_push(&l->entries, entry);
}

static void begin_list(struct walk *w, const yaml_event_t *event)
{
    w->in_block = event->type == YAML_SEQUENCE_START_EVENT &&
                  event->data.sequence_start.style != YAML_FLOW_SEQUENCE_STYLE;
    if (!w->in_block)
        w->out->head = (struct span){0};
}

static void end_list(struct walk *w)
{
    end_entry(w);
    w->out->all.to = line_end(w, w->end);
    w->inside = false;
    w->found = true;
}

/* A key of the manifest itself. */
static void at_key(struct walk *w, const yaml_event_t *event)
{
    size_t at = byte_at(w, &event->start_mark);
    if (event->type != YAML_SCALAR_EVENT || line_start(w, at) != at ||
        (w->found && at < w->out->all.to)) {
        w->unsupported = true;
        return;
    }
    w->inside = strcmp((const char *)event->data.scalar.value, w->key) == 0;
    if (w->inside) {
        size_t end = line_end(w, byte_at(w, &event->end_mark));
        w->out->all = w->out->head = (struct span){at, end};
    }
}

static void keep_value(struct walk *w, size_t from, size_t to)
{
    struct value_layout value = {w->entry_key, {from, to}};
    vec_push(&last_entry(w)->values, value);
    w->entry_key = NULL;
}

/* A key of an entry, or the beginning of its value. */
static void in_entry(struct walk *w, const yaml_event_t *event)
{
    bool scalar = event->type == YAML_SCALAR_EVENT;
    size_t from = byte_at(w, &event->start_mark);
    size_t to = byte_at(w, &event->end_mark);
    if (!w->entry_key) {
        w->entry_key =
            scalar ? str_dup((char *)event->data.scalar.value) : NULL;
        w->unsupported |= !scalar;
    } else if (!scalar) {
        w->value_start = from;
    } else if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
               event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE) {
        free(w->entry_key);
        w->entry_key = NULL;
    } else {
        keep_value(w, from, to);
    }
}

static void end_value(struct walk *w, const yaml_event_t *event)
{
    size_t to = byte_at(w, &event->end_mark);
    if (to > byte_at(w, &event->start_mark)) {
        keep_value(w, w->value_start, to);
    } else {
        free(w->entry_key);
        w->entry_key = NULL;
    }
}

static void at_node(struct walk *w, const yaml_event_t *event)
{
    if (w->depth == 1) {
        if (!w->value)
            at_key(w, event);
        else if (w->inside)
            begin_list(w, event);
        w->value = !w->value;
    } else if (w->inside && w->in_block && w->depth == 2) {
        begin_entry(w, byte_at(w, &event->start_mark));
    } else if (w->inside && w->in_block && w->depth == 3) {
        in_entry(w, event);
    }
    if (w->inside && event->type == YAML_SCALAR_EVENT)
        w->end = byte_at(w, &event->end_mark);
}

/* The end of what is in block style is where the next token begins. */
static void at_end(struct walk *w, const yaml_event_t *event)
{
    w->depth--;
    if (!w->inside)
        return;
    if (event->end_mark.index > event->start_mark.index)
        w->end = byte_at(w, &event->end_mark);
    if (w->in_block && w->depth == 3)
        end_value(w, event);
    if (w->depth == 1)
        end_list(w);
}

static void walk_event(struct walk *w, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_STREAM_START_EVENT:
        w->unsupported |=
            event->data.stream_start.encoding != YAML_UTF8_ENCODING;
        break;
    case YAML_MAPPING_START_EVENT:
        w->unsupported |= w->depth == 0 && event->data.mapping_start.style ==
                                               YAML_FLOW_MAPPING_STYLE;
        /* fall through */
    case YAML_SEQUENCE_START_EVENT:
        at_node(w, event);
        w->depth++;
        break;
    case YAML_SCALAR_EVENT:
        at_node(w, event);
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        at_end(w, event);
        break;
    default:
        break;
    }
}

enum err layout_read(const char *text, size_t n, const char *key,
                     struct list_layout *out)
{
    struct walk w = {.text = text, .n = n, .key = key, .out = out};
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = yaml_parser_initialize(&parser);
    *out = (struct list_layout){.all = {n, n}, .indent = 2};
    w.first = str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
    if (!more)
        return ERR_UNSUPPORTED;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    while (more && !w.unsupported && yaml_parser_parse(&parser, &event)) {
        more = event.type != YAML_STREAM_END_EVENT;
        walk_event(&w, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    free(w.entry_key);
    return w.unsupported || more ? ERR_UNSUPPORTED : ERR_OK;
}

void layout_fini(struct list_layout *l)
{
    for (size_t i = 0; i < l->entries.n; i++) {
        for (size_t j = 0; j < l->entries.v[i].values.n; j++)
            free(l->entries.v[i].values.v[j].key);
        vec_fini(&l->entries.v[i].values);
    }
    vec_fini(&l->entries);
}

const struct span *layout_value(const struct entry_layout *e, const char *key)
{
    for (size_t i = 0; i < e->values.n; i++)
        if (str_eq(e->values.v[i].key, key))
            return &e->values.v[i].at;
    return NULL;
}
