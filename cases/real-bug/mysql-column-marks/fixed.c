/* Queries of a database mark the columns of the table that they read.
 * SPDX-License-Identifier: MIT */
#include "case.h"

#include <pthread.h>
#include <unistd.h>

enum { CONNECTIONS = 2, QUERIES = 50 /* of each connection */, COLUMNS = 6 };

static const int row[COLUMNS] = {3, 1, 4, 1, 5, 9};
_Thread_local int marks[COLUMNS]; /* by the query that reads the column */

static void mark_columns(int query)
{
    for (int i = 0; i < COLUMNS; i++) {
        marks[i] = query; /* @site mark */
    }
}

static int count_columns(int query)
{
    int count = 0;
    for (int i = 0; i < COLUMNS; i++) {
        count += marks[i] == query; /* @site count */
    }
    return count;
}

/* Copies the marked columns to a buffer that has room for count. */
static int copy_columns(int query, int *buffer, int count)
{
    int copied = 0;
    for (int i = 0; i < COLUMNS && copied < count; i++) {
        if (marks[i] == query) { /* @site copy */
            buffer[copied++] = row[i];
        }
    }
    return copied;
}

/* Returns whether all columns of the query came into its buffer. */
static bool run(int query)
{
    mark_columns(query);
    int count = count_columns(query);
    int *buffer = calloc((size_t)count + 1, sizeof *buffer); /* 0 ends it */
    CASE_CHECK(buffer ? 0 : ENOMEM);
    usleep(200); /* the row is read */
    int copied = copy_columns(query, buffer, count);
    free(buffer);
    return copied == COLUMNS;
}

static void *serve(void *arg)
{
    int *complete = arg;
    int first = *complete;
    *complete = 0;
    for (int i = 0; i < QUERIES; i++)
        *complete += run(first + CONNECTIONS * i);
    return NULL;
}

int main(void)
{
    pthread_t ids[CONNECTIONS];
    int complete[CONNECTIONS] = {1, 2}; /* numbers of the first queries */
    for (int i = 0; i < CONNECTIONS; i++)
        CASE_CHECK(pthread_create(&ids[i], NULL, serve, &complete[i]));
    for (int i = 0; i < CONNECTIONS; i++)
        CASE_CHECK(pthread_join(ids[i], NULL));
    return case_end(complete[0] == QUERIES && complete[1] == QUERIES,
                    "%d and %d of %d queries complete", complete[0],
                    complete[1], QUERIES);
}
