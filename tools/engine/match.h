/* Grades a finding against the truth of a variant.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_MATCH_H
#define LOCKSTEP_ENGINE_MATCH_H

#include "model/corpus.h"
#include "model/finding.h"
#include "model/verdict.h"

/* The best grade of f over all truths of v. Exact: the kind is one of the
 * truth's and every access (ROLE_CREATED aside) is at one of its sites; a
 * finding with one access is exact only if one_sided says that the detector
 * never knows the other (it reads sources, say), or if the kind has one place
 * by nature. An object that the finding names must be the truth's. */
enum grade match_grade(const struct scenario_case *c, const struct variant *v,
                       const struct finding *f, bool one_sided);

/* The same against bare sites and one kind: for canaries. */
enum grade match_sites(const struct sites *sites, const char *source,
                       enum kind kind, const struct finding *f, bool one_sided);

#endif
