# The page of HTML as people use it, by mouse and keys, narrow, light and dark, by
# Playwright; where that is not installed, the test is skipped:
#     npm install --prefix DIR playwright-core
#     PLAYWRIGHT=DIR/node_modules/playwright-core ctest -R html-by-hand
# With PICTURES=DIR, it leaves screenshots to be looked at.
. "$(dirname "$0")/lib.sh"

playwright=${PLAYWRIGHT:-$(npm root -g 2>/dev/null || :)/playwright-core}
browser=$(command -v chromium || command -v google-chrome) || browser=
if [ ! -d "$playwright" ] || [ -z "$browser" ] || ! command -v node >/dev/null
then
    echo "SKIPPED: Playwright or a browser is missing; PLAYWRIGHT may name the" \
        "folder of playwright-core"
    exit 77
fi

"$LOCKSTEP" run --format html="$work/page.html" --out "$work/out" \
    --detector tsan-gcc,watchdog,clang-tidy unlocked-counter double-acquire \
    lost-wakeup bank-transfer >/dev/null 2>&1 || fail "run --format html"
node "$SOURCE/tests/e2e/html-by-hand.cjs" "$playwright" "$browser" \
    "$work/page.html" ${PICTURES:+"$PICTURES"} >"$printed" 2>&1 ||
    fail "the page is not as it must be"

# The same of a program of one's own, whose name is no help.
cd "$work"
mkdir "<script>"
cd "<script>"
printf '%s\n' '#include <pthread.h>' 'static int n;' \
    'static void *f(void *a) { n++; return a; }' 'int main(void) {' \
    'pthread_t a, b; pthread_create(&a, 0, f, 0); pthread_create(&b, 0, f, 0);' \
    'pthread_join(a, 0); pthread_join(b, 0); return 0; }' >"a'b.c"
gcc -gdwarf-4 -pthread -o "a'b" "a'b.c"
expect 1 "$LOCKSTEP" run --out "$work/out" --detector drd \
    --format html="$work/own.html" -- "./a'b"
"$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$work/profile" \
    --enable-logging=stderr --virtual-time-budget=5000 \
    --dump-dom "file://$(echo "$work" | sed 's/ /%20/g')/own.html" \
    >"$printed" 2>"$work/console" </dev/null || fail "the browser"
! grep CONSOLE "$work/console" || fail "the browser complained"
said '<h3>own/a.b'
said '<strong>data race'
