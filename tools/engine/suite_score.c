/* Scores detectors on a suite.
 * SPDX-License-Identifier: MIT */
#include "engine/score.h"
#include "engine/suite.h"

static void count(struct suite_score *s, const struct suite_result *r,
                  const struct suite_program *p)
{
    switch (r->outcome) {
    case OUTCOME_FLAGGED:
        s->hits++;
        s->exact.n += p->lines.n > 0;
        s->exact.k += p->lines.n > 0 && r->exact > 0;
        break;
    case OUTCOME_MISSED:
        s->misses++;
        break;
    case OUTCOME_FALSE_ALARM:
        s->alarms++;
        break;
    case OUTCOME_CLEAN:
        s->cleans++;
        break;
    case OUTCOME_HANG:
        s->hangs++;
        break;
    case OUTCOME_TIMEOUT:
        s->timeouts++;
        break;
    case OUTCOME_CRASHES:
        s->crashes++;
        break;
    case OUTCOME_BUILD_FAILED:
        s->unbuilt++;
        break;
    case OUTCOME_UNSUPPORTED:
    case OUTCOME_SKIPPED:
        s->unsupported++;
        break;
    case OUTCOME_NO_TOKEN:
        s->untold++;
        break;
    default:
        s->errors++;
    }
}

static double f1_of(double jaccard)
{
    return 2 * jaccard / (1 + jaccard);
}

static void conclude(struct suite_score *s)
{
    unsigned tp = s->hits, fn = s->misses, fp = s->alarms, tn = s->cleans;
    s->recall = share_of(tp, tp + fn);
    s->precision = share_of(tp, tp + fp);
    s->accuracy = share_of(tp + tn, tp + fn + fp + tn);
    s->exact = share_of(s->exact.k, s->exact.n);
    struct share jaccard = share_of(tp, tp + fn + fp);
    s->f1 = jaccard.n ? f1_of((double)jaccard.k / jaccard.n) : -1;
    s->f1_low = f1_of(jaccard.low);
    s->f1_high = f1_of(jaccard.high);
}

void suite_score(struct suite_report *report)
{
    for (size_t i = 0; i < report->base.detectors.n; i++) {
        const struct detector_report *d = &report->base.detectors.v[i];
        struct suite_score s = {.detector = d};
        if (!d->wanted)
            continue;
        for (size_t j = 0; j < report->results.n; j++) {
            const struct suite_result *r = &report->results.v[j];
            if (r->detector != d)
                continue;
            count(&s, r, &report->programs->v[r->program]);
            s.seconds += r->seconds;
            s.cpu += r->cpu;
            s.build_seconds += r->build_seconds;
        }
        conclude(&s);
        vec_push(&report->scores, s);
    }
}
