/* A mail server appends to a mailbox, in a folder where the user may write.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAILS = 40, APPEND = O_WRONLY | O_APPEND | O_NOFOLLOW };

static void deliver(void)
{
    struct stat box;
    int file = open("mailbox", APPEND); /* @site open */
    if (file < 0 && errno == ELOOP)
        return; /* not to be trusted */
    CASE_CHECK(file < 0 ? errno : 0);
    CASE_CHECK(fstat(file, &box) < 0 ? errno : 0); /* @site check */
    usleep(200);                                   /* the mail is received */
    if (S_ISREG(box.st_mode))
        CASE_CHECK(write(file, "mail\n", 5) < 0 ? errno : 0);
    CASE_CHECK(close(file) < 0 ? errno : 0);
}

static int serve(void)
{
    for (int i = 0; i < MAILS; i++) {
        deliver();
        usleep(100); /* until the next one */
    }
    return 0;
}

static void create(const char *name)
{
    int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    CASE_CHECK(file < 0 || close(file) < 0 ? errno : 0);
}

/* The user makes the mailbox a link to another file, and a mailbox again. */
static void play(void)
{
    CASE_CHECK(symlink("secret", "next") < 0 ? errno : 0);
    CASE_CHECK(rename("next", "mailbox") < 0 ? errno : 0);
    usleep(100);
    CASE_CHECK(link("saved", "next") < 0 ? errno : 0);
    CASE_CHECK(rename("next", "mailbox") < 0 ? errno : 0);
    usleep(100);
}

int main(void)
{
    char folder[] = "/tmp/mail-XXXXXX";
    struct stat secret;
    int status = 0;
    CASE_CHECK(mkdtemp(folder) && chdir(folder) == 0 ? 0 : errno);
    create("secret");
    create("mailbox");
    CASE_CHECK(link("mailbox", "saved") < 0 ? errno : 0);
    pid_t server = fork();
    CASE_CHECK(server < 0 ? errno : 0);
    if (server == 0)
        _exit(serve());
    while (waitpid(server, &status, WNOHANG) == 0)
        play();
    CASE_CHECK(status == 0 ? 0 : ECHILD);
    CASE_CHECK(stat("secret", &secret) < 0 ? errno : 0);
    bool left = unlink("secret") || unlink("mailbox") || unlink("saved");
    CASE_CHECK(left || rmdir(folder) < 0 ? errno : 0);
    return case_end(secret.st_size == 0, "%ld bytes of mail are in the secret",
                    (long)secret.st_size);
}
