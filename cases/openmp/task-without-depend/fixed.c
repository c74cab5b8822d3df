/* Loads pages and counts their words, with one task for each step of a page.
 * Usage: PROGRAM [PAGES]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define PAGES_MAX 200
#define LETTERS 16000
#define WORD 8 /* letters of each word, with the blank behind it */

char text[PAGES_MAX][LETTERS];
long words[PAGES_MAX];

static void load(long page)
{
    for (long i = 0; i < LETTERS; i++) {
        char letter = i % WORD == WORD - 1 ? ' ' : (char)('a' + page % 26);
        text[page][i] = letter; /* @site load */
    }
}

static void count(long page)
{
    for (long i = 0; i < LETTERS; i++) {
        char letter = text[page][i]; /* @site count */
        words[page] += letter == ' ';
    }
}

static void read_pages(long pages)
{
    for (long page = 0; page < pages; page++) {
#pragma omp task depend(out : text[page])
        load(page);
#pragma omp task depend(in : text[page])
        count(page);
    }
}

int main(int argc, char **argv)
{
    long pages = case_arg(argc, argv, 1, PAGES_MAX, 1, PAGES_MAX);
#pragma omp parallel
#pragma omp single
    read_pages(pages);
    long wrong = 0;
    for (long page = 0; page < pages; page++)
        wrong += words[page] != LETTERS / WORD;
    return case_end(wrong == 0, "%ld of %ld pages are miscounted", wrong,
                    pages);
}
