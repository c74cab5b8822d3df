// What threads must not do with what all of them share without a lock: library
// functions that keep a state, properties of the process, volatile counters,
// objects of synchronisation that each of them makes anew, a loop's variable.
// SPDX-License-Identifier: MIT
@volatile_variable@
type T;
identifier x;
@@
volatile T x;

@script:python@
x << volatile_variable.x;
@@
marks.add("volatile " + str(x))

@finalize:python@
@@
KEEPS = set("""strtok localtime gmtime ctime asctime strerror rand getpwnam
getpwuid getgrnam getgrgid gethostbyname readdir ttyname tmpnam setlocale""".split())
ENVIRONMENT = set("setenv unsetenv putenv getenv".split())

in_threads = threaded()
own = [c for f in in_threads for c in calls_in(f)]
free_of_locks = [c for c in own if not held_at(c)]
for c in free_of_locks:
    if c.name in KEEPS:
        report("thread-unsafe", None,
               "%s keeps its state for all threads" % c.name,
               at("access", c.p))
env = [c for c in free_of_locks if c.name in ENVIRONMENT]
if any(c.name != "getenv" for c in env) and any(
        c.name == "getenv" for c in env):
    for c in env:
        report("thread-unsafe", None, "%s is not ordered with the other "
               "threads' use of the environment" % c.name, at("access", c.p))

for f in in_threads:
    masks = [c for c in calls_in(f) if c.name == "umask"]
    made = [c for c in calls_in(f) if c.name in ("open", "creat", "fopen",
                                                 "mkdir", "mknod", "mkfifo")]
    if len(masks) > 1 and not any(c.name == "unshare" for c in calls):
        for c in made:
            if masks[0].line < c.line < masks[-1].line:
                report("process-wide", None,
                       "every thread's files get this mask meanwhile",
                       at("access", c.p))
    set_here = [c for c in calls_in(f) if c.name in ("signal", "sigaction",
                                                     "chdir")]
    if len(set_here) > 1:
        report("process-wide", None,
               "%s changes it for every thread" % set_here[0].name,
               *[at("write", c.p) for c in set_here])

INITS = set("""pthread_mutex_init pthread_cond_init pthread_rwlock_init
pthread_barrier_init sem_init mtx_init cnd_init""".split())
for c in own:
    if c.name in INITS and not root(c.args[0]) in variables.get(c.inside, ()):
        report("init-in-thread", c.args[0],
               "every thread that comes here makes it anew", at("write", c.p))

for text, p in writes:
    if p.current_element in in_threads and "volatile " + text in marks:
        report("volatile-counter", text,
               "volatile does not make a change atomic", at("write", p))

for c in creations():
    for s in loops:
        variable = re.match(r"for\s*\(\s*(?:\w+\s+)*(\w+)\s*=", s.head)
        if variable and s.inside == c.inside and s.has(
                c.line) and argument(c) == "&" + variable.group(1):
            report("loop-variable", None,
                   "the thread is given a variable that the loop changes",
                   at("write", s.p))

FATAL = ("SIGTERM", "SIGKILL", "SIGINT", "SIGHUP", "SIGUSR1", "SIGUSR2",
         "SIGALRM", "SIGQUIT")
for c in calls:
    if c.name == "pthread_kill" and c.args[-1] in FATAL and not handlers:
        report("kill-thread", None, "the signal ends the process",
               at("access", c.p))

for c in own:
    if c.name == "pthread_setcanceltype" and c.args[0].endswith("ASYNCHRONOUS"):
        here = [(x, p) for x, p in writes if p.current_element == c.inside and
                not is_local(c.inside, root(x)) and int(p.line) > c.line]
        if here:
            report("async-cancel", root(here[0][0]),
                   "the thread may be cancelled between any two of its changes",
                   *[at("write", p) for x, p in here])
