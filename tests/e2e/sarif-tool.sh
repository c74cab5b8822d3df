# The SARIF under the rules of its makers and of GitHub's code scanning, by
# Microsoft's multitool; where that is not installed, the test is skipped:
#     npm install --prefix DIR @microsoft/sarif-multitool
#     SARIF_MULTITOOL=DIR/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
# Its exit status is 0 even on errors: what it prints tells.
. "$(dirname "$0")/lib.sh"

tool=${SARIF_MULTITOOL:-$(npm root -g 2>/dev/null || :)/@microsoft/sarif-multitool-linux/Sarif.Multitool}
if [ ! -f "$tool" ]; then
    echo "SKIPPED: Microsoft's SARIF multitool is missing; SARIF_MULTITOOL may" \
        "name it"
    exit 77
fi
chmod u+x "$tool" 2>/dev/null || :
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

# Nothing but that the watchdog, which is our own, has no address.
valid() {
    "$tool" validate "$1" --rule-kind 'Sarif;Ghas' >"$printed" 2>&1 || :
    said 'Analysis completed successfully'
    grep -E '(error|warning) [A-Z]+[0-9]+' "$printed" |
        grep -v "SARIF2005.*'watchdog' does not provide 'informationUri'" \
            >"$work/bad" || :
    [ ! -s "$work/bad" ] || fail "$1 is not as it must be: $(cat "$work/bad")"
}

# The tool speaks up where something is wrong.
cat >"$work/wrong.sarif" <<'X'
{"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
 "runs": [{"tool": {"driver": {"name": "x"}}, "results":
 [{"ruleId": "a", "message": {"text": "b"}}]}]}
X
"$tool" validate "$work/wrong.sarif" --rule-kind 'Sarif;Ghas' >"$printed" 2>&1 || :
said 'error (GH|GHAS|SARIF)[0-9]+'

# A gate that fails, in a work tree of git with a blank, and all that was found.
corpus "$work/a tree/cases" data-race/unlocked-counter deadlock/double-acquire \
    condvar/lost-wakeup
cd "$work/a tree"
guess cases/data-race/unlocked-counter/case.yaml
git init -q -b trunk .
git add .
git -c user.name=x -c user.email=x@example.com commit -q -m one
git remote add origin git@example.com:a/b.git
expect 1 "$LOCKSTEP" gate --cases cases --out "$work/out" \
    --detector tsan-gcc,drd,watchdog,clang-tidy,cppcheck \
    --format sarif="$work/gate.sarif"
jq -e '[.runs[].results[]] | length > 0' "$work/gate.sarif" >/dev/null ||
    fail "no result"
valid "$work/gate.sarif"
expect 0 "$LOCKSTEP" report --db "$work/out" --all --format sarif="$work/all.sarif"
valid "$work/all.sarif"

# A program of one's own.
cp -r "$SOURCE/examples/turnstiles" "$work/turnstiles"
cd "$work/turnstiles"
expect 1 "$LOCKSTEP" check --out "$work/out" --detector tsan-gcc,drd,watchdog \
    --build '{cc} {cflags} -o my_test *.c' --format sarif="$work/own.sarif" \
    -- ./my_test estimated
valid "$work/own.sarif"
