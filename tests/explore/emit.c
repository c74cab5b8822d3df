/* Writes simulated programs as C.
 * SPDX-License-Identifier: MIT */
#include "emit.h"

struct emitter {
    const struct sim_program *p;
    FILE *out;
    int body;
    bool plain;
};

static const char *name(const struct emitter *e, int object)
{
    return e->p->object[object].name;
}

static void value(const struct emitter *e, struct sim_value v)
{
    if (v.reg < 0)
        fprintf(e->out, "%d", v.plus);
    else if (v.plus)
        fprintf(e->out, "r[%d] + %d", v.reg, v.plus);
    else
        fprintf(e->out, "r[%d]", v.reg);
}

static void location(const struct emitter *e, const struct sim_instr *in)
{
    const struct sim_object *o = &e->p->object[in->object];
    fprintf(e->out, "%s", o->name);
    if (o->n > 1) {
        fprintf(e->out, "[at(");
        value(e, in->index);
        fprintf(e->out, ", %d)]", o->n);
    }
}

/* name(&x, value) of <stdatomic.h>. */
static void atomic(const struct emitter *e, const struct sim_instr *in,
                   const char *function)
{
    fprintf(e->out, "r[%d] = %s(&", in->reg, function);
    location(e, in);
    fprintf(e->out, ", ");
    value(e, in->a);
    fprintf(e->out, ");");
}

static void memory(const struct emitter *e, const struct sim_instr *in)
{
    switch (in->code) {
    case SIM_LD:
        fprintf(e->out, "r[%d] = ", in->reg);
        location(e, in);
        fprintf(e->out, ";");
        break;
    case SIM_ST:
        location(e, in);
        fprintf(e->out, " = ");
        value(e, in->a);
        fprintf(e->out, ";");
        break;
    case SIM_FADD:
        atomic(e, in, "atomic_fetch_add");
        break;
    case SIM_XCHG:
        atomic(e, in, "atomic_exchange");
        break;
    default:
        fprintf(e->out, "{ int was = ");
        value(e, in->a);
        fprintf(e->out, "; r[%d] = atomic_compare_exchange_strong(&", in->reg);
        location(e, in);
        fprintf(e->out, ", &was, ");
        value(e, in->b);
        fprintf(e->out, "); }");
    }
}

static void spin(const struct emitter *e, const struct sim_instr *in)
{
    fprintf(e->out, "while (");
    location(e, in);
    fprintf(e->out, " != ");
    value(e, in->a);
    fprintf(e->out, ") ;");
}

static void call(const struct emitter *e, const char *function, int object)
{
    fprintf(e->out, "%s(&%s);", function, name(e, object));
}

static void sync(const struct emitter *e, const struct sim_instr *in)
{
    static const char *const functions[SIM_CODES] = {
        [SIM_LOCK] = "pthread_mutex_lock",
        [SIM_UNLOCK] = "pthread_mutex_unlock",
        [SIM_SIGNAL] = "pthread_cond_signal",
        [SIM_BCAST] = "pthread_cond_broadcast",
        [SIM_DOWN] = "sem_wait",
        [SIM_UP] = "sem_post",
        [SIM_RD] = "pthread_rwlock_rdlock",
        [SIM_WR] = "pthread_rwlock_wrlock",
        [SIM_RDUN] = "pthread_rwlock_unlock",
        [SIM_WRUN] = "pthread_rwlock_unlock",
        [SIM_ARRIVE] = "pthread_barrier_wait",
    };
    switch (in->code) {
    case SIM_TRYLOCK:
        fprintf(e->out, "r[%d] = !pthread_mutex_trylock(&%s);", in->reg,
                name(e, in->object));
        break;
    case SIM_TRYDOWN:
        fprintf(e->out, "r[%d] = !sem_trywait(&%s);", in->reg,
                name(e, in->object));
        break;
    case SIM_WAIT:
        fprintf(e->out, "pthread_cond_wait(&%s, &%s);", name(e, in->object),
                name(e, in->other));
        break;
    case SIM_TWAIT:
        fprintf(e->out,
                "r[%d] = pthread_cond_timedwait(&%s, &%s, soon()) != 0;",
                in->reg, name(e, in->object), name(e, in->other));
        break;
    default:
        call(e, functions[in->code], in->object);
        break;
    }
}

static void jump(const struct emitter *e, const struct sim_instr *in)
{
    const char *sign = in->code == SIM_JEQ   ? "=="
                       : in->code == SIM_JNE ? "!="
                                             : "<";
    fprintf(e->out, "if (");
    value(e, in->a);
    fprintf(e->out, " %s ", sign);
    value(e, in->b);
    fprintf(e->out, ") goto %s;", in->label);
}

static void other(const struct emitter *e, const struct sim_instr *in)
{
    switch (in->code) {
    case SIM_YIELD:
        fprintf(e->out, "sched_yield();");
        break;
    case SIM_EXIT:
        fprintf(e->out, "exit(0);");
        break;
    case SIM_CREATE:
        fprintf(e->out, "pthread_create(&thread[%d], NULL, body%d, NULL);",
                in->target, in->target);
        break;
    case SIM_JOIN:
        fprintf(e->out, "pthread_join(thread[%d], NULL);", in->target);
        break;
    case SIM_SET:
        fprintf(e->out, "r[%d] = ", in->reg);
        value(e, in->a);
        fprintf(e->out, ";");
        break;
    case SIM_JMP:
        fprintf(e->out, "goto %s;", in->label);
        break;
    case SIM_LABEL:
        fprintf(e->out, "%s:;", in->label);
        break;
    case SIM_END:
        fprintf(e->out, "return NULL;");
        break;
    default:
        jump(e, in);
        break;
    }
}

static void body(struct emitter *e)
{
    fprintf(e->out,
            "static void *body%d(void *unused)\n{\n"
            "    int *r = registers[%d];\n    (void)unused, (void)r;\n",
            e->body, e->body);
    for (int i = e->p->body[e->body]; i < e->p->body[e->body + 1]; i++) {
        const struct sim_instr *in = &e->p->code[i];
        fprintf(e->out, "    ");
        if (in->code <= SIM_FILL)
            memory(e, in);
        else if (in->code == SIM_SPIN)
            spin(e, in);
        else if (in->code <= SIM_ARRIVE)
            sync(e, in);
        else
            other(e, in);
        fprintf(e->out, "\n");
    }
    fprintf(e->out, "}\n\n");
}

static void declare(const struct emitter *e, const struct sim_object *o)
{
    static const char *const types[] = {
        [SIM_MUTEX] = "pthread_mutex_t %s = PTHREAD_MUTEX_INITIALIZER;\n",
        [SIM_COND] = "pthread_cond_t %s = PTHREAD_COND_INITIALIZER;\n",
        [SIM_SEM] = "sem_t %s;\n",
        [SIM_RWLOCK] = "pthread_rwlock_t %s = PTHREAD_RWLOCK_INITIALIZER;\n",
        [SIM_BARRIER] = "pthread_barrier_t %s;\n",
    };
    if (o->kind == SIM_BUDGET)
        return;
    fprintf(e->out, "static ");
    if (o->kind != SIM_VAR)
        fprintf(e->out, types[o->kind], o->name);
    else if (o->n == 1)
        fprintf(e->out, "%sint %s = %d;\n", e->plain ? "" : "_Atomic ", o->name,
                o->start);
    else
        fprintf(e->out, "%sint %s[%d];\n", e->plain ? "" : "_Atomic ", o->name,
                o->n);
}

static void begin(const struct emitter *e, const char *text)
{
    fprintf(e->out,
            "/* %s */\n#include <pthread.h>\n#include <sched.h>\n"
            "#include <semaphore.h>\n#include <stdatomic.h>\n"
            "#include <stdio.h>\n#include <stdlib.h>\n#include <time.h>\n\n",
            text);
    for (int i = 0; i < e->p->objects; i++)
        declare(e, &e->p->object[i]);
    fprintf(e->out,
            "static int registers[%d][%d];\nstatic pthread_t thread[%d];\n\n"
            "__attribute__((unused)) static int at(int i, int n)\n{\n"
            "    return i %% n < 0 ? i %% n + n : i %% n;\n}\n\n"
            "__attribute__((unused)) static struct timespec *soon(void)\n{\n"
            "    static _Thread_local struct timespec t;\n"
            "    clock_gettime(CLOCK_REALTIME, &t);\n"
            "    t.tv_sec++;\n    return &t;\n}\n\n",
            e->p->bodies, SIM_REGS, e->p->bodies);
    for (int i = 0; i < e->p->bodies; i++)
        fprintf(e->out, "static void *body%d(void *unused);\n", i);
    fprintf(e->out, "\n");
}

/* Values, as sim_hash sees those of variables and registers. */
static void print_end(const struct emitter *e)
{
    for (int i = 0; i < e->p->objects; i++) {
        const struct sim_object *o = &e->p->object[i];
        for (int k = 0; o->kind == SIM_VAR && k < o->n; k++)
            fprintf(e->out,
                    o->n > 1 ? "    printf(\"%%d \", %s[%d]);\n"
                             : "    printf(\"%%d \", %s);\n",
                    o->name, k);
    }
    fprintf(e->out,
            "    for (int t = 0; t < %d; t++)\n"
            "        for (int i = 0; i < %d; i++)\n"
            "            printf(\"%%d \", registers[t][i]);\n"
            "    printf(\"\\n\");\n    return 0;\n}\n",
            e->p->bodies, SIM_REGS);
}

static void write_main(const struct emitter *e)
{
    fprintf(e->out, "int main(void)\n{\n");
    for (int i = 0; i < e->p->objects; i++) {
        const struct sim_object *o = &e->p->object[i];
        if (o->kind == SIM_SEM)
            fprintf(e->out, "    sem_init(&%s, 0, %d);\n", o->name, o->start);
        if (o->kind == SIM_BARRIER)
            fprintf(e->out, "    pthread_barrier_init(&%s, NULL, %d);\n",
                    o->name, o->start);
    }
    for (int join = 0; join < 2; join++)
        for (int t = 0; t < e->p->bodies; t++)
            if (!e->p->created[t])
                fprintf(e->out,
                        join ? "    pthread_join(thread[%d], NULL);\n"
                             : "    pthread_create(&thread[%d], NULL, "
                               "body%d, NULL);\n",
                        t, t);
    print_end(e);
}

bool emit_can(const struct sim_program *p)
{
    for (int i = 0; i < p->length; i++)
        if (p->code[i].code == SIM_SUM || p->code[i].code == SIM_FILL)
            return false;
    for (int t = 0; t < p->bodies; t++)
        if (p->created[t] && !p->joined[t])
            return false; /* main would not know when to print */
    return true;
}

void emit_c(const struct sim_program *p, const char *text, bool plain,
            FILE *out)
{
    struct emitter e = {p, out, 0, plain};
    begin(&e, text);
    for (e.body = 0; e.body < p->bodies; e.body++)
        body(&e);
    write_main(&e);
}
