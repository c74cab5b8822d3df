# The variants of `download` and the server they are measured with: pages come
# whole or are told, whatever fails, and nothing is left behind.
. "$(dirname "$0")/lib.sh"

server=${BUILD:?the build tree}/lib/lockstep-server
kernel=$SOURCE/cases/speedup/download
variants="serial threads event-loop processes offload"
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

# build SUFFIX FLAG...: all variants, as $work/VARIANT$SUFFIX
build() {
    suffix=$1
    shift
    for v in $variants; do
        gcc -std=gnu17 -g -O1 "$@" -pthread -I "$SOURCE/cases" \
            "$kernel/$v.c" -o "$work/$v$suffix" -lcurl -lm ||
            fail "$v does not build with $*"
    done
}
build "" -fsanitize=address,undefined -fno-sanitize-recover=all

# serve OPTION...: starts a server; $port is its port.
serve() {
    rm -f "$work/hold"
    mkfifo "$work/hold"
    : >"$work/port"
    "$server" "$@" <"$work/hold" >"$work/port" 2>"$work/server-said" &
    server_pid=$!
    exec 9>"$work/hold"
    port=
    until [ -n "$port" ]; do
        kill -0 $server_pid || fail "no server: $(cat "$work/server-said")"
        sleep 0.05
        port=$(sed -n 's/^port //p' "$work/port")
    done
    site=http://127.0.0.1:$port
    idle=$(descriptors)
}

# The server's.
descriptors() {
    ls /proc/$server_pid/fd | wc -l
}

# The end of its input is the end of a server, whatever it has to do.
unserve() {
    exec 9>&-
    wait $server_pid || fail "the server ended with $?"
}

# list PATH...: a list of pages of the server, as $work/urls
list() {
    printf "$site%s\n" "$@" >"$work/urls"
}

# download CODE VARIANT OPTION...: the list, by that variant
download() {
    code=$1 variant=$2
    shift 2
    expect "$code" timeout 100 "$work/$variant" --urls "$work/urls" "$@" 9>&-
    unsaid "Sanitizer|runtime error"
}

# The files of the album, in the C locale's order, on one line.
files() {
    LC_ALL=C ls -A "$work/album" | tr '\n' ' '
}

new_album() {
    rm -rf "$work/album"
    mkdir "$work/album"
}

# --- By hand, without a server: one of its own, as the detectors run them.
for v in $variants; do
    expect 0 "$work/$v"
    said "^value 853680$"
    said "^INVARIANT HELD: 160 of 160 pages"
done

# --- A server that is well: the tutorials' workload.
serve
i=0
while [ $i -lt 80 ]; do
    printf '%s\n%s  # a comment\n\n' "$site/10394" "$site/277"
    i=$((i + 1))
done >"$work/urls"
for v in $variants; do
    for n in 1 5 160; do
        download 0 "$v" "$n"
        [ "$(grep -cE '^(value 853680|seconds [0-9]+\.[0-9]{9}|INVARIANT HELD: 160 of 160 .*)$' \
            "$printed")" -eq 3 ] || fail "$v $n: not the three lines"
        [ "$(wc -l <"$printed")" -eq 3 ] || fail "$v $n: other lines"
    done
done

# Thousands at a time: no thread for each, and no descriptor is left open.
printf "$site%s\n" $(seq 1 4000 | sed 's|.*|/100|') >"$work/urls"
download 0 event-loop --concurrency 2000
said "^value 400000$"
grep -q '^Threads:[[:space:]]*1$' /proc/$server_pid/status ||
    fail "the server has threads"
tries=0
until [ "$(descriptors)" -eq "$idle" ]; do # it sees them close soon
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail "$(descriptors) descriptors, $idle when idle"
    sleep 0.05
done

# Few descriptors: fewer at a time, and told.
list $(seq 1 100 | sed 's|.*|/100|')
for v in threads event-loop processes offload; do
    expect 0 sh -c 'ulimit -n 92 && exec "$@"' sh "$work/$v" \
        --urls "$work/urls" --workers 100
    said "^no descriptors for more than 12 at a time$"
    said "^value 10000$"
done

# --- The album: whole pages under safe names.
long=$(printf '%0200d' 0)
list /album/a-5.jpg /album/a-5.jpg /album/A-5.jpg '/album/q-6.jpg?x=/../y' \
    /album/..%2f..%2fetc%2fpasswd-7.jpg /album/%2ehidden-8.jpg \
    /album/new%0aline-9.jpg "/album/$long-10.jpg" /40000 \
    '/album/c%3a%5cx%7c-11.jpg' /redirect//12
for v in $variants; do
    new_album
    download 0 "$v" --album "$work/album" 3
    wanted="$(printf '%0116d' 0).jpg 12 40000 A-5-3.jpg _hidden-8.jpg"
    wanted="$wanted a-5-2.jpg a-5.jpg c__x_-11.jpg new%0aline-9.jpg"
    wanted="$wanted passwd-7.jpg q-6.jpg "
    [ "$(files)" = "$wanted" ] || fail "$v: files $(files), not $wanted"
    [ "$(wc -c <"$work/album/40000")" -eq 40000 ] || fail "$v: not 40000 bytes"
    # Byte k of N is the letter (N + k) mod 26.
    [ "$(head -c 30 "$work/album/40000")" = mnopqrstuvwxyzabcdefghijklmnop ] ||
        fail "$v: another content"
    [ "$(cat "$work/album/passwd-7.jpg")" = hijklmn ] || fail "$v: passwd-7"
done
# What is there is replaced, a link is not followed.
new_album
echo mine >"$work/precious"
ln -s "$work/precious" "$work/album/a-5.jpg"
list /album/a-5.jpg
download 0 serial --album "$work/album"
[ "$(cat "$work/precious")" = mine ] || fail "written through a link"
[ "$(cat "$work/album/a-5.jpg")" = fghij ] || fail "not replaced"

# --- What fails is told, with the rest unharmed, and no part of a file stays.
for v in $variants; do
    new_album
    list /album/a-5.jpg /truncated/1000 /reset /stall /status/503 /status/404 \
        /drip/1000 /album/b-6.jpg /redirect/file:///etc/passwd /redirect//stall \
        /redirect/
    cat >>"$work/urls" <<END
http://127.0.0.1:1/refused
http://192.0.2.1/unreachable
file:///etc/passwd
ftp://127.0.0.1:1/x
http://
END
    download 1 "$v" --retries 1 --back-off 1 --timeout 0.4 \
        --connect-timeout 0.3 --album "$work/album"
    said "^value 11$"
    said "^failed 1: Transferred a partial file: $site/truncated/1000, attempts: 2"
    said "^failed 1: Failure when receiving .*: $site/reset, attempts: 2: .*reset"
    said "^failed [34]: Timeout was reached: $site/stall, attempts: 2"
    said "^failed 1: HTTP status 503: $site/status/503, attempts: 2"
    said "^failed 1: HTTP status 302: $site/redirect/, attempts: 1"
    said "^failed 1: HTTP status 404: $site/status/404, attempts: 1"
    said "^failed 3: Unsupported protocol: $site/redirect/file.*, attempts: 1"
    said "^failed [12]: Couldn't connect to server: http://127.0.0.1:1/refused, attempts: 2"
    said "^INVARIANT BROKEN: 2 of 16 pages came"
    awk '/^failed / { sum += $2 } END { exit sum != 14 }' "$printed" ||
        fail "$v: not 14 failures are told"
    [ "$(files)" = "a-5.jpg b-6.jpg " ] || fail "$v: files $(files)"
done
unserve

# --- What passes is tried again, until it comes; and not when that is not asked.
serve --fail 5xx:0.2 --fail reset:0.1 --fail truncated:0.1 --seed 3
list $(seq 1001 1040 | sed 's|.*|/&|')
for v in $variants; do
    new_album
    download 0 "$v" --retries 60 --back-off 1 --album "$work/album"
    said "^value 40820$"
    unsaid "^failed"
    for f in "$work"/album/*; do
        [ "$(wc -c <"$f")" -eq "${f##*/}" ] || fail "$v: $f is not whole"
    done
    download 1 "$v" --retries 0
    said "^failed [0-9]+: HTTP status 503: "
    said "^INVARIANT BROKEN: "
done

# Threads that try again have no races.
build -tsan -fsanitize=thread
for v in threads event-loop offload; do
    new_album
    download 0 "$v-tsan" --retries 60 --back-off 1 --album "$work/album" 10
    said "^value 40820$"
    unsaid "ThreadSanitizer"
done
unserve

# --- Slow servers: a page takes no less than it must.
took() { # took SECONDS: no less
    awk -v least="$1" '/^seconds / { exit !($2 >= least) }' "$printed" ||
        fail "sooner than $1 s"
}
serve --latency 150 --jitter 20
list /10 /20
for v in $variants; do
    download 0 "$v" 1
    took 0.3
done
unserve
serve --bandwidth 20000
list /10000
download 0 serial
took 0.5
unserve
serve
list /drip/10
download 0 serial
took 0.5

# --- ^C: exit by the signal, no part of a file, no process.
list $(seq 1 20 | sed 's|.*|/drip/1000|') /album/a-5.jpg
for v in $variants; do
    new_album
    env --default-signal=INT "$work/$v" --urls "$work/urls" \
        --album "$work/album" >"$printed" 2>&1 </dev/null 9>&- &
    pid=$!
    until ls -A "$work/album" | grep -q '^\.part-'; do
        kill -0 $pid 2>/dev/null || fail "$v ended by itself"
        sleep 0.05
    done
    children=$(pgrep -P $pid || true)
    [ "$v" != processes ] || [ -n "$children" ] || fail "no worker"
    kill -INT $pid
    code=0
    wait $pid || code=$?
    [ $code -eq 130 ] || fail "$v: exit code $code, not 130"
    said "^failed [0-9]+: interrupted: "
    for child in $children; do
        ! kill -0 "$child" 2>/dev/null || fail "$v: $child lives on"
    done
    ! ls -A "$work/album" | grep -q '^\.part-' || fail "$v: files $(files)"
done

# --- A worker that is killed: its page is told, the others come.
new_album
list /drip/100 $(seq 1 20 | sed 's|.*|/album/a-&.jpg|')
"$work/processes" --urls "$work/urls" --album "$work/album" --workers 2 \
    >"$printed" 2>&1 </dev/null 9>&- &
pid=$!
victim=
until [ -n "$victim" ]; do
    kill -0 $pid || fail "it ended by itself"
    sleep 0.05
    part=$(ls -A "$work/album" | grep '^\.part-.*-0$' || true)
    victim=$(echo "$part" | cut -d- -f2)
done
kill -KILL "$victim"
code=0
wait $pid || code=$?
[ $code -eq 1 ] || fail "exit code $code, not 1"
said "^worker $victim ended with status 0x9$"
said "^failed 1: its worker ended before it: $site/drip/100"
said "^INVARIANT BROKEN: 20 of 21 pages came"
! ls -A "$work/album" | grep -q '^\.part-' || fail "files $(files)"

# --- A full disk.
if unshare -rm true 2>/dev/null; then
    list /album/a-5.jpg /300000 /300001 /album/b-6.jpg
    for v in $variants; do
        new_album
        expect 1 unshare -rm sh -c '
            mount -t tmpfs -o size=64k none "$2" &&
            "$1" --urls "$3" --album "$2" 1
            code=$?
            ls -A "$2" >"$4"
            exit $code' \
            sh "$work/$v" "$work/album" "$work/urls" "$work/listed" 9>&-
        said "^failed 2: No space left on device: $site/300000, attempts: 1"
        said "^value 11$"
        [ "$(tr '\n' ' ' <"$work/listed")" = "a-5.jpg b-6.jpg " ] ||
            fail "$v: files $(cat "$work/listed")"
    done
else
    echo "not checked: a full disk (no mount namespace can be made here)"
fi

# --- The server ends in the middle of all that, too.
new_album
list /stall /drip/1000 /10
"$work/event-loop" --urls "$work/urls" --retries 0 --album "$work/album" \
    >"$printed" 2>&1 </dev/null 9>&- &
pid=$!
until [ -f "$work/album/10" ]; do
    kill -0 $pid || fail "it ended by itself"
    sleep 0.05
done
kill -TERM $server_pid
wait $server_pid || fail "the server ended with $? on SIGTERM"
exec 9>&-
code=0
wait $pid || code=$?
[ $code -eq 1 ] || fail "exit code $code, not 1"
said "^INVARIANT BROKEN: 1 of 3 pages came"

# --- Certificates are verified.
if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1 \
        -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key" \
        -out "$work/cert" 2>/dev/null
    : >"$work/tls"
    openssl s_server -accept 127.0.0.1:0 -www -key "$work/key" \
        -cert "$work/cert" >"$work/tls" 2>&1 </dev/null &
    tls=$!
    until port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$work/tls") &&
        [ -n "$port" ]; do
        kill -0 $tls || fail "no TLS: $(cat "$work/tls")"
        sleep 0.05
    done
    echo "https://127.0.0.1:$port/" >"$work/urls"
    for v in $variants; do
        download 1 "$v"
        said "^failed 1: SSL peer certificate .* was not OK: .*, attempts: 1"
    done
    kill $tls
else
    echo "not checked: certificates (openssl is not installed)"
fi

# --- Usage.
echo "http://127.0.0.1:1/" >"$work/urls"
for bad in "--workers 0" "--workers x" "--concurrency 1.5" "--retries -1" \
    "--timeout 0" "0" "1 2" "--nonsense" "--album $work/none" \
    "--workers 1000000000000"; do
    # Word splitting separates an option from its argument; $work has a blank.
    case $bad in
    --album*) download 2 threads --album "$work/none" ;;
    *) download 2 threads $bad ;;
    esac
    unsaid "^value"
done
expect 2 "$work/serial" --urls "$work/none"
said "none: No such file"
echo "# nothing" >"$work/urls"
download 2 serial
said "no URL in it"

for bad in "--latency x" "--latency -1" "--fail foo:1" "--fail reset" \
    "--bandwidth nan" "--seed x"; do
    expect 2 "$server" $bad
done
