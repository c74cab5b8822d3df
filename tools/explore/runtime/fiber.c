/* Fibers with real thread-local storage.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/fiber.h"

#include "explore/runtime/layout.h"

#include <link.h>
#include <linux/futex.h>
#include <pthread.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef HWCAP2_FSGSBASE
#define HWCAP2_FSGSBASE (1 << 1)
#endif

enum { HELPER_STACK = 256 << 10 };

/* The state of the pool. It is made before the first execution and grows only:
 * it lies where no restart reaches. */
struct pool {
    bool direct; /* wrfsbase may be used */
    uint32_t ready;
    uint64_t fs[SHARED_THREADS];
    char *low[SHARED_THREADS]; /* of each stack, over all executions */
    /* The program's own thread-local storage: where it lies from the control
     * block, how it starts, and how main's stood at the snapshot. */
    int64_t tls_offset;
    size_t tls_size, tls_filled;
    const char *tls_image;
    char *tls_main;
};

static struct pool *pool(void)
{
    return (struct pool *)LAYOUT_POOL;
}

_Static_assert(sizeof(struct pool) <= LAYOUT_POOL_SIZE - 8, "grow LAYOUT_POOL");

/* park(save: rdi, load: rsi, fs: rdx, direct: ecx) */
#define UNUSED __attribute__((unused))
__attribute__((naked)) static void park(void **save UNUSED, void *load UNUSED,
                                        uint64_t fs UNUSED, int direct UNUSED)
{
    __asm__("pushq %rbp\n\t"
            "pushq %rbx\n\t"
            "pushq %r12\n\t"
            "pushq %r13\n\t"
            "pushq %r14\n\t"
            "pushq %r15\n\t"
            "movq %rsp, (%rdi)\n\t"
            "movq %rsi, %rsp\n\t"
            "testl %ecx, %ecx\n\t"
            "jz 1f\n\t"
            "wrfsbase %rdx\n\t"
            "jmp 2f\n"
            "1:\tmovl $158, %eax\n\t" /* arch_prctl */
            "movl $0x1002, %edi\n\t"  /* ARCH_SET_FS */
            "movq %rdx, %rsi\n\t"
            "syscall\n"
            "2:\tpopq %r15\n\t"
            "popq %r14\n\t"
            "popq %r13\n\t"
            "popq %r12\n\t"
            "popq %rbx\n\t"
            "popq %rbp\n\t"
            "ret");
}

/* Where a new fiber comes to life: entry in r12, argument in r13. */
__attribute__((naked)) static void first_step(void)
{
    __asm__("xorl %ebp, %ebp\n\t"
            "movq %r13, %rdi\n\t"
            "callq *%r12\n\t"
            "ud2");
}

void fiber_switch(struct fiber *from, const struct fiber *to)
{
    park(&from->sp, to->sp, to->fs, pool()->direct);
}

static void *helper(void *where)
{
    uint64_t *fs = where;
    int never = 0;
    __atomic_store_n(fs, fiber_here(), __ATOMIC_RELEASE);
    syscall(SYS_futex, fs, FUTEX_WAKE, 1, NULL, NULL, 0);
    for (;;)
        syscall(SYS_futex, &never, FUTEX_WAIT, 0, NULL, NULL, 0);
    return NULL;
}

static bool borrow(uint64_t *fs)
{
    pthread_t id;
    pthread_attr_t attr;
    if (pthread_attr_init(&attr) != 0)
        return false;
    int bad = pthread_attr_setstacksize(&attr, HELPER_STACK) ||
              pthread_create(&id, &attr, helper, fs);
    pthread_attr_destroy(&attr);
    while (!bad && !__atomic_load_n(fs, __ATOMIC_ACQUIRE))
        syscall(SYS_futex, fs, FUTEX_WAIT, 0, NULL, NULL, 0);
    return !bad;
}

static int find_tls(struct dl_phdr_info *info, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    struct pool *p = pool();
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type != PT_TLS || !info->dlpi_tls_data)
            continue;
        p->tls_offset = (int64_t)((uint64_t)info->dlpi_tls_data - fiber_here());
        p->tls_size = h->p_memsz;
        p->tls_filled = h->p_filesz;
        p->tls_image = (const char *)(info->dlpi_addr + h->p_vaddr);
    }
    return 1; /* the program itself comes first; its libraries keep theirs */
}

void fiber_pool_init(void)
{
    struct pool *p = pool();
    p->direct = getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE;
    p->fs[0] = fiber_here();
    p->ready = 1;
    dl_iterate_phdr(find_tls, NULL);
    if (p->tls_size == 0)
        return;
    p->tls_main = mmap(NULL, p->tls_size, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memcpy(p->tls_main, (char *)(p->fs[0] + (uint64_t)p->tls_offset),
           p->tls_size);
}

static void reset_tls(uint32_t i)
{
    const struct pool *p = pool();
    if (p->tls_size == 0)
        return;
    char *tls = (char *)(p->fs[i] + (uint64_t)p->tls_offset);
    if (i == 0) {
        memcpy(tls, p->tls_main, p->tls_size);
        return;
    }
    memcpy(tls, p->tls_image, p->tls_filled);
    memset(tls + p->tls_filled, 0, p->tls_size - p->tls_filled);
}

static void set_stack(struct fiber *f, uint32_t i)
{
    struct pool *p = pool();
    f->bottom =
        (char *)LAYOUT_STACKS + (size_t)i * LAYOUT_STACK_SIZE + LAYOUT_GUARD;
    f->top = (char *)LAYOUT_STACKS + (size_t)(i + 1) * LAYOUT_STACK_SIZE;
    f->fs = p->fs[i];
    if (p->low[i] && p->low[i] < f->top)
        memset(p->low[i], 0, (size_t)(f->top - p->low[i]));
    p->low[i] = f->top;
    f->low = f->top;
}

bool fiber_prepare(struct fiber *f, uint32_t i, void (*entry)(void *),
                   void *argument)
{
    struct pool *p = pool();
    while (p->ready <= i) {
        if (!borrow(&p->fs[p->ready]))
            return false;
        p->ready++;
    }
    set_stack(f, i);
    reset_tls(i);
    void **sp = (void **)f->top - 2; /* what `ret` leaves is aligned */
    *--sp = (void *)first_step;
    *--sp = NULL;          /* rbp */
    *--sp = NULL;          /* rbx */
    *--sp = (void *)entry; /* r12 */
    *--sp = argument;      /* r13 */
    *--sp = NULL;          /* r14 */
    *--sp = NULL;          /* r15 */
    f->sp = sp;
    return true;
}

void fiber_seen(struct fiber *f, uint32_t i)
{
    struct pool *p = pool();
    if (f->low < p->low[i])
        p->low[i] = f->low;
}

int fiber_of_stack(uint64_t address)
{
    if (address < LAYOUT_STACKS ||
        address >= LAYOUT_STACKS + SHARED_THREADS * LAYOUT_STACK_SIZE)
        return -1;
    return (int)((address - LAYOUT_STACKS) / LAYOUT_STACK_SIZE);
}
