/* Axes and their ticks.
 * SPDX-License-Identifier: MIT */
#include "bench/scale.h"

#include "base/str.h"

#include <assert.h>
#include <math.h>

#define LARGEST 1e100
#define TICKS 6

bool scale_shows(bool log, double v)
{
    return isfinite(v) && fabs(v) <= LARGEST && (!log || v >= 1 / LARGEST);
}

void scale_span(struct scale *s, bool log, double low, double high)
{
    assert(scale_shows(log, low) && scale_shows(log, high) && low <= high);
    s->log = log;
    s->from = low;
    s->to = high;
    if (log && high / low < 1.001) {
        s->from = low / 1.5;
        s->to = high * 1.5;
    } else if (!log && high - low <= 1e-6 * fmax(fabs(low), fabs(high))) {
        double more = low == 0 ? 1 : 0.5 * fabs(low);
        s->from = low - more;
        s->to = high + more;
    }
}

/* The largest 1, 2 or 5 times a power of ten that is at most v, and the
 * smallest that is at least v; a little wrong does not matter. */
static double nice_below(double v)
{
    double power = pow(10, floor(log10(v) + 1e-9));
    double times = v / power * (1 + 1e-9);
    return (times >= 5 ? 5 : times >= 2 ? 2 : 1) * power;
}

static double nice_above(double v)
{
    double below = nice_below(v);
    if (v <= below * (1 + 1e-9))
        return below;
    double twice = nice_below(2.5 * below * (1 + 1e-9));
    return twice;
}

void scale_span_nice(struct scale *s, bool log, double low, double high)
{
    if (!log) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    scale_span(s, log, low, high);
    if (log) {
        s->from = nice_below(s->from);
        s->to = nice_above(s->to);
        return;
    }
    if (low == 0 && high == 0)
        s->from = 0;
    double step = nice_above((s->to - s->from) / TICKS);
    s->from = floor(s->from / step + 1e-9) * step;
    s->to = ceil(s->to / step - 1e-9) * step;
}

double scale_at(const struct scale *s, double v)
{
    if (s->log && !(v > 0))
        return s->start;
    double share = s->log ? log(v / s->from) / log(s->to / s->from)
                          : (v - s->from) / (s->to - s->from);
    if (!(share > 0))
        return s->start;
    return share < 1 ? s->start + share * (s->end - s->start) : s->end;
}

static bool on(const struct scale *s, double v)
{
    double little = 1e-9 * (s->to - s->from);
    return s->log ? v >= s->from * (1 - 1e-9) && v <= s->to * (1 + 1e-9)
                  : v >= s->from - little && v <= s->to + little;
}

/* 10 to the exponent, as 10 with small digits above. */
static void add_power(struct buf *out, int exponent)
{
    static const char *const digits[] = {
        "\xE2\x81\xB0", "\xC2\xB9",     "\xC2\xB2",     "\xC2\xB3",
        "\xE2\x81\xB4", "\xE2\x81\xB5", "\xE2\x81\xB6", "\xE2\x81\xB7",
        "\xE2\x81\xB8", "\xE2\x81\xB9"};
    char *plain = str_fmt("%d", exponent);
    buf_adds(out, "10");
    for (const char *p = plain; *p; p++)
        buf_adds(out, *p == '-' ? "\xE2\x81\xBB" : digits[*p - '0']);
    free(plain);
}

/* v with so many digits of its mantissa behind the point. */
static char *with_power(double v, int decimals)
{
    struct buf b = {0};
    int exponent = (int)floor(log10(fabs(v)) + 1e-9);
    double mantissa = v / pow(10, exponent);
    if (decimals == 0 && (exponent == 0 || exponent == 1))
        return str_fmt("%.0f", v);
    if (decimals > 0 || fabs(mantissa - 1) > 1e-6)
        buf_addf(&b, "%.*f\xC3\x97", decimals, mantissa);
    add_power(&b, exponent);
    return buf_take(&b);
}

char *scale_figure(double v)
{
    double size = fabs(v);
    if (size == 0)
        return str_dup("0");
    if (size >= 1e6 || size < 1e-4)
        return with_power(v, 2);
    int decimals = 2 - (int)floor(log10(size) + 1e-9);
    return str_fmt("%.*f", decimals > 0 ? decimals : 0, v);
}

char *scale_whole(double v)
{
    return v == floor(v) && fabs(v) < 1e15 ? str_fmt("%.0f", v)
                                           : scale_figure(v);
}

static void add(struct ticks *out, double value, char *label)
{
    struct tick t = {value, label};
    vec_push(out, t);
}

static void add_linear(const struct scale *s, size_t most, struct ticks *out)
{
    double step = nice_above((s->to - s->from) / (double)most);
    int decimals = (int)fmax(0, -floor(log10(step) + 1e-9));
    double largest = fmax(fabs(s->from), fabs(s->to));
    double first = ceil(s->from / step - 1e-9);
    for (int i = 0; on(s, (first + i) * step) && i < 1000; i++) {
        double v = (first + i) * step;
        bool zero = fabs(v) < step / 2;
        bool plain = largest < 1e6 && decimals <= 4;
        add(out, zero ? 0 : v,
            zero    ? str_dup("0")
            : plain ? str_fmt("%.*f", decimals, v)
                    : scale_figure(v));
    }
}

/* A label of a logarithmic tick; all of an axis have one form. */
static char *log_label(const struct scale *s, double v)
{
    if (s->from < 0.99e-3 || s->to > 1.01e5)
        return with_power(v, 0);
    int decimals = (int)fmax(0, -floor(log10(v) + 1e-9));
    return str_fmt("%.*f", decimals, v);
}

/* Ticks at the powers of ten, or at each k-th; times 1, 2 and 5 if wanted. */
static void add_powers(const struct scale *s, int k, bool between,
                       struct ticks *out)
{
    static const int times[] = {1, 2, 5};
    int first = (int)floor(log10(s->from) + 1e-9);
    int last = (int)ceil(log10(s->to) - 1e-9);
    first = (int)floor((double)first / k) * k;
    for (int power = first; power <= last; power += k)
        for (int i = 0; i < (between ? 3 : 1); i++) {
            double v = times[i] * pow(10, power);
            if (on(s, v))
                add(out, v, log_label(s, v));
        }
}

static void add_log(const struct scale *s, size_t most, struct ticks *out)
{
    double decades = log10(s->to / s->from);
    if (decades < 0.8) {
        add_linear(s, most, out);
        return;
    }
    bool between = 3 * decades + 1 <= (double)most;
    int k = (int)fmax(1, ceil(decades / (double)most));
    add_powers(s, k, between || decades < 2, out);
}

void scale_ticks(const struct scale *s, size_t most, struct ticks *out)
{
    assert(most >= 2 && s->from < s->to);
    if (s->log)
        add_log(s, most, out);
    else
        add_linear(s, most, out);
}

void scale_ticks_at(const struct scale *s, const double *v, size_t n,
                    struct ticks *out)
{
    for (size_t i = 0; i < n; i++)
        if (scale_shows(s->log, v[i]) && on(s, v[i]))
            add(out, v[i], scale_whole(v[i]));
}

void ticks_fini(struct ticks *l)
{
    for (size_t i = 0; i < l->n; i++)
        free(l->v[i].label);
    vec_fini(l);
}
