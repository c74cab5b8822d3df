/* Valgrind on programs that someone else builds.
 * SPDX-License-Identifier: MIT */
#include "detectors/support/valgrind_own.h"

#include "detectors/support/report.h"
#include "os/fs.h"

#include <expat.h>
#include <stdlib.h>

const char *valgrind_unfit(const struct valgrind *v, const struct program *p)
{
    if (p->form == PROGRAM_SCRIPT)
        return "it is a script, and Valgrind would judge its interpreter; "
               "name the program that it starts";
    if (p->form == PROGRAM_STATIC)
        return "it is linked statically, and Valgrind does not see its locks; "
               "link without -static";
    if (p->runtime == PROGRAM_TSAN_GCC || p->runtime == PROGRAM_TSAN_CLANG)
        return "ThreadSanitizer is built in, which does not run under "
               "Valgrind; build without -fsanitize=thread";
    if (p->runtime == PROGRAM_OTHER_SANITIZER)
        return "a sanitizer is built in, which does not run under Valgrind; "
               "build without -fsanitize";
    if (v->posix_only && p->model == MODEL_C11_NATIVE)
        return "threads of C11 die under it; compile with -I and Lockstep's "
               "sanitizer-configs/c11, as `lockstep check` does";
    return valgrind_unsupported(p->model);
}

const char *valgrind_hint(const struct program *p)
{
    return p->dwarf > 4 ? "Valgrind misreads some lines of DWARF 5; compile "
                          "with -gdwarf-4"
                        : NULL;
}

struct counts {
    bool within; /* <suppcounts> */
    struct buf text, count, name;
    struct suppressed_list *out;
};

static void XMLCALL on_start(void *arg, const char *name, const char **attr)
{
    struct counts *c = arg;
    (void)attr;
    buf_clear(&c->text);
    if (str_eq(name, "suppcounts"))
        c->within = true;
}

static void keep(struct buf *to, const struct buf *from)
{
    buf_clear(to);
    buf_add(to, buf_str(from), from->len);
}

static void XMLCALL on_end(void *arg, const char *name)
{
    struct counts *c = arg;
    if (str_eq(name, "suppcounts"))
        c->within = false;
    else if (c->within && str_eq(name, "count"))
        keep(&c->count, &c->text);
    else if (c->within && str_eq(name, "name"))
        keep(&c->name, &c->text);
    else if (c->within && str_eq(name, "pair"))
        suppressed_add(c->out, buf_str(&c->name), c->name.len,
                       strtoul(buf_str(&c->count), NULL, 10));
    buf_clear(&c->text);
}

static void XMLCALL on_text(void *arg, const char *s, int n)
{
    struct counts *c = arg;
    if (c->within && c->text.len < REPORT_MAX_TEXT)
        buf_add(&c->text, s, (size_t)n);
}

void valgrind_suppressed_xml(const char *text, size_t n,
                             struct suppressed_list *out)
{
    struct counts c = {.out = out};
    XML_Parser parser = XML_ParserCreate(NULL);
    XML_SetUserData(parser, &c);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    for (size_t at = 0, piece; at < n; at += piece) {
        piece = n - at < 1 << 16 ? n - at : 1 << 16;
        if (XML_Parse(parser, text + at, (int)piece, 0) != XML_STATUS_OK)
            break;
    }
    XML_ParserFree(parser);
    buf_fini(&c.text);
    buf_fini(&c.count);
    buf_fini(&c.name);
}

/* The names in Valgrind's own file, which it always uses. */
static void default_names(struct strv *names)
{
    static const char *const places[] = {
        "/usr/libexec/valgrind/default.supp", "/usr/lib/valgrind/default.supp",
        "/usr/local/libexec/valgrind/default.supp"};
    struct buf text = {0};
    struct strv lines = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places && !text.len; i++)
        fs_read(places[i], &text);
    strv_split(&lines, buf_str(&text), '\n');
    for (size_t i = 1; i < lines.n; i++)
        if (str_eq(lines.v[i - 1], "{"))
            strv_add(names, lines.v[i]);
    strv_fini(&lines);
    buf_fini(&text);
}

static void take_away(struct suppressed_list *l, const struct strv *names)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (strv_has(names, l->v[i].name))
            free(l->v[i].name);
        else
            l->v[kept++] = l->v[i];
    }
    l->n = kept;
}

void valgrind_suppressed(const struct run_output *o,
                         struct suppressed_list *out)
{
    struct strv paths = {0}, names = {0};
    report_files(o->report_dir, &paths);
    for (size_t i = 0; i < paths.n; i++) {
        struct buf text = {0};
        if (report_read(paths.v[i], &text) == ERR_OK)
            valgrind_suppressed_xml(buf_str(&text), text.len, out);
        buf_fini(&text);
    }
    if (out->n)
        default_names(&names);
    take_away(out, &names);
    strv_fini(&names);
    strv_fini(&paths);
}
