/* Canary: a program dies of a fault. What tells of crashes must tell where.
 * SPDX-License-Identifier: MIT */
#include "case.h"

static char *volatile nowhere;

int main(void)
{
    *nowhere = 1; /* @site fault */
    return case_end(false, "the fault was survived");
}
