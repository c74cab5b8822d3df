"""The ways to break a right program: each operator yields (line, name, text of
the broken program).
SPDX-License-Identifier: MIT"""

import re

from source import all_statements, blocks, closing

LOCK = (r"pthread_(?:mutex_|rwlock_rd|rwlock_wr|spin_)lock"
        r"|pthread_(?:mutex|rwlock)_(?:timed|clock)(?:rd|wr)?lock|mtx_lock")
UNLOCK = r"pthread_(?:mutex_|rwlock_|spin_)unlock|mtx_unlock"
SIGNAL = r"pthread_cond_(?:signal|broadcast)|cnd_(?:signal|broadcast)"
WAIT = r"pthread_cond_(?:timed|clock)?wait|cnd_(?:timed)?wait"
JOIN = r"pthread_join|thrd_join"
DROPPED = (("drop-lock", LOCK), ("drop-unlock", UNLOCK), ("drop-signal", SIGNAL),
           ("drop-cond-wait", WAIT), ("drop-join", JOIN),
           ("drop-post", r"sem_post"),
           ("drop-sem-wait", r"sem_(?:timed)?wait"),
           ("drop-barrier", r"pthread_barrier_wait"),
           ("drop-fence", r"atomic_thread_fence"))
SYNC = "|".join((LOCK, UNLOCK, SIGNAL, WAIT, JOIN, r"sem_\w+",
                 r"pthread_(?:barrier|create|once|cancel|detach)\w*",
                 r"thrd_create", r"atomic_\w+", r"__atomic_\w+"))
# What makes a loop one that waits for another thread.
PATIENT = WAIT + (r"|sched_yield|thrd_yield|usleep|sem_\w*wait|trylock"
                  r"|atomic_\w+|__atomic_\w+")


def calls(pattern, code):
    return re.search(r"\b(?:" + pattern + r")\s*\(", code)


def only_call(pattern, code):
    """Whether a simple statement is one such call, checked or not."""
    return re.match(r"(?:\(void\)\s*)?(?:CASE_CHECK\(\s*)?(?:" + pattern +
                    r")\s*\(", code)


def with_wrappers(source, pattern, other):
    """The pattern, and the program's own functions that lock and leave it so
    (or unlock what they did not lock)."""
    names = [pattern]
    for f in source.functions:
        body = source.of(f.body)
        if calls(pattern, body) and not calls(other, body):
            names.append(re.escape(f.name))
    return "|".join(n for n in names if n != "main")


def argument(code, pattern):
    """What the call is given, as written."""
    call = calls(pattern, code)
    return code[call.end() - 1:closing(code, call.end() - 1)]


def simple_statements(source):
    for f in source.functions:
        for s in all_statements(f.body):
            if s.kind == "simple":
                yield s


def drop(source):
    for name, pattern in DROPPED:
        if name == "drop-lock":
            pattern = with_wrappers(source, LOCK, UNLOCK)
        elif name == "drop-unlock":
            pattern = with_wrappers(source, UNLOCK, LOCK)
        for s in simple_statements(source):
            if only_call(pattern, source.of(s)):
                yield source.line(s.start), name, [(s.start, s.end, ";")]


def drop_pair(source):
    """A lock, and each unlock of the same in what follows it, up to the one in
    the same block."""
    lock = with_wrappers(source, LOCK, UNLOCK)
    unlock = with_wrappers(source, UNLOCK, LOCK)
    for f in source.functions:
        for block in blocks(f.body):
            for i, s in enumerate(block):
                if s.kind == "simple" and only_call(lock, source.of(s)):
                    edits = pair_edits(source, block, i, lock, unlock)
                    if len(edits) > 1:
                        yield source.line(s.start), "drop-pair", edits


def pair_edits(source, block, i, lock, unlock):
    what = argument(source.of(block[i]), lock)
    edits = [(block[i].start, block[i].end, ";")]
    for after in block[i + 1:]:
        for s in all_statements(after):
            code = source.of(s)
            if s.kind == "simple" and only_call(unlock, code) and \
                    argument(code, unlock) == what:
                edits.append((s.start, s.end, ";"))
                if s is after:
                    return edits
    return edits


def rename(source, name, pattern, new):
    for m in re.finditer(r"\b" + pattern + r"\b", source.code):
        yield (source.line(m.start()), name,
               [(m.start(), m.end(), m.expand(new))])


def signal_one(source):
    yield from rename(source, "signal-for-broadcast",
                      r"(pthread_cond|cnd)_broadcast", r"\1_signal")


def if_for_while(source):
    for f in source.functions:
        for s in all_statements(f.body):
            if s.kind == "while" and (calls(PATIENT, source.of(s)) or
                                      source.of(s.inside[0]) == ";"):
                yield (source.line(s.start), "if-for-while", if_edits(source, s))


def if_edits(source, loop):
    """What is left by `break` stays a loop, of one turn."""
    if not re.search(r"\b(?:break|continue)\b", source.of(loop)):
        return [(loop.start, loop.start + len("while"), "if")]
    start, end = loop.head
    return [(loop.start, start, "for (int once_ = 1; once_-- && ("),
            (end, end, ");")]


def swap(source):
    """Two statements that follow one another, where one is a matter of threads
    and the other one is not, or is a different one."""
    lock = with_wrappers(source, LOCK, UNLOCK)
    unlock = with_wrappers(source, UNLOCK, LOCK)
    sync = "|".join((lock, unlock, SYNC))
    for f in source.functions:
        for block in blocks(f.body):
            for a, b in zip(block, block[1:]):
                one, two = source.of(a), source.of(b)
                if calls_of(sync, one) != calls_of(sync, two) and \
                        not two.startswith("return") and \
                        not declares(one, two) and \
                        not (idle(one) or idle(two)):
                    yield (source.line(a.start),
                           swap_name(one, two, lock, unlock),
                           [(a.start, a.end, source.text[b.start:b.end]),
                            (b.start, b.end, source.text[a.start:a.end])])


def idle(code):
    """A sleep, which orders nothing, or a variable of the thread's own."""
    return re.fullmatch(r"usleep\([^()]*\);|(?:int|long|bool|char) \w+"
                        r"(?:\[[^]]*\])?(?: = -?[\w.]+)?;", code)


def declares(code, other):
    """Whether a statement declares what the other one uses."""
    if not re.match(r"(?:const |struct |unsigned )*\w+[\s*]+\w+\s*[=;,\[(]",
                    code) or code.startswith("return"):
        return False
    names = re.findall(r"[\s*](\w+)\s*(?=[=;,\[])", code)
    return any(re.search(r"\b" + name + r"\b", other) for name in names)


def calls_of(pattern, code):
    return set(re.findall(r"\b(?:" + pattern + r")(?=\s*\()", code))


def swap_name(one, two, lock, unlock):
    if only_call(unlock, two):
        return "unlock-early"
    if only_call(lock, one):
        return "lock-late"
    return "swap"


def fewer_at_barrier(source):
    for m in re.finditer(r"\bpthread_barrier_init\s*\(", source.code):
        end = closing(source.code, m.end() - 1) - 1
        yield (source.line(m.start()), "fewer-at-barrier",
               [(end, end, " - 1")])


def once_each_time(source):
    for m in re.finditer(r"\bpthread_once\s*\([^,]*,\s*(\w+)\)", source.code):
        yield (source.line(m.start()), "once-each-time",
               [(m.start(), m.end(), "(" + m.group(1) + "(), 0)")])


# What an operation in one step stores: $1 is what it was given besides the
# address, o_ what was there.
SPLIT = {
    "fetch_add": "o_ + ($1)",
    "fetch_sub": "o_ - ($1)",
    "fetch_or": "o_ | ($1)",
    "fetch_and": "o_ & ($1)",
    "fetch_xor": "o_ ^ ($1)",
    "exchange": "($1)",
}


def arguments(code, open_at):
    """The arguments of a call as (start, end) of each."""
    found, at, start = [], open_at + 1, open_at + 1
    end = closing(code, open_at) - 1
    while at < end:
        if code[at] == ",":
            found.append((start, at))
            start = at + 1
        at = closing(code, at) if code[at] in "([{" else at + 1
    return found + [(start, end)]


def split_update(source):
    names = "|".join(SPLIT)
    pattern = (r"\b(?:__)?atomic_(" + names +
               r"|compare_exchange_(?:weak|strong)|flag_test_and_set)"
               r"(?:_explicit|_n)?\s*\(")
    for m in re.finditer(pattern, source.code):
        given = [source.text[a:b].strip()
                 for a, b in arguments(source.code, m.end() - 1)]
        yield (source.line(m.start()), "split-update",
               [(m.start(), closing(source.code, m.end() - 1),
                 split_text(m.group(1), given, m.group().startswith("__")))])


def split_text(what, given, builtin):
    load, store = "atomic_load(p_)", "atomic_store(p_, %s); "
    if builtin or what == "flag_test_and_set":
        load = "__atomic_load_n(p_, __ATOMIC_SEQ_CST)"
        store = "__atomic_store_n(p_, %s, __ATOMIC_SEQ_CST); "
    start = "__extension__({ __auto_type p_ = (" + given[0] + "); "
    if what == "flag_test_and_set":
        return ("__extension__({ _Bool *p_ = (_Bool *)(" + given[0] +
                "); _Bool o_ = " + load + "; " + store % "1" + "o_; })")
    if what.startswith("compare_exchange"):
        return (start + "__auto_type e_ = (" + given[1] + "); __auto_type o_ = "
                + load + "; _Bool s_ = o_ == *e_; if (s_) " +
                store % ("(" + given[2] + ")") + "else *e_ = o_; s_; })")
    new = SPLIT[what].replace("$1", given[1])
    return (start + "__auto_type o_ = " + load + "; " + store % new +
            "o_; })")


def split_increment(source):
    """`x++` of an atomic variable is one step; `x = x + 1` is two."""
    atomic = re.findall(r"\b_?[Aa]tomic_?\w*(?:\([^)]*\))?\s+(\w+)",
                        source.code)
    for s in simple_statements(source):
        code = source.of(s)
        m = re.fullmatch(r"([\w.>\[\]-]*?(\w+)(?:\[[^]]*\])?)\s*"
                         r"(\+\+|--|[-+|&^]=\s*(.*?))\s*;", code, re.S)
        if m and m.group(2) in atomic:
            by = m.group(4) or "1"
            yield (source.line(s.start), "split-update",
                   [(s.start, s.end, "%s = %s %s (%s);" % (
                       m.group(1), m.group(1), m.group(3)[0], by))])


OPERATORS = (drop, drop_pair, signal_one, if_for_while, swap, fewer_at_barrier,
             once_each_time, split_update, split_increment)


def mutants(source):
    """All (line, operator, text), in a fixed order, none twice and none that
    changes nothing."""
    seen = {re.sub(r"\s+", " ", source.code)}
    for operator in OPERATORS:
        for line, name, edits in operator(source):
            text = source.with_edits(edits)
            key = re.sub(r"\s+", " ", text)
            if key not in seen:
                seen.add(key)
                yield line, name, text
