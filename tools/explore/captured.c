/* A frozen pointer is the same pointer, but one through which LLVM does not
 * see. Source of the rules: the LLVM Language Reference, alloca, freeze and
 * getelementptr; ThreadSanitizer.cpp of LLVM 19.
 * SPDX-License-Identifier: MIT */
#include "explore/captured.h"

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The variable that a line allocates, if it has elements; to be freed. */
static char *allocated(const char *line)
{
    static const char sign[] = " = alloca ";
    const char *name = line + strspn(line, " ");
    const char *at = strstr(name, sign);
    size_t n = strcspn(name, " ");
    if (*name != '%' || name[1] == '"' || !at || at != name + n)
        return NULL;
    const char *type = at + strlen(sign);
    bool of_elements = strchr("[{%<", *type) || strstr(type, ", i64 %") ||
                       strstr(type, ", i32 %");
    return of_elements ? str_ndup(name, n) : NULL;
}

/* Where a line says of which pointer it takes an element, or NULL. */
static const char *base_of(const char *line, size_t *n)
{
    const char *at = strstr(line, " = getelementptr ");
    at = at ? strstr(at, ", ptr %") : NULL;
    if (!at)
        return NULL;
    at += strlen(", ptr ");
    *n = strcspn(at, ",\n");
    return at;
}

/* A weak exchange has the same hook as a strong one. */
static const char weak[] = "lockstep_weak_exchange";

static void add_line(char *line, struct strv *names, struct buf *out)
{
    size_t n = 0;
    char *name = allocated(line);
    const char *base = base_of(line, &n);
    char *pointer = base ? str_ndup(base, n) : NULL;
    if (strstr(line, " = cmpxchg weak "))
        buf_addf(out, "  call void @%s()\n", weak);
    if (pointer && strv_has(names, pointer))
        buf_addf(out, "%.*s%s.shared%s\n", (int)(base - line), line, pointer,
                 base + n);
    else
        buf_addf(out, "%s\n", line);
    if (name) {
        buf_addf(out, "  %s.shared = freeze ptr %s\n", name, name);
        strv_add(names, name);
    }
    free(name);
    free(pointer);
}

void captured_mend(const char *assembly, struct buf *out)
{
    struct strv names = {0};
    while (*assembly) {
        size_t n = strcspn(assembly, "\n");
        char *line = str_ndup(assembly, n);
        if (str_starts(line, "define "))
            strv_fini(&names);
        add_line(line, &names, out);
        free(line);
        assembly += n + (assembly[n] == '\n');
    }
    buf_addf(out, "declare void @%s()\n", weak);
    strv_fini(&names);
}
