// Atomic objects used in two steps: x = x + 1, a counter that is changed and
// then read to see whether it came to nothing, a compare-and-swap whose failure
// nobody notices.
// SPDX-License-Identifier: MIT
@atomic@
typedef atomic_int, atomic_uint, atomic_long, atomic_ulong, atomic_size_t;
typedef atomic_llong, atomic_ullong;
identifier x;
@@
(
atomic_int x;
|
atomic_uint x;
|
atomic_long x;
|
atomic_ulong x;
|
atomic_llong x;
|
atomic_ullong x;
|
atomic_size_t x;
)

@twice@
identifier atomic.x;
position p;
@@
x@p = <+... x ...+>

@script:python@
x << atomic.x;
p << twice.p;
@@
report("atomic-split", str(x), "two atomic operations are not one",
       at("write", p[0]))

@counted exists@
identifier change =~ "^atomic_fetch_(sub|add)(_explicit)?$";
identifier look =~ "^atomic_load(_explicit)?$";
expression E;
position p, q;
statement S;
@@
change@p(E, ...);
... when != E
if (<+... look@q(E, ...) ...+>) S

@script:python@
E << counted.E;
p << counted.p;
q << counted.q;
@@
report("atomic-split", plain(E), "others may have changed it in between",
       at("write", p[0]), at("read", q[0]))

@weak@
identifier swap =~ "^atomic_compare_exchange_(weak|strong)(_explicit)?$";
expression E;
position p;
@@
swap@p(E, ...);

@script:python@
E << weak.E;
p << weak.p;
@@
report("atomic-split", plain(E), "nobody asks whether it was exchanged",
       at("write", p[0]))
