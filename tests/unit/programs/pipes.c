/* Two processes each read first from a pipe that the other writes later.
 * SPDX-License-Identifier: MIT */
#include "hang.h"

int main(void)
{
    int down[2], up[2];
    char byte = 0;
    if (pipe(down) != 0 || pipe(up) != 0)
        return 2;
    if (fork() == 0) {
        close(down[1]);
        close(up[0]);
        if (read(down[0], &byte, 1) == 1) /* @site child-reads */
            return write(up[1], &byte, 1) != 1;
        return 1;
    }
    close(down[0]);
    close(up[1]);
    if (read(up[0], &byte, 1) == 1) /* @site parent-reads */
        return write(down[1], &byte, 1) != 1;
    return 1;
}
