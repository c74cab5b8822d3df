/* A loop waits for two pipes at once, and then looks without waiting.
 * SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

static int first[2], second[2];

static void *tell(void *end)
{
    write(*(int *)end, "x", 1);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    char byte;
    int seen = 0, patience = -1;
    if (pipe(first) != 0 || pipe(second) != 0)
        return 1;
    pthread_create(&a, NULL, tell, &first[1]);
    pthread_create(&b, NULL, tell, &second[1]);
    struct pollfd f[] = {{first[0], POLLIN, 0}, {second[0], POLLIN, 0}};
    while (seen < 2) {
        if (poll(f, 2, patience) > 0)
            for (int i = 0; i < 2; i++)
                if (f[i].revents & POLLIN)
                    seen += read(f[i].fd, &byte, 1) == 1;
        patience = seen == 1 ? -1 : 0;
    }
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    fcntl(first[0], F_SETFL, O_NONBLOCK);
    return read(first[0], &byte, 1) != -1;
}
