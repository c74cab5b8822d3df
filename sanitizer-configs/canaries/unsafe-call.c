/* Canary: a function of the C library that is not safe in threads. What knows
 * such functions must tell.
 * SPDX-License-Identifier: MIT */
#include "case.h"

int main(void)
{
    char text[] = "a b";
    const char *word = strtok(text, " "); /* @site parse */
    return case_end(word != NULL, "parsed");
}
