# `catalogue --facts` fills in a page about detectors: what is recorded stands
# between the marks, what a person wrote is left, and a wrong mark is told.
. "$(dirname "$0")/lib.sh"

case=data-race/unlocked-counter
yaml=$work/c/$case/case.yaml
corpus "$work/c" $case signal/handler-spoils-errno
for class in data-race signal; do
    cp "$SOURCE/cases/$class/README.md" "$work/c/$class/"
done
page=$work/page.md

facts() {
    wanted=$1
    shift
    expect "$wanted" "$LOCKSTEP" catalogue --cases "$work/c" --facts "$page" "$@"
}

ids=$(cd "$SOURCE/tools/detectors" &&
    grep -l '^const struct detector detector_' ./*.c |
    sed 's|^./||; s|\.c$||' | tr _ -)
for id in $ids; do
    printf '## %s\n\n<!-- facts of %s -->\nold\n<!-- end of facts -->\n' "$id" "$id"
done >"$page"
sed -i '/^expect:/,$d' "$yaml"
cat >>"$yaml" <<'Y'
expect:
  - {detectors: [drd], verdict: flagged}
  - {detectors: [drd], variant: fixed, verdict: false-alarm, reason: so it is}
  - {detectors: [helgrind], verdict: sometimes, rate: 0.25, runs: 20,
     reason: so it is}
  - {detectors: [tsan-gcc], verdict: flagged, grade: partial, reason: so it is}
  - {detectors: [coccinelle], verdict: missed, reason: so it is}
Y
facts 0
cp "$printed" "$work/first"
said '^## drd$'
unsaid '^old$'
# part ID: the facts of one detector, from what was printed.
part() {
    sed -n "/^<!-- facts of $1 -->/,/^<!-- end of facts -->/p" "$work/first"
}
part drd | grep -q '^- \*\*Flagged at their lines, 1:\*\* \[unlocked-counter\]' ||
    fail "drd has not flagged it"
part drd | grep -q '^- \*\*False alarms, 1:\*\* \[unlocked-counter\]' ||
    fail "drd's false alarm is not told"
part helgrind | grep -q '^- \*\*In some runs only, 1:\*\*' ||
    fail "helgrind's runs are not told"
part tsan-gcc | grep -q '^- \*\*Not at each of their lines, 1:\*\*' ||
    fail "the grade is not told"
part coccinelle | grep -q '^- \*\*Missed, 1:\*\* \[unlocked-counter\]' ||
    fail "the miss is not told"
part sparse | grep -q '^- \*\*Missed by its nature, 2:\*\* ' ||
    fail "what is beyond sparse is not told"

# Filling it in once more changes nothing.
cp "$work/first" "$page"
facts 0
cmp -s "$printed" "$page" || fail "it changes when it is made twice"

# Costs, and the names' targets.
printf '<!-- facts of links -->\n<!-- end of facts -->\n' >>"$page"
cat >"$work/costs.json" <<'J'
{"host": {"cpu": "X"}, "score": {"detectors": [{"detector": "drd",
 "cost": {"runs": 7, "median_cpu_seconds": 1.5, "cpu_factor": 2.25}}]}}
J
facts 0 --costs "$work/costs.json"
said '^- \*\*It costs\*\* 1.5 s .* 7 runs'
said '2.2 times|2.3 times'
said "^\[unlocked-counter\]: ../cases/$case/"

# What is wrong is told, with its line, and nothing printed.
echo '{' >"$work/costs.json"
facts 2 --costs "$work/costs.json"
said 'costs.json:[0-9]+: is no JSON'
unsaid '^## drd'
facts 2 --costs "$work/none.json"
said 'none.json: cannot be read'
sed '1i <!-- facts of nobody -->\n<!-- end of facts -->' "$page" >"$work/x"
cp "$work/x" "$page"
facts 2
said 'page.md:1: names no detector'
sed -i '1,2d; s/<!-- facts of drd -->/drd/' "$page"
facts 2
said 'page.md: has no facts of drd'
printf '<!-- facts of drd -->\n' >>"$page"
facts 2
said 'page.md:[0-9]+: these facts do not end'
