// What the rules ask about: who calls whom with what, what is held at a call,
// which loops and conditions enclose a line, what is declared where.
// SPDX-License-Identifier: MIT
@initialize:python@
@@
LOCKS = ("pthread_mutex_lock", "pthread_rwlock_wrlock", "pthread_rwlock_rdlock",
         "pthread_spin_lock", "mtx_lock")
TRIES = ("pthread_mutex_trylock", "pthread_rwlock_trywrlock",
         "pthread_rwlock_tryrdlock", "pthread_spin_trylock", "mtx_trylock",
         "pthread_mutex_timedlock", "mtx_timedlock")
UNLOCKS = ("pthread_mutex_unlock", "pthread_rwlock_unlock",
           "pthread_spin_unlock", "mtx_unlock")
WAITS = ("pthread_cond_wait", "pthread_cond_timedwait", "cnd_wait",
         "cnd_timedwait")
SIGNALS = ("pthread_cond_signal", "pthread_cond_broadcast", "cnd_signal",
           "cnd_broadcast")
JOINS = ("pthread_join", "thrd_join")


class Call:
    """Function `name` is called at p, with args as they are written."""

    def __init__(self, name, args, p):
        self.name, self.args, self.p = name, args, p
        self.line, self.inside = int(p.line), p.current_element


class Held:
    """The call is reached, on some path, with `lock` taken at p by `how`."""

    def __init__(self, how, lock, p, call):
        self.how, self.lock, self.p, self.call = how, lock, p, call


class Span:
    """A statement, as its first line and the lines of its body."""

    def __init__(self, head, body, p):
        self.head, self.p = head, p
        self.line, self.inside = int(p.line), p.current_element
        self.first, self.last = int(body.line), int(body.line_end)

    def has(self, line):
        return self.line <= line <= self.last

    def body_has(self, line):
        return self.first <= line <= self.last


calls, helds, loops, ifs, params, variables = [], [], [], [], {}, {}
writes, handlers, before_unlock, marks = [], set(), [], set()
before_join, after_create, threads_made = [], [], []
results, under_read, unlocked, leaks = [], [], [], []


def plain(text):
    """An expression without blanks, parentheses around it and casts to void."""
    text = re.sub(r"\s+", "", str(text))
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    return text


def split(text):
    """The arguments of a call."""
    parts, depth, last = [], 0, ""
    for c in str(text):
        depth += c in "([{"
        depth -= c in ")]}"
        if c == "," and depth == 0:
            parts.append(plain(last))
            last = ""
        else:
            last += c
    return parts + [plain(last)] if last.strip() else parts


def names_of(parameters):
    found = []
    for part in re.split(r",(?![^(]*\))", parameters):
        pointed = re.search(r"\(\s*\*\s*(\w+)", part)
        words = re.findall(r"[A-Za-z_]\w*", re.sub(r"\[.*", "", part))
        if words:
            found.append(pointed.group(1) if pointed else words[-1])
    return found


def root(text):
    """The variable that an expression begins with: "a" of "&a->lock"."""
    m = re.match(r"[&*(]*([A-Za-z_]\w*)", plain(text))
    return m.group(1) if m else ""


def member(text):
    """The last part of an expression: "lock" of "&a->lock"."""
    m = re.search(r"(\w+)(\[[^]]*\])?\)?$", plain(text))
    return m.group(1) if m else plain(text)


def is_local(function, name):
    """Whether it is a variable or a parameter of the function."""
    return name in variables.get(function, ()) or name in params.get(
        function, ())


def in_caller(text, call):
    """What the callee's expression is in the caller, by the arguments."""
    name, text = root(text), plain(text)
    names = params.get(call.name, [])
    if name not in names or names.index(name) >= len(call.args):
        return text
    arg = call.args[names.index(name)]
    if arg.startswith("&"):
        text = re.sub(r"\b%s->" % name, arg[1:] + ".", text)
    return re.sub(r"\b%s\b(?!\.)" % name, lambda m: arg, text)


def where(call):
    return call.line, int(call.p.column)


def calls_in(function):
    return sorted((c for c in calls if c.inside == function), key=where)


def callers_of(function):
    return sorted((c for c in calls if c.name == function), key=where)


def closure(functions):
    """These functions and all that they call, of this file."""
    seen, todo = [], list(functions)
    while todo:
        f = todo.pop()
        if f in seen or f not in params:
            continue
        seen.append(f)
        todo += [c.name for c in calls_in(f)]
    return seen


def creations():
    return [c for c in calls if (c.name == "pthread_create" and
                                 len(c.args) == 4) or
            (c.name == "thrd_create" and len(c.args) == 3)]


def argument(creation):
    """What the new thread is given."""
    return creation.args[-1]


def starts():
    """The functions that threads begin with."""
    found = []
    for c in creations():
        found += [w for w in re.findall(r"\w+", c.args[-2]) if w in params]
    return found


def threaded():
    """The functions that run in threads which the program has made."""
    return closure(starts())


def held_at(call):
    return [h for h in helds if h.call.p.line == call.p.line and
            h.call.p.column == call.p.column]


def is_endless(span):
    return re.match(r"for\s*\(\s*;\s*;|while\s*\(\s*(1|true)\s*\)", span.head)


def passes_by(function, line, wanted):
    """Whether the line follows an endless loop with such a call in it, which
    spatch believes can be left out."""
    return any(s.inside == function and is_endless(s) and s.last < line and
               any(s.has(c.line) and wanted(c) for c in calls_in(function))
               for s in loops)


def in_one_loop(a, b):
    """Whether b is reached from a by going round a loop."""
    return int(b.line) < int(a.line) and any(
        s.inside == a.current_element and s.has(int(a.line)) and
        s.has(int(b.line)) for s in loops)


def once(things, key):
    """Without those whose key was there before."""
    found, seen = [], set()
    for t in things:
        if key(t) not in seen:
            seen.add(key(t))
            found.append(t)
    return found


@defined@
identifier f;
parameter list ps;
@@
f(ps) { ... }

@script:python@
f << defined.f;
ps << defined.ps;
@@
params[str(f)] = names_of(str(ps))

@variable@
type T;
identifier x;
position p;
@@
(
T x@p;
|
T x@p = ...;
)

@script:python@
x << variable.x;
p << variable.p;
@@
variables.setdefault(p[0].current_element, set()).add(str(x))

@call@
identifier f;
expression list es;
position p;
@@
f@p(es)

@script:python@
f << call.f;
es << call.es;
p << call.p;
@@
calls.append(Call(str(f), split(es), p[0]))

@held exists@
identifier lock =~ "^(pthread_mutex_lock|pthread_rwlock_(rd|wr)lock|pthread_spin_lock|mtx_lock)$";
identifier f;
expression E;
expression list es;
position p, q;
@@
lock@p(E)
... when != \(pthread_mutex_unlock\|pthread_rwlock_unlock\|pthread_spin_unlock\|mtx_unlock\)(E)
    when any
f@q(es)

@script:python@
lock << held.lock;
E << held.E;
f << held.f;
es << held.es;
p << held.p;
q << held.q;
@@
if (p[0].line, p[0].column) != (q[0].line, q[0].column):
    helds.append(Held(str(lock), plain(E), p[0],
                      Call(str(f), split(es), q[0])))

@loop@
statement S;
position s;
@@
S@s

@script:python@
S << loop.S;
s << loop.s;
@@
# spatch 1.1.1 matches neither the body of a loop nor a do-while as such.
if re.match(r"\s*(while|for|do)\b", str(S)):
    loops.append(Span(str(S).split("\n")[0].strip(), s[0], s[0]))
    own = re.match(r"\s*for\s*\(\s*(?:\w+[\s*]+)+(\w+)\s*=", str(S))
    if own:
        variables.setdefault(s[0].current_element, set()).add(own.group(1))

@condition@
position s, t;
expression E;
statement S;
@@
if@s (E) S@t

@script:python@
E << condition.E;
s << condition.s;
t << condition.t;
@@
ifs.append(Span(plain(E), t[0], s[0]))

@write@
expression X, V;
assignment operator o;
position p;
@@
(
X@p o V
|
X@p++
|
X@p--
)

@script:python@
X << write.X;
p << write.p;
@@
writes.append((plain(X), p[0]))

@handler@
identifier a, h;
@@
(
struct sigaction a = {..., .sa_handler = h, ...};
|
a.sa_handler = h
|
signal(..., h)
)

@script:python@
h << handler.h;
@@
handlers.add(str(h))
