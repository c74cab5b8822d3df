// What threads use is destroyed or freed before they are joined.
// SPDX-License-Identifier: MIT
@early exists@
identifier d;
expression list es;
expression T;
position p, q;
identifier join =~ "^(pthread_join|thrd_join)$";
identifier create =~ "^(pthread_create|thrd_create)$";
@@
d@p(es)
... when != create(...)
join@q(T, ...)

@script:python@
d << early.d;
es << early.es;
p << early.p;
q << early.q;
@@
before_join.append((Call(str(d), split(es), p[0]), q[0]))

@late exists@
identifier d;
expression list es;
position p;
identifier create =~ "^(pthread_create|thrd_create)$";
@@
create(...)
... when any
d@p(es)

@script:python@
p << late.p;
@@
after_create.append((p[0].line, p[0].column))

@finalize:python@
@@
DESTROYS = ("pthread_mutex_destroy", "pthread_cond_destroy",
            "pthread_rwlock_destroy", "sem_destroy", "mtx_destroy",
            "cnd_destroy")
given = {argument(c) for c in creations()}


def is_shared(text, call):
    """Whether a thread was given it, or the object that it is a part of."""
    base = re.split(r"->|\.", text.lstrip("&"))[0]
    whole = {text.lstrip("&"), base}
    if whole & {g.lstrip("&") for g in given}:
        return True
    return call.inside not in {c.inside for c in creations()} and is_local(
        call.inside, base)


def ends_early(inner, outer):
    if not inner.args:
        return
    thing = in_caller(inner.args[0], outer) if inner is not outer else \
        inner.args[0]
    if inner.name in DESTROYS and is_shared(thing, outer):
        report("destroy-before-join", inner.args[0],
               "a thread that is not joined yet may use it",
               at("access", inner.p))
    if inner.name == "free" and is_shared(thing, outer):
        report("free-before-join", None,
               "a thread that is not joined yet may use it",
               at("write", inner.p))


creating = {c.inside for c in creations()}
for c, join in before_join:
    if in_one_loop(c.p, join):
        continue
    if c.inside in creating and (c.p.line, c.p.column) not in after_create:
        continue
    ends_early(c, c)
    for x in calls_in(c.name):
        ends_early(x, c)
