/* A report on a program of the user's own as one on a corpus of one case: so
 * that all formats can write it. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_MATRIX_H
#define LOCKSTEP_ENGINE_OWN_MATRIX_H

#include "engine/own.h"

/* Fills report->corpus and report->base.results, empty before. What is known is
 * left out; a finding stands once, with a detector that reported it; `differs`
 * is true of a result that has any or did not end as it must. */
void own_matrix(const struct own_spec *o, struct own_report *report);

#endif
