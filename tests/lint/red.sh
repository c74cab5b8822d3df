#!/bin/sh
# Breaks each rule of cases.sh and layers.sh once, in a copy, and sees that it
# is complained of: a check that cannot fail guards nothing.
# SPDX-License-Identifier: MIT
#
# Usage: red.sh SOURCE_ROOT

root=${1:?usage: red.sh SOURCE_ROOT}
lint=$root/tests/lint
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0
total=0

# A tree with one good case, one cure besides, and two layers.
fresh() {
    rm -rf "$work/t"
    mkdir -p "$work/t/cases/c/n" "$work/t/tools/base" "$work/t/tools/os" \
        "$work/t/tools/detectors" "$work/t/tools/formats" "$work/t/tools/cli"
    cd "$work/t/cases/c/n" || exit 2
    cat >buggy.c <<'C'
/* A small case.
 * SPDX-License-Identifier: MIT */
static int x;

int main(void)
{
    x++; /* @site a */
    return x; /* @site b */
}
C
    sed 's/x++/x += 1/' buggy.c >fixed.c
    sed '/@site b/s|/\*.*||' buggy.c >fixed-other.c
    printf 'truth:\n  - kinds: [data-race]\n    sites: [a, b]\n' >case.yaml
    cd "$work/t/tools" || exit 2
    for file in base/a.h os/a.h detectors/a.h formats/a.h cli/a.h; do
        printf '/* A. SPDX-License-Identifier: MIT */\n' >$file
    done
    cd "$work/t" || exit 2
}

# expect STATUS SCRIPT WANTED_TEXT WHAT: runs the lint on the tree.
expect() {
    total=$((total + 1))
    "$lint/$2" "$work/t" >"$work/out" 2>&1
    status=$?
    if [ $status -ne "$1" ] || ! grep -q -- "$3" "$work/out"; then
        echo "$4: status $status, not $1 with '$3':" >&2
        cat "$work/out" >&2
        bad=$((bad + 1))
    fi
}

# red SCRIPT WANTED_TEXT COMMAND: COMMAND breaks a fresh tree.
red() {
    fresh
    cd "$work/t/cases/c/n" || exit 2
    eval "$3"
    expect 1 "$1" "$2" "$3"
}

green() {
    fresh
    cd "$work/t/cases/c/n" || exit 2
    eval "$2"
    expect 0 "$1" ", 0 complaints" "$2"
}

fill='i=0; while [ $i -lt 75 ]; do echo "/* $i */"; i=$((i + 1)); done'

green cases.sh :
red cases.sh 'has no fixed.c' 'rm fixed.c'
red cases.sh 'no case.yaml' 'rm case.yaml'
red cases.sh 'a stands more than once' 'sed -i "s/site b/site a/" buggy.c'
red cases.sh 'not of the form' 'sed -i "s/@site b/@site: b/" buggy.c'
red cases.sh 'lacks the label b' 'sed -i "s/ .. @site b ..//" fixed.c'
red cases.sh 'label z is not in' 'sed -i "s/site a/site z/" fixed-other.c'
red cases.sh 'no truth uses the label b' 'sed -i "s/, b//" case.yaml'
red cases.sh 'names z, which no bug' 'sed -i "s/, b/, b, z/" case.yaml'
red cases.sh '85 lines, more than' "($fill; echo) >>buggy.c; ($fill) >>fixed.c"
green cases.sh "($fill; echo) >>buggy.c; ($fill; echo) >>fixed.c
    echo '# lint: long source: a reason' >>case.yaml"
red cases.sh 'the fix changes' "($fill | head -n 30) >>fixed.c"
green cases.sh "($fill | head -n 30) >>fixed.c
    echo '# lint: long diff: a reason' >>case.yaml"
red cases.sh 'the fix changes' "($fill | head -n 30) >>fixed.c
    echo '# lint: long diff:' >>case.yaml"
red cases.sh 'are equal' 'cp buggy.c fixed.c'
red cases.sh 'clang-19: ' 'echo "static int unused;" >>fixed.c'
red cases.sh 'gcc: ' 'cat >>fixed.c <<C
int f(int n);
int f(int n)
{
    int v;
    for (int i = 0; i < n; i++)
        v = i;
    return v;
}
C'
red cases.sh 'clang-19: .*loop not vectorized' 'cat >>fixed.c <<C
int g(int n);
void f(int n);
void f(int n)
{
#pragma omp simd
    for (int i = 0; i < n; i++)
        g(i);
}
C'
red cases.sh 'sanitizer-configs/c11: ' 'mkdir -p "$work/t/sanitizer-configs/c11"
    echo "#error no" >"$work/t/sanitizer-configs/c11/threads.h"
    sed -i "s|static int x|#include <threads.h>\n&|" buggy.c fixed*.c
    echo "model: c11" >>case.yaml'
green cases.sh 'sed -i "s|x += 1|_Pragma(\"omp atomic\") x += 1|" fixed.c
    sed -i "s|_Pragma|#pragma omp parallel num_threads(2)\n&|" fixed.c'
red cases.sh 'no SPDX line' 'sed -i /SPDX/d fixed.c; sed -i "1s|$| */|" fixed.c'
red cases.sh 'does not start with' 'sed -i "1i int y;" fixed.c'
red cases.sh 'no source in it' 'mkdir ../empty'
red cases.sh 'no case found' 'rm -r ../n'

use='echo "#include \"$from\"" >>"$work/t/tools/$to/a.h"'
green layers.sh "from=base/a.h to=os; $use; from=os/a.h to=cli; $use
    mkdir -p $work/t/tools/watch; from=watch/a.h to=detectors; $use"
red layers.sh 'watch must not' "mkdir $work/t/tools/watch
    echo '/* SPDX-License-Identifier: MIT */' >$work/t/tools/watch/a.h
    from=base/a.h to=watch; $use"
red layers.sh 'base must not include os/a.h' "from=os/a.h to=base; $use"
red layers.sh 'os must not include formats' "from=formats/a.h to=os; $use"
red layers.sh 'detectors must not' "from=formats/a.h to=detectors; $use"
red layers.sh 'formats must not' "from=detectors/a.h to=formats; $use"
red layers.sh 'formats must not include cli' "from=cli/a.h to=formats; $use"
red layers.sh 'by ../' "from=../base/a.h to=os; $use"
red layers.sh 'does not start with' 'echo "int x;" >"$work/t/tools/os/b.c"'
red layers.sh 'no SPDX line' 'echo "/* B. */" >"$work/t/tools/os/b.c"'
red layers.sh 'does not know' 'mkdir "$work/t/tools/other"'
red layers.sh 'no source found' 'rm -r "$work/t/tools"/*/'

echo "$total trees, $bad wrong"
[ $bad -eq 0 ]
