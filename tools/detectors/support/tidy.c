/* clang-tidy's export.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/tidy.h"

#include "detectors/support/report.h"
#include "detectors/support/rules.h"
#include "os/fs.h"

#include <ctype.h>
#include <cyaml/cyaml.h>
#include <stdlib.h>
#include <string.h>

static const struct rule rules[] = {
    {"concurrency-mt-unsafe", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {"concurrency-thread-canceltype-asynchronous", NULL, NULL, KIND_ATOMICITY,
     AID_NONE},
    {"cert-pos47-c", NULL, NULL, KIND_ATOMICITY, AID_NONE},
    {"bugprone-signal-handler", NULL, NULL, KIND_SIGNAL_UNSAFE, AID_NONE},
    {"cert-sig30-c", NULL, NULL, KIND_SIGNAL_UNSAFE, AID_NONE},
    {"bugprone-bad-signal-to-kill-thread", NULL, NULL, KIND_CRASH, AID_NONE},
    {"cert-pos44-c", NULL, NULL, KIND_CRASH, AID_NONE},
    {"bugprone-spuriously-wake-up-functions", NULL, NULL, KIND_LOST_WAKEUP,
     AID_NONE},
    {"cert-con36-c", NULL, NULL, KIND_LOST_WAKEUP, AID_NONE},
    {"bugprone-unused-return-value", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"cert-err33-c", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"bugprone-posix-return", NULL, NULL, KIND_LOCK_MISUSE, AID_NONE},
    {"openmp-use-default-none", NULL, NULL, KIND_DATA_RACE, AID_NONE},
    {0},
};

struct place {
    char *message, *file;
    size_t offset;
};

struct diagnostic {
    char *name;
    struct place place;
};

struct export
{
    struct diagnostic *list;
    unsigned list_count;
};

#define TEXT(key, type, member)                                                \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER, struct type, member, 0,    \
                           CYAML_UNLIMITED)

static const cyaml_schema_field_t place_fields[] = {
    TEXT("Message", place, message),
    TEXT("FilePath", place, file),
    CYAML_FIELD_UINT("FileOffset", CYAML_FLAG_DEFAULT, struct place, offset),
    CYAML_FIELD_END,
};
static const cyaml_schema_field_t diagnostic_fields[] = {
    TEXT("DiagnosticName", diagnostic, name),
    CYAML_FIELD_MAPPING("DiagnosticMessage", CYAML_FLAG_DEFAULT,
                        struct diagnostic, place, place_fields),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t diagnostic_schema = {CYAML_VALUE_MAPPING(
    CYAML_FLAG_DEFAULT, struct diagnostic, diagnostic_fields)};
static const cyaml_schema_field_t export_fields[] = {
    CYAML_FIELD_SEQUENCE("Diagnostics", CYAML_FLAG_POINTER, struct export, list,
                         &diagnostic_schema, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t export_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct export, export_fields)};
static const cyaml_config_t config = {
    .log_level = CYAML_LOG_ERROR,
    .mem_fn = cyaml_mem,
    .flags = CYAML_CFG_IGNORE_UNKNOWN_KEYS | CYAML_CFG_NO_ALIAS,
};

/* A file that was read. */
struct source {
    char *path;
    struct buf text;
};

VEC_TYPE(sources, struct source);

static const struct buf *source_of(struct sources *l, const char *path)
{
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i].path, path))
            return &l->v[i].text;
    struct source s = {.path = str_dup(path)};
    if (fs_is_file(path))
        report_read(path, &s.text);
    vec_push(l, s);
    return &l->v[l->n - 1].text;
}

static void sources_fini(struct sources *l)
{
    for (size_t i = 0; i < l->n; i++) {
        free(l->v[i].path);
        buf_fini(&l->v[i].text);
    }
    vec_fini(l);
}

/* The name of a function that is called at the offset is worth telling: the
 * check's own message does not. */
static char *message_of(const struct place *p, const struct buf *text)
{
    size_t end = p->offset;
    while (end < text->len &&
           (isalnum((unsigned char)text->data[end]) || text->data[end] == '_'))
        end++;
    bool call = end < text->len && end > p->offset && text->data[end] == '(';
    if (!call || strchr(p->message, '\''))
        return str_dup(p->message);
    return str_fmt("%s: %.*s", p->message, (int)(end - p->offset),
                   text->data + p->offset);
}

static void add(const struct diagnostic *d, struct sources *sources,
                struct findings *l)
{
    const struct buf *text = source_of(sources, d->place.file);
    int line = 0, col = 0;
    for (size_t i = 0; d->place.offset < text->len && i <= d->place.offset; i++)
        if (i == 0 || text->data[i - 1] == '\n') {
            line++;
            col = (int)(d->place.offset - i) + 1;
        }
    char *message = message_of(&d->place, text);
    struct finding *f = rule_add(l, TIDY_ID, rules, d->name, message);
    rule_place(f, ROLE_ACCESS, *d->place.file ? d->place.file : NULL, line,
               col);
    free(message);
}

static char *error_of(const struct export *e)
{
    for (unsigned i = 0; i < e->list_count; i++)
        if (str_eq(e->list[i].name, "clang-diagnostic-error"))
            return str_fmt("the source cannot be read: %s",
                           e->list[i].place.message);
    return NULL;
}

static void add_all(const struct export *e, struct findings *l)
{
    struct sources sources = {0};
    for (unsigned i = 0; i < e->list_count && i < REPORT_MAX_FINDINGS; i++)
        add(&e->list[i], &sources, l);
    sources_fini(&sources);
}

enum err tidy_parse(const char *text, size_t n, struct findings *findings,
                    char **problem)
{
    struct export *e = NULL;
    cyaml_err_t read = cyaml_load_data((const uint8_t *)text, n, &config,
                                       &export_schema, (void **)&e, NULL);
    if (read != CYAML_OK)
        *problem = str_fmt("its export is none: %s", cyaml_strerror(read));
    else
        *problem = e ? error_of(e) : NULL;
    if (!*problem && e)
        add_all(e, findings);
    cyaml_free(&config, &export_schema, e, 0);
    return *problem ? ERR_INVALID : ERR_OK;
}
