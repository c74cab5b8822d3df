/* Ids of weaknesses (CWE) and of coding rules (SEI CERT C), as manifests write
 * them.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_WEAKNESS_H
#define LOCKSTEP_MODEL_WEAKNESS_H

#include <stdbool.h>

/* 1 to 9999: MITRE has not gone beyond four digits. */
bool cwe_is_id(unsigned number);

/* Three capitals, two digits, "-C": CON43-C. */
bool cert_is_id(const char *id);

#endif
