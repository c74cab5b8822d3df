# The page of HTML in a browser: filters, links, and not a word on its console.
. "$(dirname "$0")/lib.sh"

browser=$(command -v chromium || command -v chromium-browser ||
    command -v google-chrome) || {
    echo "no chromium here"
    exit 77
}

page=$work/page.html
"$LOCKSTEP" run --format html --out "$work/out" --detector tsan-gcc,watchdog \
    --pictures "$SOURCE/tests/golden/charts" unlocked-counter double-acquire >"$page" 2>"$printed" ||
    fail "run --format html"
url="file://$(echo "$page" | sed 's/ /%20/g')"

# dom FRAGMENT: what the page has become; the console must stay empty.
dom() {
    "$browser" --headless --no-sandbox --disable-gpu --no-first-run \
        --user-data-dir="$work/profile" --enable-logging=stderr --v=0 \
        --virtual-time-budget=5000 --dump-dom "$url#$1" \
        >"$printed" 2>"$work/console" </dev/null ||
        fail "the browser: $(tail -n 5 "$work/console")"
    grep -q '^<html .*data-ready=' "$printed" || fail "its script did not run"
    if grep CONSOLE "$work/console"; then
        fail "the browser complained"
    fi
}

[ "$(grep -c '<img alt="[^"][^"]*" src="data:image/svg+xml;base64,' "$page")" \
    -eq 2 ] || fail "not both pictures"
expect 2 "$LOCKSTEP" run --format html --pictures "$work/nowhere"
said "no picture .*nowhere: no such file"

row='<tr data-name="data-race/unlocked-counter"'
other='<tr data-name="deadlock/double-acquire"'
hidden=' hidden=""'

dom ""
said "$row>"
said "$other>"
said '>2 of 2 cases<'
unsaid '<form id="filters" hidden'
unsaid '<details class="case"[^>]* open'

dom "class=deadlock"
said "$row$hidden>"
said "$other>"
said '>1 of 2 cases<'
said '<tbody data-class="data-race"[^>]* hidden'
said '<details class="case" id="case/data-race/unlocked-counter"[^>]* hidden'

dom "outcome=hang"
said "$row$hidden>"
said "$other>"

dom "outcome=hang&detectors=watchdog"
said "$other$hidden>"
said '>0 of 2 cases<'

dom "name=COUNTER"
said "$row>"
said "$other$hidden>"

dom "class=no-such-class&nonsense&%zz=%zz"
said '>2 of 2 cases<'

dom "detectors=watchdog"
said '<th scope="col" hidden="">tsan-gcc'
said '<th scope="col">watchdog'

# A link to a case, to a line of it and to a raw report opens what it leads to.
dom "case/deadlock/double-acquire"
said '<details class="case" id="case/deadlock/double-acquire"[^>]* open'
unsaid '<details class="case" id="case/data-race/unlocked-counter"[^>]* open'

raw=$(sed -n 's/.*href="#\(raw\/data-race\/[^"]*\)".*/\1/p' "$page" | head -n 1)
[ "$raw" ] || fail "no link to a raw report"
dom "$raw"
said "<details class=\"raw\" id=\"$raw\" open"
said '<details class="case" id="case/data-race/unlocked-counter"[^>]* open'
said 'WARNING: ThreadSanitizer: data race'

# Whatever is linked to is there.
for link in $(sed 's/href="#/\n&/g' "$page" |
    sed -n 's/^href="#\([^"]*\)".*/\1/p' | sort -u); do
    grep -q "id=\"\{0,1\}$link\"\{0,1\}[ >]" "$page" ||
        fail "a link leads nowhere: $link"
done

# It asks nobody for anything, and its policy would not let it.
! grep -nE '(src|href)="?(https?:)?//|url\(|@import' "$page" ||
    fail "the page asks for something"

# The schedule that the explorer found stands open.
"$LOCKSTEP" run --format html --out "$work/out" --detector explore \
    lost-wakeup:buggy >"$page" 2>"$printed" || fail "run under explore"
dom "case/condvar/lost-wakeup"
said '<details class="raw" id="raw/condvar/lost-wakeup/buggy/explore" open=""'
said '^How it happens'
said '^ +&gt; T1 +locks mutex .lock. +buggy.c:[0-9]+, in load\(\)'
