/* Accesses without a hook are found in what compilers write, whatever stands
 * around them; lines that are none pass as they are.
 * SPDX-License-Identifier: MIT */
#include "explore/captured.h"
#include "explore/unhooked.h"

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

static int times(const char *text, const char *what)
{
    int n = 0;
    for (const char *p = text; (p = strstr(p, what)); p++)
        n++;
    return n;
}

/* How many reads and writes are told for a function of these lines. */
static void told(const char *lines, bool clang, int reads, int writes)
{
    struct buf out = {0};
    char *text = str_fmt("f:\n%s", lines);
    unhooked_mend(text, clang, &out);
    int r = times(buf_str(&out), "call\tlockstep_unhooked_read\n");
    int w = times(buf_str(&out), "call\tlockstep_unhooked_write\n");
    if (r != reads || w != writes)
        fail_msg("%d and %d, not %d and %d, in\n%s", r, w, reads, writes,
                 buf_str(&out));
    free(text);
    buf_fini(&out);
}

#define HOOK(name) "\tcall\t__tsan_" name "@PLT\n"

static void an_access_without_a_hook_is_told(void **state)
{
    static const struct {
        const char *lines;
        int reads, writes;
    } list[] = {
        {"\tmovq\tg(%rip), %rax\n", 1, 0},
        {"\tmovq\tg, %rax\n", 1, 0},
        {"\tmovq\t%rax, (%rdi)\n", 0, 1},
        {"\taddl\t$1, 8(%rax,%rcx,4)\n", 1, 1},
        {"\tcmpl\t$13, i(%rip)\n", 1, 0},
        {"\tpushq\tg+8(%rip)\n", 1, 0},
        {"\tfstpt\tx(%rip)\n", 0, 1},
        {"\tfldt\tx(%rip)\n", 1, 0},
        {"\tsete\t(%rax)\n", 0, 1},
        {"\trep movsq\n", 1, 1},
        {"\trep;stosq\t%rax, %es:(%rdi)\n", 0, 1},
        {"\tmovq\t%fs:own@tpoff, %rax\n", 1, 0},
        {"\tmovl\t%fs:(%rax), %eax\n", 1, 0},
        {"\tmovq\t%fs:40, %rax\n", 0, 0}, /* the canary of the stack */
        {"\tmovq\tg@GOTPCREL(%rip), %rax\n", 0, 0},
        {"\tmovq\town@gottpoff(%rip), %rax\n", 0, 0},
        {"\tmovss\t.LC0(%rip), %xmm0\n", 0, 0},
        {"\tleaq\tg(%rip), %rax\n", 0, 0},
        {"\tnotrack jmp\t*%rax\n", 0, 0},
        {"\tjmp\t*.L4(,%rax,8)\n", 0, 0},
        {"\tcall\t*g(%rip)\n", 0, 0},
        {"\tmovl\t$g, %eax\n", 0, 0},
        {"\tmovq\t-8(%rbp), %rax\n", 0, 0},
        {"#APP\n\tmovq\tg(%rip), %rax\n#NO_APP\n", 0, 0},
        {"\t.quad\tg\n\t# movq g, %rax\n", 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        told(list[i].lines, false, list[i].reads, list[i].writes);
}

static void a_hook_is_for_one_access(void **state)
{
    (void)state;
    told(HOOK("read8") "\tmovq\t(%rax), %rax\n", false, 0, 0);
    told(HOOK("read8") "\tmovzbl\t(%rax), %eax\n\tmovl\tg(%rip), %eax\n", false,
         1, 0);
    told(HOOK("read4") "\tcall\tuse\n\tmovl\tg(%rip), %eax\n", false, 1, 0);
    told(HOOK("read8") "\trep movsq\n", false, 1, 1);
    told(HOOK("read4") ".L3:\n\tmovl\tg(%rip), %eax\n", false, 1, 0);
    told(HOOK("read4") ".LBB5:\n\t.loc 1 2 3\n\tmovl\tg(%rip), %eax\n", false,
         0, 0);
    told("\tmovl\t$12, %esi\n" HOOK("read_range") //
         "\tmovq\t(%rax), %rdx\n\tmovl\t8(%rax), %eax\n",
         false, 0, 0);
    told("\tmovl\t$64, %esi\n" HOOK("read_range") //
         "\tmovq\t(%rax), %rdx\n\t.loc 1 5 6\n\tmovl\t8(%rax), %eax\n",
         false, 1, 0);
}

/* clang reads again what it has loaded. */
static void an_atomic_hook_is_for_the_idle_load_of_clang(void **state)
{
    static const char lines[] =
        HOOK("atomic32_load") "\tmovl\ta(%rip), %ecx\n\tmovl\tg(%rip), %eax\n";
    (void)state;
    told(lines, true, 1, 0);
    told(lines, false, 2, 0);
}

static void the_frame_is_told_where_others_know_of_it(void **state)
{
    (void)state;
    told("\tleaq\t-16(%rbp), %rax\n\tcall\tgive\n\tmovq\t-16(%rbp), %rdi\n",
         false, 1, 0);
    told("\tleaq\t-16(%rbp), %rax\n\tcall\tgive\n\tmovq\t-32(%rbp), %rdi\n",
         false, 0, 0);
    /* All pieces of what is copied, wherever in it the address leads. */
    told("\tleaq\t-24(%rbp), %rax\n\tcall\tgive\n\tmovq\t-32(%rbp), %rdi\n"
         "\tmovq\t-24(%rbp), %rsi\n\tmovq\t-8(%rbp), %rdx\n",
         false, 2, 0);
    told("\tleaq\t-16(%rbp), %rax\n\tmovq\t%rax, %rdi\n" HOOK(
             "read8") "\tmovq\t-16(%rbp), %rax\n",
         false, 0, 0);
    /* A hook for the frame is for nothing else. */
    told("\tleaq\t-16(%rbp), %rax\n\tmovq\t%rax, %rdi\n" HOOK(
             "read8") "\tmovq\t-16(%rbp), %rax\n\tmovq\tg(%rip), %rdi\n",
         false, 1, 0);
    told("\taddq\t%rbp, %rax\n\tsubq\t$16, %rax\n\tmovq\t-16(%rbp), %rdi\n",
         false, 1, 0);
    told("\taddq\t%rbp, %rax\n\tmovq\t-96(%rbp), %rdi\n", false, 1, 0);
    told("\tleaq\t-48(%rbp), %rax\n\tmovq\t-48(%rbp,%rcx), %rdi\n", false, 1,
         0);
    told("\tmovq\t-48(%rbp,%rcx), %rdi\n", false, 0, 0);
    told("\tleaq\t32(%rsp), %rdi\n\tcall\tgive\n\tmovq\t32(%rsp), %rdi\n", true,
         1, 0);
    /* What another function gives away. */
    told("\tleaq\t-16(%rbp), %rax\ng:\n\tmovq\t-16(%rbp), %rdi\n", false, 0, 0);
}

/* Below the place of the stack where the call of the runtime puts things. */
static void the_stack_pointer_is_where_it_was(void **state)
{
    struct buf out = {0};
    (void)state;
    unhooked_mend("f:\n\tleaq\t32(%rsp), %rdi\n\tmovq\t32(%rsp), %rdi\n"
                  "\tmovq\t(%rsp,%rax), %rcx\n",
                  true, &out);
    assert_non_null(strstr(buf_str(&out), "\tleaq\t144+32(%rsp), %rdi\n"));
    assert_non_null(strstr(buf_str(&out), "\tleaq\t144(%rsp,%rax), %rdi\n"));
    buf_fini(&out);
}

static void all_that_is_accessed_is_told(void **state)
{
    static const struct {
        const char *line, *size;
    } list[] = {
        {"\tmovzbl\tg(%rip), %eax\n", "$1,"},
        {"\tmovw\t%ax, g(%rip)\n", "$2,"},
        {"\tmovss\tg(%rip), %xmm0\n", "$4,"},
        {"\tmovq\tg(%rip), %xmm0\n", "$8,"},
        {"\tmovaps\t%xmm0, g(%rip)\n", "$16,"},
        {"\tvmovdqa\tg(%rip), %ymm0\n", "$32,"},
        {"\tvmovdqu64\tg(%rip), %zmm0\n", "$64,"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        struct buf out = {0};
        unhooked_mend(list[i].line, false, &out);
        assert_non_null(strstr(buf_str(&out), list[i].size));
        buf_fini(&out);
    }
}

static void odd_lines_pass_as_they_are(void **state)
{
    static const char *const odd[] = {
        "",
        "\n",
        "\t",
        "\t\n\n\t\t",
        "f:",
        "\tmovq",
        "\tmovq\t\n",
        "\tmovq\t,\n",
        "\tmovq\t,,,(\n",
        "\tmovq\t$(((, %rax\n",
        "\tcall",
        "\trep",
        "\trep\tret\n",
        "\tcall\t__tsan_\n",
        "\tcall\t__tsan_read99999999999999999999\n",
        "\tleaq\n\tleaq\t%rdi\n\tsubq\n",
        "\taddq\t%rbp, ",
        ".L",
        "#APP",
    };
    char *huge = malloc(100001);
    (void)state;
    memset(huge, 'x', 100000);
    huge[0] = '\t';
    huge[100000] = '\0';
    for (size_t i = 0; i <= sizeof odd / sizeof *odd; i++) {
        const char *text = i < sizeof odd / sizeof *odd ? odd[i] : huge;
        struct buf out = {0};
        unhooked_mend(text, i % 2, &out);
        assert_string_equal(buf_str(&out), text);
        buf_fini(&out);
    }
    free(huge);
}

static char *captured(const char *text)
{
    struct buf out = {0};
    captured_mend(text, &out);
    char *made = str_dup(buf_str(&out));
    buf_fini(&out);
    return made;
}

static void elements_are_reached_by_a_frozen_pointer(void **state)
{
    (void)state;
    char *t =
        captured("define i32 @f() {\n"
                 "  %x = alloca [4 x i32], align 16\n"
                 "  %n = alloca i32, align 4\n"
                 "  %e = getelementptr inbounds [4 x i32], ptr %x, i64 0\n"
                 "  %d = getelementptr i8, ptr %n, i64 0\n"
                 "}\n"
                 "define i32 @g(ptr %x) {\n"
                 "  %e = getelementptr i8, ptr %x, i64 0\n"
                 "}\n");
    assert_int_equal(times(t, "%x.shared = freeze ptr %x\n"), 1);
    assert_int_equal(times(t, "ptr %x.shared, i64 0\n"), 1);
    assert_int_equal(times(t, "ptr %n, i64 0\n"), 1);
    assert_int_equal(times(t, "i8, ptr %x, i64 0\n"), 1);
    free(t);
}

static void a_weak_exchange_is_told(void **state)
{
    (void)state;
    char *t =
        captured("define i32 @f() {\n"
                 "  %a = cmpxchg weak ptr %p, i32 0, i32 1 seq_cst seq_cst\n"
                 "  %b = cmpxchg ptr %p, i32 0, i32 1 seq_cst seq_cst\n"
                 "}\n");
    assert_int_equal(times(t, "call void @lockstep_weak_exchange()"), 1);
    assert_int_equal(times(t, "declare void @lockstep_weak_exchange()"), 1);
    assert_true(strstr(t, "call void") < strstr(t, "%a = "));
    free(t);
}

static void odd_assembly_of_llvm_is_kept(void **state)
{
    static const char *const odd[] = {"",
                                      "\n",
                                      "  %",
                                      " = alloca ",
                                      "  %x = alloca ",
                                      "  %\"a b\" = alloca [",
                                      "  %e = getelementptr , ptr %",
                                      "define ",
                                      "  %x = alloca [1 x i8"};
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char *t = captured(odd[i]);
        assert_true(str_starts(t, odd[i]));
        free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_access_without_a_hook_is_told),
        cmocka_unit_test(a_hook_is_for_one_access),
        cmocka_unit_test(an_atomic_hook_is_for_the_idle_load_of_clang),
        cmocka_unit_test(the_frame_is_told_where_others_know_of_it),
        cmocka_unit_test(the_stack_pointer_is_where_it_was),
        cmocka_unit_test(all_that_is_accessed_is_told),
        cmocka_unit_test(odd_lines_pass_as_they_are),
        cmocka_unit_test(elements_are_reached_by_a_frozen_pointer),
        cmocka_unit_test(a_weak_exchange_is_told),
        cmocka_unit_test(odd_assembly_of_llvm_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
