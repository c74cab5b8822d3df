/* YAML files into structs, with errors that name their place.
 * SPDX-License-Identifier: MIT */
#include "model/form.h"

#include "model/numbers.h"
#include "model/place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static void keep_log(cyaml_log_t level, void *ctx, const char *fmt, va_list ap)
{
    if (level >= CYAML_LOG_ERROR)
        buf_addv(ctx, fmt, ap);
}

static cyaml_config_t configuration(struct buf *log)
{
    return (cyaml_config_t){
        .log_fn = keep_log,
        .log_ctx = log,
        .log_level = CYAML_LOG_ERROR,
        .mem_fn = cyaml_mem,
        .flags = CYAML_CFG_NO_ALIAS,
    };
}

/* What libyaml itself does not read, and aliases, which these files do without:
 * libcyaml tells neither where nor why. */
static enum err check_syntax(const struct form *form, const char *file,
                             const char *text, size_t n, struct diag *d)
{
    yaml_parser_t parser;
    yaml_event_t event;
    enum err e = ERR_OK;
    bool more = yaml_parser_initialize(&parser);
    if (!more)
        return ERR_OK;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, n);
    while (more && e == ERR_OK) {
        if (!yaml_parser_parse(&parser, &event)) {
            diag_at(d, file, (int)parser.problem_mark.line + 1,
                    "this is no YAML: %s",
                    parser.problem ? parser.problem : "it cannot be read");
            e = ERR_INVALID;
            break;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        if (event.type == YAML_ALIAS_EVENT) {
            diag_at(d, file, (int)event.start_mark.line + 1,
                    "'*%s': an alias has no place in a %s; write it out",
                    (const char *)event.data.alias.anchor, form->name);
            e = ERR_INVALID;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return e;
}

/* libcyaml logs what is wrong in its first line, and then a backtrace whose
 * first place, "(line: 3, column: 9)", is the innermost; of a key that is
 * unknown or stands twice it is the one before. */
static int line_of(const char *text, size_t n, const char *log)
{
    static const char *const late[] = {"Load: Unexpected key: ",
                                       "Load: Mapping field already seen: "};
    struct place p = {0};
    const char *at = strstr(log, "(line: ");
    if (at)
        sscanf(at, "(line: %d, column: %d)", &p.line, &p.column);
    for (size_t i = 0; i < COUNT(late); i++) {
        const char *key = log + strlen(late[i]);
        if (!str_starts(log, late[i]))
            continue;
        char *word = str_ndup(key, strcspn(key, "\n"));
        int line = place_of_scalar(text, n, word, p, 0);
        free(word);
        return line ? line : p.line;
    }
    return p.line;
}

/* The values that the field called key may have, wherever the schema has it;
 * nothing if it is no choice. */
static void add_values(struct buf *out, const cyaml_schema_value_t *v,
                       const char *key)
{
    while (v->type == CYAML_SEQUENCE)
        v = v->sequence.entry;
    if (!key && v->type == CYAML_ENUM)
        for (uint32_t i = 0; i < v->enumeration.count; i++)
            buf_addf(out, "%s%s", i ? ", " : "; may be ",
                     v->enumeration.strings[i].str);
    if (!key || v->type != CYAML_MAPPING)
        return;
    for (const cyaml_schema_field_t *f = v->mapping.fields; f->key; f++)
        if (out->len == 0)
            add_values(out, &f->value, str_eq(f->key, key) ? NULL : key);
}

static void tell(const struct form *form, const char *file, const char *text,
                 size_t n, const char *log, const char *fallback,
                 struct diag *d)
{
    static const char field[] = "  in mapping field '";
    const char *what = str_starts(log, "Load: ") ? log + 6 : log;
    const char *in = strstr(log, field);
    int whole = (int)strcspn(what, "\n");
    bool about_key = str_starts(what, "Unexpected key") ||
                     str_starts(what, "Missing required") ||
                     str_starts(what, "Mapping field already");
    struct buf b = {0}, values = {0};
    if (whole == 0 || str_starts(what, "Backtrace"))
        buf_adds(&b, fallback);
    else
        buf_addf(&b, "%.*s", whole, what);
    if (in && !about_key) {
        char *key = str_ndup(in + sizeof field - 1,
                             strcspn(in + sizeof field - 1, "'\n"));
        buf_addf(&b, " in '%s'", key);
        if (str_starts(what, "Invalid ENUM value"))
            add_values(&values, form->schema, key);
        free(key);
    }
    diag_at(d, file, line_of(text, n, log), "%s%s; %s", buf_str(&b),
            buf_str(&values), form->help);
    buf_fini(&values);
    buf_fini(&b);
}

/* What libcyaml has read, but not as it was meant. */
static enum err check_numbers(const struct form *form, const char *file,
                              const char *text, size_t n, struct diag *d)
{
    struct number_misread misread = numbers_check(form->schema, text, n);
    if (!misread.word)
        return ERR_OK;
    diag_at(d, file, misread.line,
            "'%s' is no number as it is wanted there (whole ones are in digits "
            "only); %s",
            misread.word, form->help);
    free(misread.word);
    return ERR_INVALID;
}

enum err form_read(const struct form *form, const char *file, const char *text,
                   size_t n, void **out, struct diag *d)
{
    struct buf log = {0};
    cyaml_config_t config = configuration(&log);
    void *data = NULL;
    if (check_syntax(form, file, text, n, d) != ERR_OK)
        return ERR_INVALID;
    cyaml_err_t e = cyaml_load_data((const uint8_t *)text, n, &config,
                                    form->schema, &data, NULL);
    enum err result = ERR_INVALID;
    if (e == CYAML_OK && !data)
        diag_at(d, file, 1, "the %s is empty", form->name);
    else if (e != CYAML_OK)
        tell(form, file, text, n, buf_str(&log), cyaml_strerror(e), d);
    else
        result = check_numbers(form, file, text, n, d);
    if (result == ERR_OK)
        *out = data;
    else if (data)
        form_free(form, data);
    buf_fini(&log);
    return result;
}

void form_free(const struct form *form, void *data)
{
    struct buf log = {0};
    cyaml_config_t config = configuration(&log);
    cyaml_free(&config, form->schema, data, 0);
    buf_fini(&log);
}
