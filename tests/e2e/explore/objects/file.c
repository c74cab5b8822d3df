/* A file that two threads write, one by a stream, and one takes away.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *append(void *text)
{
    FILE *f = fopen("explored-log", "a");
    if (f)
        fprintf(f, "%s\n", (char *)text);
    return f && fclose(f) == 0 ? NULL : text;
}
int main(void)
{
    pthread_t a;
    void *failed;
    char text[8];
    int n = 0, fd = open("explored-log", O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd < 0)
        return 1;
    pthread_create(&a, 0, append, "one");
    if (write(fd, "first\n", 6) != 6 ||
        rename("explored-log", "explored-old") != 0)
        return 2;
    pthread_join(a, &failed);
    FILE *f = fopen("explored-old", "r");
    while (f && fgets(text, sizeof text, f))
        n++;
    /* Before the renaming the line goes there, and may be overwritten. */
    return failed || !f || n < 1 || n > 2 || fclose(f) != 0 ||
           (n == 2 && access("explored-log", F_OK) == 0);
}
