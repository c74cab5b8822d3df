/* The sum of squares with vectors of one size: included once for each, with
 *     SUM_NAME         of the function
 *     SUM_TARGET       the instruction set it may use
 *     SUM_BYTES        size of a vector
 *     SUM_SQUARE(x)    in each lane the square of its lower 32 bits
 * SPDX-License-Identifier: MIT */

#define SUM_LANES (SUM_BYTES / 8)
#define SUM_PASTE(a, b) a##b
#define SUM_JOIN(a, b) SUM_PASTE(a, b)
#define SUM_VECTOR SUM_JOIN(SUM_NAME, _vector)

typedef unsigned long SUM_VECTOR __attribute__((vector_size(SUM_BYTES)));

/* As kernel_opaque: the step is done at this place, as it is written. */
#define SUM_OPAQUE(x) __asm__ volatile("" : "+v"(x))

#define SUM_STEP(x, sum)                                                       \
    SUM_OPAQUE(x);                                                             \
    sum += (SUM_VECTOR)SUM_SQUARE(x);                                          \
    x += step

#define SUM_FLUSH(sum)                                                         \
    low += sum & 0xffffffffUL;                                                 \
    high += sum >> 32;                                                         \
    sum ^= sum

/* The sum over [from, from + elements), whose squares are below 2^64; elements
 * is a multiple of SIMD_BLOCK. Lanes are added up in 64 bits for as long as
 * they cannot overflow, then in two halves. */
__attribute__((target(SUM_TARGET), noinline)) static u128
SUM_NAME(unsigned long from, unsigned long elements)
{
    const SUM_VECTOR step = (SUM_VECTOR){0} + 4 * SUM_LANES;
    SUM_VECTOR a = {0}, b = a, c = a, d = a, low = a, high = a, x0 = a;
    for (int k = 0; k < SUM_LANES; k++)
        x0[k] = from + (unsigned long)k;
    SUM_VECTOR x1 = x0 + SUM_LANES, x2 = x1 + SUM_LANES, x3 = x2 + SUM_LANES;

    unsigned long left = elements / (4 * SUM_LANES);
    unsigned long most = simd_additions(from + elements);
    while (left > 0) {
        unsigned long n = left < most ? left : most;
        left -= n;
        do {
            SUM_STEP(x0, a);
            SUM_STEP(x1, b);
            SUM_STEP(x2, c);
            SUM_STEP(x3, d);
        } while (--n > 0);
        SUM_FLUSH(a);
        SUM_FLUSH(b);
        SUM_FLUSH(c);
        SUM_FLUSH(d);
    }
    u128 sum = 0;
    for (int k = 0; k < SUM_LANES; k++)
        sum += low[k] + ((u128)high[k] << 32);
    return sum;
}

#undef SUM_LANES
#undef SUM_PASTE
#undef SUM_JOIN
#undef SUM_VECTOR
#undef SUM_OPAQUE
#undef SUM_STEP
#undef SUM_FLUSH
#undef SUM_NAME
#undef SUM_TARGET
#undef SUM_BYTES
#undef SUM_SQUARE
