/* Structs as bytes and back, and bytes that are no struct.
 * SPDX-License-Identifier: MIT */
#include "history/pack.h"
#include "history/packed.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "findings.h"

static void numbers_come_back(void **state)
{
    (void)state;
    static const unsigned numbers[] = {0, 1, 127, 128, 300, UINT_MAX};
    static const int signs[] = {0, -1, 63, -64, 8191, INT_MAX, -INT_MAX};
    static const double reals[] = {0, -0.0, 1.0 / 3, 1e300, -5e-324};
    struct pack p = {0};
    for (size_t i = 0; i < 6; i++)
        pack_unsigned(&p, &(unsigned){numbers[i]});
    for (size_t i = 0; i < 7; i++)
        pack_int(&p, &(int){signs[i]});
    for (size_t i = 0; i < 5; i++)
        pack_real(&p, &(double){reals[i]});
    struct pack back = pack_of(p.out.data, p.out.len);
    for (size_t i = 0; i < 6; i++) {
        unsigned n = 7;
        pack_unsigned(&back, &n);
        assert_int_equal(n, numbers[i]);
    }
    for (size_t i = 0; i < 7; i++) {
        int n = 7;
        pack_int(&back, &n);
        assert_int_equal(n, signs[i]);
    }
    for (size_t i = 0; i < 5; i++) {
        double x = 7;
        pack_real(&back, &x);
        assert_memory_equal(&x, &reals[i], sizeof x);
    }
    assert_true(pack_done(&back));
    pack_fini(&p);
}

static void texts_come_back_byte_by_byte(void **state)
{
    (void)state;
    static const char *const texts[] = {NULL, "", "a", "\xff\xfe\n\x01", "ä"};
    struct pack p = {0};
    for (size_t i = 0; i < 5; i++) {
        char *text = str_dup(texts[i]);
        pack_text(&p, &text);
        free(text);
    }
    struct pack back = pack_of(p.out.data, p.out.len);
    for (size_t i = 0; i < 5; i++) {
        char *text = NULL;
        pack_text(&back, &text);
        assert_true(str_eq(text, texts[i]));
        free(text);
    }
    assert_true(pack_done(&back));
    pack_fini(&p);
}

static void two_findings(struct findings *l)
{
    for (int i = 0; i < 2; i++) {
        struct finding *f =
            findings_add(l, "tsan-gcc", KIND_LOCK_ORDER, i ? NULL : "cycle");
        f->message = str_dup("a \"message\"\n\xff");
        f->grade = GRADE_PARTIAL;
        struct access *a = accesses_add(&f->accesses, ROLE_ATOMIC_WRITE);
        a->previous = true;
        a->thread = str_dup("T1");
        struct frame *frame = frames_add(&a->stack);
        frame->file = str_dup("/src/a b.c");
        frame->line = 12;
        frame->col = 3;
        accesses_add(&f->accesses, ROLE_CREATED);
    }
}

static void findings_come_back(void **state)
{
    (void)state;
    struct findings l = {0}, back = {0};
    struct pack p = {0};
    two_findings(&l);
    packed_findings(&p, &l);
    struct pack q = pack_of(p.out.data, p.out.len);
    packed_findings(&q, &back);
    assert_true(pack_done(&q));
    assert_int_equal(back.n, 2);
    assert_int_equal(back.v[0].kind, KIND_LOCK_ORDER);
    assert_int_equal(back.v[0].grade, GRADE_PARTIAL);
    assert_string_equal(back.v[0].message, "a \"message\"\n\xff");
    assert_null(back.v[1].native);
    assert_int_equal(back.v[0].accesses.n, 2);
    assert_int_equal(back.v[0].accesses.v[0].role, ROLE_ATOMIC_WRITE);
    assert_true(back.v[0].accesses.v[0].previous);
    assert_int_equal(back.v[0].accesses.v[0].stack.v[0].line, 12);
    assert_int_equal(back.v[0].accesses.v[0].stack.v[0].col, 3);
    findings_fini(&back);
    findings_fini(&l);
    pack_fini(&p);
}

/* Whatever is cut off or changed: told, and nothing leaks or is overrun. */
static void broken_bytes_are_told(void **state)
{
    (void)state;
    struct findings l = {0};
    struct pack p = {0};
    two_findings(&l);
    packed_findings(&p, &l);
    for (size_t n = 0; n < p.out.len; n++) {
        struct findings back = {0};
        struct pack q = pack_of(p.out.data, n);
        packed_findings(&q, &back);
        assert_false(pack_done(&q));
        findings_fini(&back);
    }
    for (size_t i = 0; i < p.out.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            struct findings back = {0};
            p.out.data[i] ^= (char)(1 << bit);
            struct pack q = pack_of(p.out.data, p.out.len);
            packed_findings(&q, &back);
            findings_fini(&back);
            p.out.data[i] ^= (char)(1 << bit);
        }
    findings_fini(&l);
    pack_fini(&p);
}

static void unknown_word_is_told(void **state)
{
    (void)state;
    struct pack p = {0};
    char *word = str_dup("no-such-grade");
    enum grade g = GRADE_EXACT;
    pack_text(&p, &word);
    struct pack q = pack_of(p.out.data, p.out.len);
    pack_choice(&q, &g, grade_id, GRADE_EXACT);
    assert_false(pack_done(&q));
    free(word);
    pack_fini(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(texts_come_back_byte_by_byte),
        cmocka_unit_test(findings_come_back),
        cmocka_unit_test(broken_bytes_are_told),
        cmocka_unit_test(unknown_word_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
