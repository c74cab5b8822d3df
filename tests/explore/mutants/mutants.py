#!/usr/bin/env python3
"""Breaks the fixed programs of the corpus in small ways and sees whether the
explorer finds it out.

    mutants.py list [PATTERN]            the names of the mutants
    mutants.py show NAME                 what is changed
    mutants.py explore RESULTS [-t S] [-p I/N] [PATTERN]
                                         explores those that RESULTS has not
    mutants.py natively RESULTS NATIVE [PATTERN]
                                         looks for what is wrong without it
    mutants.py judge NATIVE              keeps that in the file `judged`
    mutants.py report RESULTS            the table; 1 if it is not as wanted

SPDX-License-Identifier: MIT"""

import argparse
import difflib
import hashlib
import json
import re
import sys
import tempfile
from pathlib import Path

import explored
import judged
import natively
from corpus import all_mutants, programs


def chosen(pattern):
    """In an order that has nothing to do with their names: what is seen first
    stands for all."""
    picked = [m for m in all_mutants() if re.search(pattern, m.name)]
    return sorted(picked, key=lambda m: hashlib.sha256(m.name.encode()).digest())


def read_lines(path):
    if not Path(path).exists():
        return {}
    with open(path, encoding="utf-8") as lines:
        return {r["name"]: r for r in map(json.loads, lines)}


def add_line(path, result):
    with open(path, "a", encoding="utf-8") as lines:
        lines.write(json.dumps(result) + "\n")


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
    have = read_lines(given.results)
    part, parts = map(int, given.part.split("/"))
    work = [(p.name, p, "", p.text) for p in programs()
            if re.search(given.pattern, p.name)]
    work += [(m.name, m.program, m.operator, m.text)
             for m in chosen(given.pattern)]
    with tempfile.TemporaryDirectory(prefix="mutants.") as folder:
        for i, (name, program, operator, text) in enumerate(work):
            if name not in have and i % parts == part - 1:
                add_line(given.results, {
                    "name": name, "digest": program.digest(),
                    **explored.judge(text, program, operator, given.time,
                                     Path(folder))})


def verb_natively(given):
    results, have = read_lines(given.results), read_lines(given.native)
    picked = [m for m in chosen(given.pattern) if m.name in results and
              m.name not in have and
              results[m.name]["verdict"] != "no program"]
    trusted = {}
    with tempfile.TemporaryDirectory(prefix="mutants.") as name:
        folder = Path(name)
        for m in picked:
            p = m.program
            if p.name not in trusted:
                (folder / "mutant.c").write_text(p.text)
                trusted[p.name] = not natively.sanitized(p, folder, 10)
            add_line(given.native, {
                "name": m.name, "digest": p.digest(),
                "wrong": natively.wrong(m.text, p, folder, trusted[p.name])})


def verb_judge(given):
    """Keeps what was seen natively. What was judged by hand stays."""
    digests = {p.name: p.digest() for p in programs()}
    judgements = judged.read(digests)
    for name, result in read_lines(given.native).items():
        program = ":".join(name.split(":")[:2])
        if result["wrong"] and digests.get(program) == result["digest"]:
            judgements.setdefault(name, judged.Judgement(
                True, judged.NATIVELY + result["wrong"]))
    judged.write(judgements, digests)


def verb_report(given):
    if not judged.report(read_lines(given.results), list(programs()),
                         list(all_mutants())):
        sys.exit(1)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    for name, verb, words in (
            ("list", verb_list, "pattern?"), ("show", verb_show, "name"),
            ("write", verb_write, "name"),
            ("explore", verb_explore, "results -t -p pattern?"),
            ("natively", verb_natively, "results native pattern?"),
            ("judge", verb_judge, "native"),
            ("report", verb_report, "results")):
        one = verbs.add_parser(name)
        one.set_defaults(verb=verb)
        for word in words.split():
            if word == "pattern?":
                one.add_argument("pattern", nargs="?", default="")
            elif word == "-t":
                one.add_argument("-t", "--time", type=float, default=5)
            elif word == "-p":
                one.add_argument("-p", "--part", default="1/1")
            else:
                one.add_argument(word)
    given = parser.parse_args()
    given.verb(given)


if __name__ == "__main__":
    main()
