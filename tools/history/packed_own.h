/* A report on a program of the user's own as bytes and back.
 * SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_HISTORY_PACKED_OWN_H
#define LOCKSTEP_HISTORY_PACKED_OWN_H

#include "history/pack.h"
#include "model/own_report.h"

/* Of the baseline, its entries. What is borrowed in the report is added to
 * texts by the reader, who then points it to the baseline. */
void packed_own(struct pack *p, struct own_report *r, struct baseline *known,
                struct source_texts *sources, struct strv *texts);

#endif
