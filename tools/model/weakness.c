/* Ids of weaknesses and of coding rules.
 * SPDX-License-Identifier: MIT */
#include "model/weakness.h"

#include <string.h>

bool cwe_is_id(unsigned number)
{
    return number >= 1 && number <= 9999;
}

bool cert_is_id(const char *id)
{
    return strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3 &&
           strspn(id + 3, "0123456789") == 2 && strcmp(id + 5, "-C") == 0;
}
