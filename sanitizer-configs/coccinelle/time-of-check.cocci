// A file is asked about by its name, and opened by its name: another file may
// have got the name in between.
// SPDX-License-Identifier: MIT
@checked exists@
identifier ask =~ "^(access|stat|lstat|faccessat)$";
identifier use =~ "^(open|fopen|creat)$";
expression F;
position p, q;
@@
ask@p(F, ...)
... when any
use@q(F, ...)

@script:python@
F << checked.F;
p << checked.p;
q << checked.q;
@@
if p[0].line != q[0].line:
    report("time-of-check", None, "the name may stand for another file now",
           at("read", p[0]), at("access", q[0]))
