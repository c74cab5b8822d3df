// A thread whose id stays in a local variable and is neither used nor given on:
// nobody can join or detach it.
// SPDX-License-Identifier: MIT
@id@
typedef pthread_t, thrd_t;
local idexpression {pthread_t, thrd_t} t;
position p;
@@
t@p

@script:python@
t << id.t;
p << id.p;
@@
threads_made.append((str(t), p[0].current_element, int(p[0].line)))

@finalize:python@
@@
for c in creations():
    name = c.args[0][1:]
    used = [u for u in threads_made if u[:2] == (name, c.inside)]
    detached = c.name == "pthread_create" and c.args[1] != "NULL"
    if c.args[0].startswith("&") and len(used) == 1 and not detached:
        report("thread-leak", name, "nobody joins or detaches the thread",
               at("access", c.p))
