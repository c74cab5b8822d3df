/* Numbers of texts, as reads of the text.
 * SPDX-License-Identifier: MIT */
#include "explore/runtime/access.h"
#include "explore/runtime/point.h"

#include <stdlib.h>
#include <string.h>

#define PC ((uint64_t)__builtin_return_address(0))

static void read_number(const char *s, char **end, uint64_t pc)
{
    if (active())
        access_plain((uint64_t)s, strlen(s) + 1, EVENT_READ, pc);
    if (end)
        access_plain((uint64_t)end, sizeof *end, EVENT_WRITE, pc);
}

#define NUMBER(type, name)                                                     \
    type __wrap_##name(const char *s, char **end, int base);                   \
    type __wrap_##name(const char *s, char **end, int base)                    \
    {                                                                          \
        read_number(s, end, PC);                                               \
        return name(s, end, base);                                             \
    }

NUMBER(long, strtol)
NUMBER(long long, strtoll)
NUMBER(unsigned long, strtoul)
NUMBER(unsigned long long, strtoull)

double __wrap_strtod(const char *s, char **end);
double __wrap_strtod(const char *s, char **end)
{
    read_number(s, end, PC);
    return strtod(s, end);
}

int __wrap_atoi(const char *s);
int __wrap_atoi(const char *s)
{
    read_number(s, NULL, PC);
    return atoi(s);
}

long __wrap_atol(const char *s);
long __wrap_atol(const char *s)
{
    read_number(s, NULL, PC);
    return atol(s);
}

double __wrap_atof(const char *s);
double __wrap_atof(const char *s)
{
    read_number(s, NULL, PC);
    return atof(s);
}
