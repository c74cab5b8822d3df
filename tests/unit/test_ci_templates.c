/* The templates of CI are YAML, and the tool takes each command line in them.
 * SPDX-License-Identifier: MIT */
#include "base/str.h"
#include "os/fs.h"
#include "os/proc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include <cmocka.h>

/* Adds each scalar of the YAML; false if it is none. */
static bool scalars(const char *path, struct strv *out)
{
    struct buf text = {0};
    yaml_parser_t parser;
    yaml_event_t event;
    bool more = true, good = true;
    assert_int_equal(fs_read(path, &text), ERR_OK);
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)buf_str(&text),
                                 text.len);
    while (more && (good = yaml_parser_parse(&parser, &event))) {
        more = event.type != YAML_STREAM_END_EVENT;
        if (event.type == YAML_SCALAR_EVENT)
            strv_add(out, (const char *)event.data.scalar.value);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    buf_fini(&text);
    return good;
}

/* The command that begins at s, lines joined, up to " -- ". */
static char *command_at(const char *s)
{
    struct buf b = {0};
    for (; *s && *s != '\n' && !str_starts(s, "-- ./"); s++) {
        if (s[0] == '\\' && s[1] == '\n')
            s++;
        else
            buf_add(&b, s, 1);
    }
    return buf_take(&b);
}

/* The exit code of the command, with --help behind it: what is wrong with its
 * options comes first. */
static int try(const char *command)
{
    char *line = str_fmt("lockstep() { '" LIB_DIR "/../lockstep' \"$@\"; }\n"
                         "%s --help >/dev/null",
                         command);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    struct proc_spec spec = {.argv = argv, .timeout = 60};
    struct proc_result r = {0};
    assert_int_equal(proc_run(&spec, &r), ERR_OK);
    assert_int_equal(r.end, PROC_EXITED);
    int code = r.code;
    if (code)
        print_message("%s\n%s\n", command, buf_str(&r.err.head));
    proc_result_fini(&r);
    free(line);
    return code;
}

/* Tries each command of the tool; returns how many there are. */
static size_t try_all(const char *text)
{
    size_t n = 0;
    for (const char *s = text; (s = strstr(s, "lockstep ")); s++) {
        const char *line = s;
        while (line > text && line[-1] == ' ')
            line--;
        if (line > text && line[-1] != '\n')
            continue;
        char *command = command_at(s);
        assert_int_equal(try(command), 0);
        free(command);
        n++;
    }
    return n;
}

static void check_template(const char *name)
{
    struct strv l = {0};
    size_t commands = 0;
    char *path = fs_join(SOURCE_DIR "/ci", name);
    assert_true(scalars(path, &l));
    for (size_t i = 0; i < l.n; i++)
        commands += try_all(l.v[i]);
    assert_true(commands >= 1);
    strv_fini(&l);
    free(path);
}

static void the_one_of_github_is_accepted(void **state)
{
    (void)state;
    check_template("github-actions.yml");
}

static void the_one_of_gitlab_is_accepted(void **state)
{
    (void)state;
    check_template("gitlab-ci.yml");
}

static void a_bad_command_is_not(void **state)
{
    (void)state;
    assert_int_equal(try("lockstep check --nosuch"), 2);
    assert_int_equal(try("lockstep check --require nosuch"), 2);
    assert_int_equal(try("lockstep nosuch"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_one_of_github_is_accepted),
        cmocka_unit_test(the_one_of_gitlab_is_accepted),
        cmocka_unit_test(a_bad_command_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
