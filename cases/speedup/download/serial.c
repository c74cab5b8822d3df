/* Downloads the pages one after the other, in one session: each page waits for
 * all before it.
 * SPDX-License-Identifier: MIT */
#include "download.h"

int main(int argc, char **argv)
{
    struct downloads d;
    struct session session;
    downloads_start(&d, argc, argv, 1);
    session_start(&session, &d.options);
    downloads_go(&d);
    for (long i = 0; i < d.list.n && !interrupted(); i++)
        session_fetch(&session, &d.list.pages[i]);
    downloads_done(&d);
    session_stop(&session);
    return downloads_end(&d);
}
