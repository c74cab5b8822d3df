# What the runtime of the explorer models beyond locks, and what it tells of
# their misuse.
. "$(dirname "$0")/lib.sh"

write() {
    { printf '#define _GNU_SOURCE\n#include <pthread.h>\n#include <stdio.h>\n'
      printf '#include <stdlib.h>\n#include <unistd.h>\n'
      cat; } >"$work/$1.c"
    "$LOCKSTEP" cc -Wall -Wno-unused-result -o "$work/$1" "$work/$1.c" \
        2>"$printed" || fail "$1 does not compile"
}
# one NAME BODY MAIN: a program with one thread.
one() {
    write "$1" <<Y
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
static int ends[2];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *unused)
{
    (void)ends, (void)lock;
    $2
    return unused;
}
int main(void)
{
    pthread_t a;
    char byte = 0;
    (void)byte;
    $3
}
Y
}
start='pthread_create(&a, 0, work, 0);'
join='pthread_join(a, 0);'

# Who reads what nobody will write takes part in deadlocks.
one unwritten 'char c; read(ends[0], &c, 1);' "pipe(ends); $start $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/unwritten"
said '^deadlock: no thread can go on'
said 'thread 1 waits to read from descriptor 3'

# The end of the last writer is the end of the file.
one ended 'close(ends[1]);' \
    "pipe(ends); $start if (read(ends[0], &byte, 1)) return 1; $join return 0;"
expect 0 "$LOCKSTEP" verify "$work/ended"
said 'a pipe or socket pair holds 64 KiB'

# Nobody reads: the signal ends the program, unless it is ignored.
one unread 'close(ends[0]); write(ends[1], "x", 1);' \
    "pipe(ends); $start $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/unread"
said '^crash: Broken pipe'
one ignored 'close(ends[0]); if (write(ends[1], "x", 1) != -1) exit(1);' \
    "signal(SIGPIPE, SIG_IGN); pipe(ends); $start $join return 0;"
expect 0 "$LOCKSTEP" verify "$work/ignored"

# A descriptor that is closed while another uses it.
one closed 'close(ends[0]);' \
    "pipe(ends); write(ends[1], \"x\", 1); $start
     read(ends[0], &byte, 1); $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/closed"
said '^data race'
said 'thread 1 writes descriptor 3'

# What a real file has is read, what is written to one raises a doubt.
one file '' "int f = open(\"$work/file.c\", O_RDONLY);
    return read(f, &byte, 1) != 1 || byte != '#' || close(f);"
expect 0 "$LOCKSTEP" verify "$work/file"
# Files that are made and written are copies in memory: each execution begins
# with what is on the disk, and leaves it as it was.
write files <<'Y'
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define CHECK(what) do { if (!(what)) { fprintf(stderr, "%d: %s (%d)\n", __LINE__, #what, errno); return (void *)1; } } while (0)
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int lines;
static void *log_one(void *name)
{
    FILE *f = fopen("log", "a");
    CHECK(f);
    CHECK(fprintf(f, "%s\n", (char *)name) > 0);
    CHECK(fclose(f) == 0);
    pthread_mutex_lock(&lock);
    lines++;
    pthread_mutex_unlock(&lock);
    return NULL;
}
static void *by_descriptor(void)
{
    char text[20] = "";
    struct stat st, old;
    int f = open("made", O_RDWR | O_CREAT | O_EXCL, 0640), g;
    CHECK(f >= 0 && write(f, "hello world", 11) == 11);
    CHECK(open("made", O_RDWR | O_CREAT | O_EXCL, 0600) == -1 && errno == EEXIST);
    CHECK(fstat(f, &st) == 0 && st.st_size == 11 && st.st_nlink == 1);
    CHECK((st.st_mode & 0777) == 0640 && S_ISREG(st.st_mode));
    CHECK(lseek(f, 6, SEEK_SET) == 6 && read(f, text, 20) == 5 && !strcmp(text, "world"));
    CHECK(ftruncate(f, 5) == 0 && stat("made", &old) == 0 && old.st_size == 5);
    CHECK(old.st_ino == st.st_ino);
    CHECK((g = open("made", O_WRONLY | O_APPEND)) >= 0 && write(g, "!", 1) == 1 && close(g) == 0);
    CHECK(rename("made", "moved") == 0 && access("made", F_OK) == -1 && errno == ENOENT);
    CHECK(open("made", O_RDONLY) == -1 && errno == ENOENT);
    CHECK(stat("moved", &st) == 0 && st.st_size == 6);
    CHECK(unlink("moved") == 0 && stat("moved", &st) == -1 && errno == ENOENT);
    CHECK(fstat(f, &st) == 0 && st.st_nlink == 0 && st.st_size == 6);
    memset(text, 0, 20);
    CHECK(lseek(f, 0, SEEK_SET) == 0 && read(f, text, 20) == 6 && !strcmp(text, "hello!"));
    CHECK(close(f) == 0);
    CHECK(open("no/x", O_WRONLY | O_CREAT, 0600) == -1 && errno == ENOENT);
    return NULL;
}
static void *on_disk(void)
{
    char text[40] = "";
    FILE *f = fopen("disk", "r+");
    CHECK(f && fgets(text, 40, f) && !strcmp(text, "from the disk\n"));
    CHECK(fseek(f, 0, SEEK_SET) == 0 && fputs("FROM", f) >= 0 && fclose(f) == 0);
    CHECK((f = fopen("disk", "r")) && fgets(text, 40, f) && !strcmp(text, "FROM the disk\n") && fclose(f) == 0);
    CHECK(rename("disk", "other") == 0 && !fopen("disk", "r") && errno == ENOENT);
    CHECK((f = fopen("disk", "w+")) && fputs("new", f) >= 0);
    rewind(f);
    CHECK(fgets(text, 40, f) && !strcmp(text, "new") && fclose(f) == 0);
    CHECK(remove("other") == 0 && remove("other") == -1 && errno == ENOENT);
    CHECK(truncate("disk", 1) == 0);
    CHECK((f = fopen("disk", "r")) && fgetc(f) == 'n' && fgetc(f) == EOF && fclose(f) == 0);
    return NULL;
}
int main(void)
{
    pthread_t a, b;
    char text[8];
    int n = 0;
    FILE *f;
    if (by_descriptor() || on_disk())
        return 1;
    pthread_create(&a, 0, log_one, "one");
    pthread_create(&b, 0, log_one, "two");
    pthread_join(a, 0);
    pthread_join(b, 0);
    f = fopen("log", "r");
    while (f && fgets(text, sizeof text, f))
        n++;
    return n == 2 && lines == 2 ? 0 : 2;
}
Y
folder=$work/folder
mkdir "$folder"
echo "from the disk" >"$folder/disk"
cp -a "$folder" "$work/before"
cd "$folder"
expect 0 "$LOCKSTEP" verify --json "$work/files"
check '.explore[0] | .traces > 20 and .traces_exact'
cd "$OLDPWD"
diff -r "$folder" "$work/before" || fail "the disk was written to"
[ "$(stat -c %Y "$folder")" = "$(stat -c %Y "$work/before")" ] ||
    fail "files came and went"
one links '' "int f = open(\"$folder/disk\", O_WRONLY);
    return link(\"$folder/disk\", \"$folder/linked\") | close(f);"
expect 3 "$LOCKSTEP" verify "$work/links"
said 'named: link'
rm -f "$folder/linked"
one makes '' "return mkdir(\"$folder/new\", 0700);"
expect 3 "$LOCKSTEP" verify "$work/makes"
said 'BOUNDED \(state outside of the program is used; named: mkdir\)|BUG'
# Who reads it from the disk does not see what is written to the copy.
one both '' "int f = open(\"$folder/disk\", O_RDONLY);
    int g = open(\"$folder/disk\", O_WRONLY);
    return write(g, \"x\", 1) != 1 || close(f) || close(g);"
expect 3 "$LOCKSTEP" verify "$work/both"
said 'BOUNDED .*named: a file that was opened to be read before'

# Both fill what the other should empty.
one full 'static char block[4096];
    for (int i = 0; i < 17; i++)
        write(ends[1], block, sizeof block);' \
    "socketpair(AF_UNIX, SOCK_STREAM, 0, ends); $start
    static char block[4096];
    for (int i = 0; i < 17; i++)
        write(ends[0], block, sizeof block);
    $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/full"
said 'thread 0 waits to write to descriptor 3'
said 'thread 1 waits to write to descriptor 4'

# The environment is one for all threads.
one environment 'setenv("NAME", "x", 1);' \
    "$start getenv(\"OTHER\"); $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/environment"
said '^data race'
said 'thread 1 writes `environ`'
one kept 'setenv("NAME", "x", 1);' "if (getenv(\"NAME\"))
        return 1;
    setenv(\"NAME\", \"y\", 1);
    $start $join
    setenv(\"OTHER\", \"z\", 0);
    unsetenv(\"OTHER\");
    return getenv(\"OTHER\") || strcmp(getenv(\"NAME\"), \"x\") != 0;"
expect 0 "$LOCKSTEP" verify "$work/kept"

# A circle of locks is told though another thread goes on for ever.
write circle <<'Y'
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER,
                       b = PTHREAD_MUTEX_INITIALIZER;
static void *first(void *unused)
{
    pthread_mutex_lock(&a);
    pthread_mutex_lock(&b);
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
    return unused;
}
static void *second(void *unused)
{
    pthread_mutex_lock(&b);
    pthread_mutex_lock(&a);
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
    return unused;
}
static void *ticks(void *unused)
{
    for (;;)
        usleep(1000);
    return unused;
}
int main(void)
{
    pthread_t ids[3];
    pthread_create(&ids[0], 0, first, 0);
    pthread_create(&ids[1], 0, second, 0);
    pthread_create(&ids[2], 0, ticks, 0);
    pthread_join(ids[0], 0);
    pthread_join(ids[1], 0);
    return 0;
}
Y
expect 1 "$LOCKSTEP" explore "$work/circle"
said '^deadlock: they wait for each other in a circle'
said '\(a circle\)'

# Locks that are left, copied, or never made.
one leaves 'pthread_mutex_lock(&lock);' "$start $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/leaves"
said '^a thread ends while it holds a lock'
one copied '' 'pthread_mutex_lock(&lock); pthread_mutex_unlock(&lock);
    pthread_mutex_t copy = lock; return pthread_mutex_lock(&copy);'
expect 1 "$LOCKSTEP" verify "$work/copied"
said '^misuse: a copy of a mutex'
one unmade '' 'pthread_cond_t *c = malloc(sizeof *c);
    return pthread_cond_signal(c);'
expect 1 "$LOCKSTEP" verify "$work/unmade"
said '^misuse: a condition that was never initialised'

# Each execution begins with the keys of the first.
one keys 'static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
    for (int i = 0; i < 4; i++) {
        pthread_mutex_lock(&m);
        pthread_mutex_unlock(&m);
    }' "pthread_t b; pthread_key_t key;
    if (pthread_key_create(&key, 0))
        return 1;
    $start pthread_create(&b, 0, work, 0); $join pthread_join(b, 0);
    return (int)key;"
expect 0 "$LOCKSTEP" verify "$work/keys"

# Who polls under a lock is parked until what it looks at changes: unless the
# program can see that the lock is held now and then.
poll='for (int over = 0; !over;) {
        pthread_mutex_lock(&lock);
        over = ends[0];
        pthread_mutex_unlock(&lock);
    }'
one polls "$poll" "$start pthread_mutex_lock(&lock); ends[0] = 1;
    pthread_mutex_unlock(&lock); $join return 0;"
expect 0 "$LOCKSTEP" verify "$work/polls"
one polls-for-ever "$poll" "$start pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock); $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/polls-for-ever"
said 'spins for ever'
said 'thread 1 spins on `ends`'
one polls-seen "$poll" "int held = 0; $start
    for (int i = 0; i < 2; i++) {
        if (pthread_mutex_trylock(&lock) != 0) {
            held++;
            pthread_mutex_lock(&lock);
        }
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    ends[0] = 1;
    pthread_mutex_unlock(&lock);
    $join return held == 2;"
expect 1 "$LOCKSTEP" explore "$work/polls-seen"
said 'exit code 1'

# Signals that the program sends to itself.
wait='sigset_t set; int number; sigemptyset(&set); sigaddset(&set, SIGINT);'
one taken "$wait sigwait(&set, &number); if (number != SIGINT) exit(1);" \
    "$wait (void)number; pthread_sigmask(SIG_BLOCK, &set, 0); $start
    kill(getpid(), SIGINT); $join return 0;"
expect 0 "$LOCKSTEP" verify "$work/taken"
one untaken "$wait sigwait(&set, &number);" \
    "$wait (void)number; pthread_sigmask(SIG_BLOCK, &set, 0); $start
    $join kill(getpid(), SIGINT); return 0;"
expect 1 "$LOCKSTEP" verify "$work/untaken"
said 'thread 1 waits for signals'
one killed 'raise(SIGTERM);' "$start $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/killed"
said '^crash: Terminated'
one handled 'raise(SIGUSR1);' "signal(SIGUSR1, exit); $start $join return 1;"
expect 1 "$LOCKSTEP" verify "$work/handled"
said 'exit code 10'
one interrupted 'pthread_kill(*(pthread_t *)unused, SIGUSR1);' \
    "pthread_t self = pthread_self(); signal(SIGUSR1, exit);
    pthread_create(&a, 0, work, &self); $join return 0;"
expect 3 "$LOCKSTEP" verify "$work/interrupted"
said 'BOUNDED \(signals are used; named: a signal handler in the midst of'

# More memory than there is, and a stack that is full.
one greedy 'for (int i = 0; i < 40; i++) *(char *)malloc(64 << 20) = 1;' \
    "$start $join return 0;"
expect 3 "$LOCKSTEP" verify "$work/greedy"
said 'the explored program ran out of memory'
one deep 'volatile char much[1 << 16]; much[0] = 1;
    return work((void *)&much[1]);' "$start $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/deep"
said 'the stack of thread 1 is full'

# The answer of localtime is one for all threads.
one clocks 'time_t t = 1; localtime(&t);' "time_t t = 2; $start localtime(&t);
    $join return 0;"
expect 1 "$LOCKSTEP" verify "$work/clocks"
said 'thread [01] writes `localtime_answer`'

# Streams: under a lock of their own, closed once, and new in each execution.
one streams 'FILE *f = unused; flockfile(f); fputs("o", f); fputs("k\n", f);
    funlockfile(f);' "pthread_t b; char *line = 0; size_t n = 0;
    FILE *f = tmpfile(); pthread_create(&a, 0, work, f);
    pthread_create(&b, 0, work, f); $join pthread_join(b, 0); rewind(f);
    while (getline(&line, &n, f) > 0)
        if (strcmp(line, \"ok\n\") != 0)
            return 1;
    free(line);
    return getchar() != EOF || fclose(f);"
expect 0 "$LOCKSTEP" verify "$work/streams"
sed 's/funlockfile(f);//; s/flockfile(f);//' "$work/streams.c" >"$work/torn.c"
"$LOCKSTEP" cc -w -o "$work/torn" "$work/torn.c"
expect 1 "$LOCKSTEP" verify "$work/torn"
said 'exit code 1'
one twice '' 'FILE *f = tmpfile(); fclose(f); return fputc(1, f);'
expect 1 "$LOCKSTEP" verify "$work/twice"
said '^misuse: a stream that was closed'
