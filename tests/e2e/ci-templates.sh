# What the templates of CI do behind the run: their jq makes annotations and code
# quality of a real report.
. "$(dirname "$0")/lib.sh"

cd "$work"
cat >racy.c <<'X'
#include <pthread.h>
static int tickets;
static void *sell(void *arg)
{
    tickets++;
    return arg;
}
int main(void)
{
    pthread_t t[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&t[i], NULL, sell, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(t[i], NULL);
    return 0;
}
X
gcc -gdwarf-4 -O0 -no-pie -pthread -o racy racy.c
expect 1 "$LOCKSTEP" run --out "$work/out" --detector helgrind --json -- ./racy
cp "$printed" lockstep.json
# block FILE WORD: the shell text of the block that has the line with WORD.
block() {
    awk -v word="$2" '
        $0 ~ word { on = 1; match($0, /^ */); indent = RLENGTH }
        on { match($0, /^ */)
             if (NF && RLENGTH < indent) exit
             print substr($0, indent + 1) }' "$SOURCE/ci/$1"
}
export GITHUB_WORKSPACE="$work" CI_PROJECT_DIR="$work"
block github-actions.yml 'jq -r' >annotate
expect 0 sh annotate
said '^::error file=racy.c,line=5::.*tickets.*\[helgrind 1/1\]$'
block gitlab-ci.yml 'jq --arg' >quality
expect 0 sh quality
jq -e 'length == 1 and (.[0] | .location.path == "racy.c" and
    .location.lines.begin == 5 and .severity == "critical" and
    (.fingerprint | length) == 32 and .check_name == "data-race")' \
    gl-code-quality.json >/dev/null || fail "no code quality"
