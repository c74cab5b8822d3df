#!/usr/bin/env python3
"""Breaks the fixed programs of the corpus in small ways and sees whether the
explorer finds it out.

    mutants.py list [PATTERN]            the names of the mutants
    mutants.py show NAME                 what is changed
    mutants.py write NAME                the broken program
    mutants.py explore RESULTS [PATTERN] what the explorer says of each
    mutants.py natively NATIVE [PATTERN] looks without it for what is wrong with
                                         those that are not judged
    mutants.py judge NATIVE              keeps that in the file `judged`
    mutants.py check                     that each judgement is of a mutant
    mutants.py report RESULTS            the table; 1 if it is not as wanted

The explorer's part is bounded by work, not by time: it says the same on any
computer, whatever else that does. RESULTS and NATIVE begin anew but with
--resume, which keeps what they have of the very same programs.
SPDX-License-Identifier: MIT"""

import argparse
import difflib
import hashlib
import json
import os
import re
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import explored
import judged
import natively
import table
from corpus import Mutant, all_mutants, digest, programs

WORK = 3000000  # steps, as the gate


def chosen(pattern, sample=0, seed=0):
    """In an order that has nothing to do with their names: what is seen first
    stands for all."""
    def place(m):
        return hashlib.sha256(f"{seed} {m.name}".encode()).digest()
    picked = [m for m in all_mutants() if re.search(pattern, m.name)]
    return sorted(picked, key=place)[:sample or None]


def as_they_are(mutants):
    """The programs themselves, as mutants to which nothing was done."""
    wanted = {m.program.name for m in mutants}
    return [Mutant(p.name, p, "", p.text, 0) for p in programs()
            if p.name in wanted]


def read_lines(path):
    if not Path(path).exists():
        return {}
    with open(path, encoding="utf-8") as lines:
        return {r["name"]: r for r in map(json.loads, lines)}


def kept(path, resume):
    """What is there already; else the file begins anew."""
    if not resume:
        Path(path).write_text("")
    return {(name, r["digest"]) for name, r in read_lines(path).items()}


def work_through(path, todo, jobs, result_of):
    """Adds a line for each as it is done, several at a time."""
    lock = threading.Lock()

    def one(m):
        with tempfile.TemporaryDirectory(prefix="mutants.") as folder:
            result = result_of(m, Path(folder))
        with lock, open(path, "a", encoding="utf-8") as lines:
            lines.write(json.dumps({
                "name": m.name, "digest": digest(m.program, m.text),
                **result}) + "\n")

    with ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(one, m) for m in todo]:
            done.result()


def left(mutants, path, resume):
    have = kept(path, resume)
    return [m for m in mutants
            if (m.name, digest(m.program, m.text)) not in have]


def verb_list(given):
    for m in sorted(chosen(given.pattern), key=lambda m: m.name):
        print(m.name)


def verb_show(given):
    for m in chosen("^" + re.escape(given.name) + "$"):
        sys.stdout.writelines(difflib.unified_diff(
            m.program.text.splitlines(True), m.text.splitlines(True),
            m.program.name, m.name))


def verb_write(given):
    for m in chosen("^" + re.escape(given.name) + "$"):
        print(m.text, end="")


def verb_explore(given):
    """The programs as they are come first: they are right."""
    mutants = chosen(given.pattern, given.sample, given.seed)
    work_through(given.results,
                 left(as_they_are(mutants) + mutants, given.results,
                      given.resume),
                 given.jobs,
                 lambda m, folder: explored.judge(m, given.work, folder))


def verb_natively(given):
    judgements = judged.read()
    mutants = [m for m in chosen(given.pattern, given.sample, given.seed)
               if m.name not in judgements]
    trusted = natively.Trusted()
    work_through(given.native, left(mutants, given.native, given.resume),
                 given.jobs, lambda m, folder: {
                     "wrong": natively.wrong(m, trusted, folder)})


def verb_judge(given):
    """What is judged already stays."""
    judgements, native = judged.read(), read_lines(given.native)
    for m in all_mutants():
        seen = native.get(m.name)
        if seen and seen["wrong"] and \
                seen["digest"] == digest(m.program, m.text):
            judgements.setdefault(m.name, judged.Judgement(
                True, judged.NATIVELY + seen["wrong"]))
    judged.write(judgements)


def verb_check(_):
    lost = list(judged.lost(judged.read(), list(all_mutants())))
    for name, instead in lost:
        print(f"judged: there is no {name}; " +
              (f"not judged: {' '.join(instead)}" if instead
               else "none is like it"))
    sys.exit(1 if lost else 0)


def verb_report(given):
    if not table.report(read_lines(given.results), judged.read(),
                        list(programs()), list(all_mutants())):
        sys.exit(1)


OPTIONS = {
    "-j": {"dest": "jobs", "type": int, "default": os.cpu_count()},
    "--work": {"type": int, "default": WORK},
    "--sample": {"type": int, "default": 0, "metavar": "N"},
    "--seed": {"type": int, "default": 0},
    "--resume": {"action": "store_true"},
    "pattern": {"nargs": "?", "default": ""},
}
MANY = "pattern -j --sample --seed --resume"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    for name, verb, words in (
            ("list", verb_list, "pattern"), ("show", verb_show, "name"),
            ("write", verb_write, "name"),
            ("explore", verb_explore, "results --work " + MANY),
            ("natively", verb_natively, "native " + MANY),
            ("judge", verb_judge, "native"), ("check", verb_check, ""),
            ("report", verb_report, "results")):
        one = verbs.add_parser(name)
        one.set_defaults(verb=verb)
        for word in words.split():
            one.add_argument(word, **OPTIONS.get(word, {}))
    given = parser.parse_args()
    given.verb(given)


if __name__ == "__main__":
    main()
