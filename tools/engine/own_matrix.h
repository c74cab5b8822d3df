/* A report on a program of the user's own as one on a corpus of one case: so
 * that all formats can write it. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_MATRIX_H
#define LOCKSTEP_ENGINE_OWN_MATRIX_H

#include "model/own_report.h"

/* Fills report->corpus and report->base.results, empty before. What is known is
 * left out; a finding stands with each detector under which it was seen, and is
 * one: report->base.merged. `differs` is true of a result that has any or did
 * not end as it must. */
void own_matrix(struct own_report *report);

#endif
