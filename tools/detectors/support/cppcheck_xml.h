/* Reads cppcheck's report, XML version 2 (its manual, "XML output"), as a
 * stream.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_DETECTORS_SUPPORT_CPPCHECK_XML_H
#define LOCKSTEP_DETECTORS_SUPPORT_CPPCHECK_XML_H

#include "base/err.h"
#include "model/finding.h"

#include <stddef.h>

/* Adds the findings about concurrency. ERR_INVALID with the reason in *problem
 * (the caller's) when the text is no whole report, or the source was not
 * understood. */
enum err cppcheck_xml_parse(const char *detector, const char *text, size_t n,
                            struct findings *findings, char **problem);

#endif
