/* Adds up the size of a tree of folders, with a task for each folder.
 * Usage: PROGRAM [FOLDERS]
 * SPDX-License-Identifier: MIT */
#include "case.h"

#define FOLDERS_MAX 4095

/* Folder n holds some files, and the folders 2n + 1 and 2n + 2. */
long size[FOLDERS_MAX];

static long size_of_files(long folder)
{
    long bytes = 0;
    for (long file = 0; file < 200; file++)
        bytes += 1000 + (folder + file) * 37 % 1001;
    return bytes;
}

static void measure(long folder, long folders)
{
    long child = 2 * folder + 1;
    long first = 0;
    long second = 0;
    if (child + 1 < folders) {
#pragma omp task
        measure(child, folders);
#pragma omp task
        measure(child + 1, folders);
        first = size[child];      /* @site first */
        second = size[child + 1]; /* @site second */
    }
    long own = size_of_files(folder);
    size[folder] = own + first + second; /* @site store */
}

int main(int argc, char **argv)
{
    long folders = case_arg(argc, argv, 1, FOLDERS_MAX, 3, FOLDERS_MAX) - 1;
    folders += folders % 2 == 0;
#pragma omp parallel
#pragma omp single
    measure(0, folders);
    long expected = 0;
    for (long folder = 0; folder < folders; folder++)
        expected += size_of_files(folder);
    return case_end(size[0] == expected, "%ld of %ld bytes", size[0], expected);
}
