# A manifest with a mistake is named with file, line and what to do; exit 2.
. "$(dirname "$0")/lib.sh"

case=data-race/unlocked-counter
yaml=$work/c/$case/case.yaml

fresh() {
    rm -rf "$work/c"
    corpus "$work/c" $case
}

bad() {
    expect 2 "$LOCKSTEP" list --cases "$work/c"
}

fresh
expect 0 "$LOCKSTEP" list --cases "$work/c"

fresh # an unknown key
echo 'colour: red' >>"$yaml"
bad
said "case.yaml:[0-9]+: .*Unexpected key: colour"

fresh # a missing key
sed -i '/^title:/d' "$yaml"
bad
said "case.yaml:.*title"

fresh # a wrong type
sed -i 's/^cwe:.*/cwe: [many]/' "$yaml"
bad
said "case.yaml:[0-9]+: "

fresh # ids that look like none
sed -i 's/^cwe:.*/cwe: [0]/; s/^cert:.*/cert: [CON43]/' "$yaml"
bad
said "case.yaml:[0-9]+: '0' is no number of CWE"
said "case.yaml:[0-9]+: 'CON43' is no id of SEI CERT C"

fresh # a pattern that nobody named
sed -i 's/^patterns:.*/patterns: [bad-luck]/' "$yaml"
bad
said "case.yaml:[0-9]+: .*bad-luck"

fresh # a word that is no verdict
sed -i '0,/verdict: flagged/s//verdict: perhaps/' "$yaml"
bad
said "case.yaml:[0-9]+: .*perhaps.*may be flagged, sometimes, missed"

fresh # no YAML
printf 'title: [\n' >"$yaml"
bad
said "case.yaml:[0-9]+: "

fresh # nothing
: >"$yaml"
bad
said "case.yaml:1: the manifest is empty"

fresh # an unknown label
sed -i 's/sites: \[[^]]*\]/sites: [nowhere]/' "$yaml"
bad
said "case.yaml:[0-9]+: label 'nowhere' is not in .*/buggy.c"

fresh # a label twice
printf '/* @site increment */\n' >>"$work/c/$case/buggy.c"
bad
said "buggy.c:[0-9]+: label 'increment' stands twice, first in line [0-9]+"

fresh # a missing twin
rm "$work/c/$case/fixed.c"
bad
said "case.yaml:[0-9]+: has no fixed.c"

fresh # a missing manifest
rm "$yaml"
bad
said "has a buggy.c but no case.yaml"

fresh # a detector that is not
sed -i '0,/tsan-gcc/s//tsan-icc/' "$yaml"
bad
said "case.yaml:[0-9]+: no detector is called 'tsan-icc'"

fresh # a miss without a reason
sed -i '0,/verdict: flagged/s//verdict: missed/' "$yaml"
bad
said "case.yaml:[0-9]+: verdict 'missed' needs a 'reason'"

fresh # every mistake is told, not only the first
echo 'colour: red' >>"$yaml"
corpus "$work/c" deadlock/double-acquire
rm "$work/c/deadlock/double-acquire/fixed.c"
bad
said "Unexpected key: colour"
said "has no fixed.c"

fresh # who names another case can do without the bad one
corpus "$work/c" deadlock/double-acquire
: >"$yaml"
expect 0 "$LOCKSTEP" show double-acquire --cases "$work/c"
said "case.yaml:1: the manifest is empty"
said "^deadlock/double-acquire: "
expect 2 "$LOCKSTEP" show unlocked-counter --cases "$work/c"
said "no case 'unlocked-counter'"

expect 2 "$LOCKSTEP" list --cases "$work/none"
said "no folder of cases"
mkdir "$work/empty"
expect 2 "$LOCKSTEP" list --cases "$work/empty"
said "holds no case"
