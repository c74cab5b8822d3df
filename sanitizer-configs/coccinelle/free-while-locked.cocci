// Memory is freed with the lock in it locked.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
for h in helds:
    if h.call.name == "free" and re.match(
            r"&%s->" % re.escape(h.call.args[0]), h.lock):
        report("free-while-locked", h.lock, "the lock in it is held",
               at("holds", h.p), at("access", h.call.p))
