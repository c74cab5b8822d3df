// A lock is held across a call that waits for somebody outside the program.
// Sleeping is not among them: in examples it stands for work.
// SPDX-License-Identifier: MIT
@finalize:python@
@@
BLOCKING = ("read", "recv", "recvfrom", "recvmsg", "accept", "accept4",
            "connect", "select", "pselect", "poll", "ppoll", "epoll_wait",
            "getaddrinfo", "gethostbyname", "curl_easy_perform", "wait",
            "waitpid", "system", "fgets", "getchar", "scanf")
for h in helds:
    if h.call.name in BLOCKING:
        report("blocking-under-lock", h.lock, "the lock is held across a wait",
               at("holds", h.p), at("waits", h.call.p))
    for c in calls_in(h.call.name):
        if c.name in BLOCKING:
            report("blocking-under-lock", h.lock,
                   "the lock is held across a wait", at("holds", h.p),
                   at("access", h.call.p), at("waits", c.p))
