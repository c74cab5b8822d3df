# `catalogue` prints the cases as a page of Markdown, each recorded verdict as a
# sign, and what the page needs is asked for by its path.
. "$(dirname "$0")/lib.sh"

case=data-race/unlocked-counter
yaml=$work/c/$case/case.yaml
corpus "$work/c" $case speedup/sum-of-squares
# What is recorded of the kernel itself does not count here.
sed -i '/^expect:/,$d' "$work/c/speedup/sum-of-squares/case.yaml"
for class in data-race speedup; do
    cp "$SOURCE/cases/$class/README.md" "$work/c/$class/"
done

catalogue() {
    expect "$1" "$LOCKSTEP" catalogue --cases "$work/c"
}

# record EXPECTATIONS: what the manifest says instead.
record() {
    sed -i '/^expect:/,$d' "$yaml"
    printf 'expect:\n%s\n' "$1" >>"$yaml"
}

catalogue 0
said "^# The cases"
said "^Pairs: 1, in 1 classes; programs with a bug: 1, fixes: 2"
said "^Threads touch one object at once"
said "^\[unlocked-counter\]: data-race/unlocked-counter/"
unsaid "^## Not built"

# The row has the signs of the detectors in the order of the heading.
sed -i "s/^title:.*/title: 'A | b of *c in a[i] and \`a[i]|b\`'/" "$yaml"
sed -i '/^plain:/,/^expect:/c plain:\n'\
'  - {variant: buggy, shows: 96, runs: 100}\n'\
'  - {variant: buggy, flags: [-O2], shows: 1, runs: 50}\nexpect:' "$yaml"
why='reason: so it is'
record "  - {detectors: [drd], verdict: flagged}
  - {detectors: [drd], variant: fixed, verdict: false-alarm, $why}
  - {detectors: [helgrind], verdict: sometimes, rate: 0.25, runs: 20, $why}
  - {detectors: [helgrind], variant: fixed-atomic, verdict: sometimes,
     rate: 0.001, runs: 2000, $why}
  - {detectors: [tsan-clang], verdict: flagged, grade: partial, $why}
  - {detectors: [watchdog], verdict: missed, $why}"
catalogue 0
said '^\| case +\| title +\| fails by +\| CWE +\| CERT +\| plain +'\
'\| drd \| helgrind +\| tsan-clang \| tsan-gcc \| watchdog \| explore \|$'
row=$(grep -m 1 '^| \[unlocked-counter\]' "$printed" | sed 's/  */ /g')
wanted='| [unlocked-counter] | A \| b of \*c in a\[i\] and `a[i]\|b`'
wanted="$wanted | wrong-value | 362, 366, 567, 820 | CON43-C | 96/100, 1/50"
wanted="$wanted | + ! | 25% !fixed-atomic <1% | (+) | ? | - | ? |"
[ "$row" = "$wanted" ] || fail "the row is $row, not $wanted"
said '^\| drd +\| 1 +\| 0 +\| 0 +\| 0 +\| 0 +\| 0 +\| 1 +\|$'
said '^\| helgrind +\| 0 +\| 1 +\| 0 +\| 0 +\| 0 +\| 0 +\| 1 +\|$'
said '^\| tsan-gcc +\| 0 +\| 0 +\| 0 +\| 0 +\| 0 +\| 1 +\| 0 +\|$'
said '^\| watchdog +\| 0 +\| 0 +\| 1 +\| 0 +\| 0 +\| 0 +\| 0 +\|$'

# The static detectors have a table of their own, of those of which one of them
# says anything: without a record nobody knows.
said "^## Before anything runs"
static=$(sed -n '/^## Before/,$p' "$printed" | grep -c '^| \[')
[ "$static" -eq 1 ] || fail "$static rows of static detectors, not 1"
said '^\| \[unlocked-counter\] \|( \S+ +\|)* \? +\|'
cp "$yaml" "$work/yaml"
cat >>"$yaml" <<Y
  - {detectors: [clang-thread-safety], verdict: flagged, thanks-to: annotation}
Y
catalogue 0
said '^\| \[unlocked-counter\] \|( \S+ +\|)* \+a +\|'
cp "$work/yaml" "$yaml"
catalogue 0

# Every row of a table is as wide as its heading.
awk '/^\|/ { if (!n) n = length; if (length != n) bad = 1 } !/^\|/ { n = 0 }
     END { exit bad }' "$printed" || fail "a table is ragged"

# A model that a detector cannot judge.
sed -i 's/^model: .*/model: openmp/' "$yaml"
catalogue 0
said '^\| \[unlocked-counter\].*\| n/a +\| n/a +\| \(\+\) +\| \? +\| - +\| n/a +\|$'
sed -i 's/^model: .*/model: pthread/' "$yaml"

# What dies under a detector, fix and all or a fix alone.
dies="verdict: crashes, $why"
record "  - {detectors: [drd, helgrind], $dies}
  - {detectors: [drd], variant: fixed, $dies}
  - {detectors: [drd, tsan-gcc], variant: fixed-atomic, $dies}
  - {detectors: [tsan-gcc], verdict: flagged}"
catalogue 0
said '^\| \[unlocked-counter\].*\| x +\| x +\| \? +\| \+ xfixed-atomic +\| \? +\| \? +\|$'
said '^\| drd +\| 0 +\| 0 +\| 0 +\| 1 +\| 0 +\| 0 +\| 0 +\|$'

# What was not built is told at the end.
cat >"$work/c/not-built.yaml" <<'Y'
pairs:
  - name: lock-misuse/robust-list
    reason: Debian 12 cannot show it.
Y
catalogue 0
said "^## Not built"
said "^- \*\*lock-misuse/robust-list\*\*: Debian 12 cannot show it"
sed -i 's/reason/cause/' "$work/c/not-built.yaml"
catalogue 2
said "not-built.yaml:[0-9]+: .*cause"
rm "$work/c/not-built.yaml"

# A class says what it is.
printf '# data-race\n' >"$work/c/data-race/README.md"
catalogue 2
said "data-race/README.md: has no paragraph"
rm "$work/c/data-race/README.md" "$work/c/speedup/README.md"
catalogue 2
said "data-race/README.md: cannot be read"
said "speedup/README.md: cannot be read"
