/* This is no C, and a header of it is missing.
 * SPDX-License-Identifier: MIT */
#include "nosuch.h"

/* clang-format off */
int f(void) { return x }
