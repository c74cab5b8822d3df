// What a signal's handler must not do: call what is not async-signal-safe (POSIX
// 2.4.3), be it in a function that it calls; or call what sets errno, and not
// put errno back.
// SPDX-License-Identifier: MIT
@errno_used@
symbol errno;
position p;
@@
errno@p

@script:python@
p << errno_used.p;
@@
marks.add("errno in " + p[0].current_element)

@finalize:python@
@@
UNSAFE = set("""malloc calloc realloc free printf fprintf dprintf sprintf
snprintf vprintf vfprintf vsprintf vsnprintf puts fputs putchar putc fputc
fopen fclose fflush fwrite fread fgets fscanf scanf perror exit syslog strdup
strndup localtime gmtime ctime asctime strtok getenv setenv pthread_mutex_lock
pthread_mutex_unlock pthread_cond_signal pthread_cond_broadcast pthread_cond_wait
sem_wait pthread_create pthread_join mtx_lock mtx_unlock""".split())
SETS_ERRNO = set("""read write open openat close accept connect recv send
recvfrom sendto waitpid wait pipe dup dup2 fcntl stat lstat fstat unlink rename
kill sigaction sem_post fsync lseek poll select""".split())

handling = closure(handlers)
for f in handling:
    for c in calls_in(f):
        if c.name in UNSAFE:
            report("signal-unsafe", None,
                   "%s is not for a signal's handler" % c.name,
                   at("access", c.p))
kept = any("errno in " + f in marks for f in handling)
for f in handling:
    for c in calls_in(f):
        if c.name in SETS_ERRNO and not kept:
            report("errno-in-handler", "errno",
                   "%s may set errno under the interrupted code" % c.name,
                   at("write", c.p))
