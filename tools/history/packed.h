/* The structs of a report as bytes and back.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_PACKED_H
#define LOCKSTEP_HISTORY_PACKED_H

#include "history/pack.h"
#include "model/report.h"

void packed_finding(struct pack *p, struct finding *f);
void packed_findings(struct pack *p, struct findings *l);

/* All but what it points to: c, variant, detector, expected. */
void packed_result(struct pack *p, struct result *r);

/* Of the report: host, gate, timing, cancelled, and the detectors; what is
 * borrowed there is added to texts by the reader. */
void packed_head(struct pack *p, struct report *r, struct strv *texts);

void packed_source(struct pack *p, struct source_text *s);

/* The texts of a case: what it can be made from again. */
void packed_case(struct pack *p, struct case_texts *c);

#endif
