/* A circle of two, one of three; not under a gate, nor by trylock.
 * SPDX-License-Identifier: MIT */
#include <pthread.h>

static pthread_mutex_t a, b, c, d, e, gate, g, h, s, t;

void ab(void)
{
    pthread_mutex_lock(&a); /* HIT */
    pthread_mutex_lock(&b); /* HIT */
    pthread_mutex_unlock(&b);
    pthread_mutex_unlock(&a);
}

void ba(void)
{
    pthread_mutex_lock(&b); /* HIT */
    pthread_mutex_lock(&a); /* HIT */
    pthread_mutex_unlock(&a);
    pthread_mutex_unlock(&b);
}

void cd(void)
{
    pthread_mutex_lock(&c); /* HIT */
    pthread_mutex_lock(&d); /* HIT */
    pthread_mutex_unlock(&d);
    pthread_mutex_unlock(&c);
}

void de(void)
{
    pthread_mutex_lock(&d); /* HIT */
    pthread_mutex_lock(&e); /* HIT */
    pthread_mutex_unlock(&e);
    pthread_mutex_unlock(&d);
}

void ec(void)
{
    pthread_mutex_lock(&e); /* HIT */
    pthread_mutex_lock(&c); /* HIT */
    pthread_mutex_unlock(&c);
    pthread_mutex_unlock(&e);
}

void gated(void)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&g);
    pthread_mutex_lock(&h);
    pthread_mutex_unlock(&h);
    pthread_mutex_unlock(&g);
    pthread_mutex_unlock(&gate);
}

void gated_too(void)
{
    pthread_mutex_lock(&gate);
    pthread_mutex_lock(&h);
    pthread_mutex_lock(&g);
    pthread_mutex_unlock(&g);
    pthread_mutex_unlock(&h);
    pthread_mutex_unlock(&gate);
}

void st(void)
{
    pthread_mutex_lock(&s);
    pthread_mutex_lock(&t);
    pthread_mutex_unlock(&t);
    pthread_mutex_unlock(&s);
}

void ts(void)
{
    pthread_mutex_lock(&t);
    if (pthread_mutex_trylock(&s) == 0)
        pthread_mutex_unlock(&s);
    pthread_mutex_unlock(&t);
}
