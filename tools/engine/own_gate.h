/* The verdict on a program of the user's own. Internal to the engine.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_OWN_GATE_H
#define LOCKSTEP_ENGINE_OWN_GATE_H

#include "engine/own.h"

/* Fills report->base.gate from the results and findings, see own_run. */
void own_judge(const struct own_spec *o, struct own_report *report);

#endif
