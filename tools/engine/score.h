/* Scores a run.
 *
 * Each proportion comes with its 95 % score interval (E. B. Wilson, Probable
 * Inference, the Law of Succession, and Statistical Inference, Journal of the
 * American Statistical Association 22, 1927): for p = k / n and z = 1.96,
 *     (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n).
 * It keeps within [0, 1] and has a width even when k is 0 or n, as the usual
 * p -+ z sqrt(p (1 - p)/n) has not.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_ENGINE_SCORE_H
#define LOCKSTEP_ENGINE_SCORE_H

#include "model/report.h"

/* k of n with its interval; k <= n. */
struct share share_of(unsigned k, unsigned n);

/* Fills report->score, empty before, from the detectors and results: from
 * those of them that outcome_judged holds of. */
void score_report(struct report *report);

#endif
