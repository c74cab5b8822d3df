/* Two processes number their invoices by a file that holds the last number.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CLERKS = 2 };

static long read_number(int file)
{
    long number = 0;
    ssize_t n = pread(file, &number, sizeof number, 0); /* @site read */
    CASE_CHECK(n == sizeof number ? 0 : EIO);
    return number;
}

static void write_number(int file, long number)
{
    ssize_t n = pwrite(file, &number, sizeof number, 0); /* @site write */
    CASE_CHECK(n == sizeof number ? 0 : EIO);
}

static int invoice(const char *path, long invoices)
{
    int file = open(path, O_RDWR);
    CASE_CHECK(file < 0 ? errno : 0);
    for (long i = 0; i < invoices; i++) {
        CASE_CHECK(flock(file, LOCK_EX) < 0 ? errno : 0);
        long number = read_number(file) + 1;
        usleep(100); /* the invoice is written */
        write_number(file, number);
        CASE_CHECK(flock(file, LOCK_UN) < 0 ? errno : 0);
    }
    return close(file);
}

static pid_t start_clerk(const char *path, long invoices)
{
    pid_t pid = fork();
    CASE_CHECK(pid < 0 ? errno : 0);
    if (pid == 0)
        _exit(invoice(path, invoices));
    return pid;
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/last-number-XXXXXX";
    long invoices = case_arg(argc, argv, 1, 50, 1, 10000);
    int file = mkstemp(path);
    CASE_CHECK(file < 0 ? errno : 0);
    write_number(file, 0);
    for (int i = 0; i < CLERKS; i++)
        start_clerk(path, invoices);
    for (int i = 0; i < CLERKS; i++) {
        int status = 0;
        CASE_CHECK(wait(&status) < 0 ? errno : 0);
        CASE_CHECK(status == 0 ? 0 : ECHILD);
    }
    long last = read_number(file);
    CASE_CHECK(close(file) < 0 || unlink(path) < 0 ? errno : 0);
    return case_end(last == CLERKS * invoices,
                    "the last of %ld invoices has number %ld",
                    CLERKS * invoices, last);
}
