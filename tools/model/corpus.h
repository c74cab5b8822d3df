/* The corpus: every folder cases/<class>/<name> with a case.yaml, its variants
 * (one C file each, hidden ones aside) and its manifest, checked against each
 * other. SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_MODEL_CORPUS_H
#define LOCKSTEP_MODEL_CORPUS_H

#include "base/diag.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "model/manifest.h"
#include "model/site.h"

#include <stdbool.h>

/* One program of a case. */
struct variant {
    char *name;   /* file name without ".c" */
    char *source; /* absolute path */
    enum model model;
    bool buggy;   /* the name starts with "buggy" */
    bool threads; /* of a kernel: it uses as many as it is told */
    struct sites sites;
    char *text; /* of the source, when it was loaded */
};

VEC_TYPE(variants, struct variant);

struct scenario_case {
    char *id;    /* "class/name" */
    char *class; /* the folder above */
    char *name;  /* the folder */
    char *dir;   /* absolute */
    char *manifest_path;
    struct manifest *manifest;
    char *text;               /* of the manifest, when it was loaded */
    struct variants variants; /* bugs first, then by name */
};

VEC_TYPE(case_list, struct scenario_case);

struct corpus {
    char *dir; /* absolute; holds case.h */
    struct case_list cases;
};

/* Loads every case under dir. Reads on after an error, so that d tells all of
 * them; ERR_INVALID if there was any, ERR_NOENT if dir is no corpus. detectors
 * are the ids that a manifest may name. corpus_fini is owed either way. */
enum err corpus_load(const char *dir, const struct strv *detectors,
                     struct corpus *out, struct diag *d);
void corpus_fini(struct corpus *c);

/* A source beside a manifest: "buggy.c". Both owned. */
struct source_text {
    char *file;
    char *text;
};

VEC_TYPE(source_texts, struct source_text);

/* All that a case is made from. Owned. */
struct case_texts {
    char *id, *dir;
    char *manifest;
    struct source_texts sources;
};

/* Copies them from a case. */
void case_texts_of(const struct scenario_case *c, struct case_texts *out);
void case_texts_fini(struct case_texts *t);

/* Adds the case that was loaded from these texts at some time: nothing is
 * checked again, and no file is read. A corpus without a folder gets the one
 * that the case was in. ERR_INVALID, with a message in d, if
 * they make no case; nothing is added then. */
enum err corpus_add(struct corpus *c, const struct case_texts *t,
                    struct diag *d);

/* What CASE means on the command line: "class/name", the path of its folder, a
 * bare name that is unique, or any of them with ":variant". *variant is NULL
 * when none is named. Borrowed. ERR_NOENT with a message in d, which proposes
 * near names. */
enum err corpus_find(const struct corpus *c, const char *word,
                     const struct scenario_case **found,
                     const struct variant **variant, struct diag *d);

const struct variant *case_variant(const struct scenario_case *c,
                                   const char *name);

/* The name of a case, or its id where another case has the same name. */
const char *case_short_name(const struct corpus *corpus,
                            const struct scenario_case *c);

/* What is recorded for a detector and a variant, or NULL. Borrowed. */
const struct expectation *case_expectation(const struct scenario_case *c,
                                           const struct variant *v,
                                           const char *detector);

/* The command of the compiler of plain runs; p may be NULL. */
const char *plain_compiler(const struct plain *p);

/* Both are runs of the same program: variant, compiler, flags, arguments. */
bool plain_same(const struct plain *a, const struct plain *b);

/* NULL stands for "buggy" in a manifest. */
const char *manifest_variant(const char *name);

#endif
