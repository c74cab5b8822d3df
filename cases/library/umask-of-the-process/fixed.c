/* Letters are stored for their reader only, notices for all to read.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 300, SECRET = 0600, PUBLIC = 0644, NAME = 32 };

struct shelf {
    const char *name;
    mode_t mode;
};

static const struct shelf shelves[] = {{"letter", SECRET}, {"notice", PUBLIC}};
enum { SHELVES = sizeof shelves / sizeof *shelves };

static void file_name(char *name, const struct shelf *shelf, int i)
{
    snprintf(name, NAME, "%s-%d", shelf->name, i);
}

static void store(const char *name, mode_t mode)
{
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL, mode); /* @site create */
    CASE_CHECK(file < 0 ? errno : 0);
    CASE_CHECK(write(file, "text\n", 5) < 0 ? errno : 0);
    CASE_CHECK(close(file) < 0 ? errno : 0);
}

static void *fill(void *shelf)
{
    char name[NAME];
    for (int i = 0; i < FILES; i++) {
        file_name(name, shelf, i);
        store(name, ((struct shelf *)shelf)->mode);
        usleep(50); /* until the next one comes */
    }
    return NULL;
}

/* How many files of the shelf have another mode than they should. */
static int clear(const struct shelf *shelf)
{
    int wrong = 0;
    char name[NAME];
    struct stat file;
    for (int i = 0; i < FILES; i++) {
        file_name(name, shelf, i);
        CASE_CHECK(stat(name, &file) < 0 || unlink(name) < 0 ? errno : 0);
        wrong += (file.st_mode & 0777) != shelf->mode;
    }
    return wrong;
}

int main(void)
{
    char folder[] = "/tmp/mail-XXXXXX";
    pthread_t threads[SHELVES];
    int wrong = 0;
    CASE_CHECK(mkdtemp(folder) && chdir(folder) == 0 ? 0 : errno);
    umask(022);
    for (int i = 0; i < SHELVES; i++)
        CASE_CHECK(
            pthread_create(&threads[i], NULL, fill, (void *)&shelves[i]));
    for (int i = 0; i < SHELVES; i++)
        CASE_CHECK(pthread_join(threads[i], NULL));
    for (int i = 0; i < SHELVES; i++)
        wrong += clear(&shelves[i]);
    CASE_CHECK(rmdir(folder) < 0 ? errno : 0);
    return case_end(wrong == 0, "%d files have another's mode", wrong);
}
