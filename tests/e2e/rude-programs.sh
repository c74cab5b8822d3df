# A program that floods its output, ignores TERM, leaves children behind, or
# dies: a verdict each, in bounded time and memory, and no orphan.
. "$(dirname "$0")/lib.sh"

marker=lockstep-e2e-$$
corpus "$work/c"
make_case() {
    mkdir -p "$work/c/rude/$1"
    cat >"$work/c/rude/$1/fixed.c"
    cp "$work/c/rude/$1/fixed.c" "$work/c/rude/$1/buggy.c"
    cat >"$work/c/rude/$1/case.yaml" <<X
title: $1
model: pthread
origin: none
failure: wrong-value
args: ["$marker"]
scenario: none
diagnosis: none
truth:
  - {kinds: [data-race], sites: [here]}
expect:
  - {detectors: [tsan-gcc], verdict: missed, reason: it has no race}
X
}

make_case flood <<'X'
#include "case.h"
int main(void)
{
    static char line[4096];
    memset(line, 'x', sizeof line - 1); /* @site here */
    for (int i = 0; i < 100000; i++)
        puts(line);
    return case_end(true, "flooded");
}
X
make_case stubborn <<'X'
#include "case.h"
#include <signal.h>
int main(void)
{
    signal(SIGTERM, SIG_IGN); /* @site here */
    for (volatile long i = 0;; i++)
        ;
}
X
make_case parent <<'X'
#include "case.h"
#include <unistd.h>
int main(int argc, char **argv)
{
    if (fork() == 0) { /* @site here */
        setsid();
        execl("/bin/sleep", argv[argc - 1], "1000", (char *)NULL);
    }
    return case_end(true, "left a child behind");
}
X
make_case crash <<'X'
#include "case.h"
int main(void)
{
    abort(); /* @site here */
}
X
make_case liar <<'X'
#include "case.h"
int main(void)
{
    case_end(true, "says so"); /* @site here */
    return 3;
}
X

run() {
    expect "$1" "$LOCKSTEP" gate --cases "$work/c" --out "$work/out" \
        --detector tsan-gcc --timeout 1 "rude/$2"
}
run 0 flood
said "^gate: passed"
find "$work/out/runs" -size +8M | grep -q . && fail "the flood was kept"
run 1 stubborn
said "stubborn:fixed under tsan-gcc: the program did not end as it must"
run 0 parent
said "^gate: passed"
run 1 crash
said "crash:fixed under tsan-gcc: .*"
run 1 liar
said "liar:fixed under tsan-gcc: the program did not end as it must"
sleep 0.2
pgrep -f "$marker" >/dev/null && fail "an orphan is left: $(pgrep -af "$marker")"
exit 0
