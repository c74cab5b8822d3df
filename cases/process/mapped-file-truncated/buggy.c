/* A porter reads a mapped list of guests, which the office writes anew.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READINGS = 40, GUESTS = 2000, PAUSE = 500 /* microseconds */ };

static void list_write(int guests)
{
    FILE *list = fopen("list", "w"); /* @site cut */
    CASE_CHECK(list ? 0 : errno);
    for (int i = 0; i < guests; i++)
        CASE_CHECK(fputs("somebody\n", list) >= 0 ? 0 : errno);
    CASE_CHECK(fclose(list) == 0 ? 0 : errno);
}

static const char *list_map(size_t *size)
{
    struct stat is;
    int file = open("list", O_RDONLY);
    CASE_CHECK(file < 0 || fstat(file, &is) < 0 ? errno : 0);
    void *list = mmap(NULL, is.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    CASE_CHECK(list == MAP_FAILED || close(file) < 0 ? errno : 0);
    *size = is.st_size;
    return list;
}

static int count_lines(const char *list, size_t size)
{
    int lines = 0;
    for (size_t i = 0; i < size; i++)
        lines += list[i] == '\n'; /* @site read */
    return lines;
}

/* The porter: whether the list stays as it was when he got it. */
static bool read_often(const char *list, size_t size)
{
    int wrong = 0;
    for (int i = 0; i < READINGS; i++) {
        wrong += count_lines(list, size) != GUESTS;
        usleep(PAUSE);
    }
    return wrong == 0;
}

int main(void)
{
    char folder[] = "/tmp/guests-XXXXXX";
    size_t size;
    int status = 0;
    CASE_CHECK(mkdtemp(folder) && chdir(folder) == 0 ? 0 : errno);
    list_write(GUESTS);
    const char *list = list_map(&size);
    pid_t porter = fork();
    CASE_CHECK(porter < 0 ? errno : 0);
    if (porter == 0)
        _exit(!read_often(list, size));
    usleep(10 * PAUSE);
    list_write(GUESTS / 10);
    CASE_CHECK(waitpid(porter, &status, 0) < 0 ? errno : 0);
    CASE_CHECK(unlink("list") < 0 || rmdir(folder) < 0 ? errno : 0);
    return case_end(status == 0, "the porter ended with wait status %#x",
                    (unsigned)status);
}
