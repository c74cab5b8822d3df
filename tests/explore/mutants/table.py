"""What the explorer says of the mutants, held against how they were judged.
SPDX-License-Identifier: MIT"""

from collections import Counter

from corpus import digest

WANTED = 95  # of a hundred wrong ones to be found
ELSEWHERE = ("not modelled", "outside", "refused")


def counts_for(result):
    """Whether a program as it is tells that a mutant of it is another thing: it
    passes, and calls nothing that the explorer does not follow."""
    said = " ".join(result["why"])
    return result["verdict"] not in ("no program", "no verdict", "BUG") and \
        not any(word in said for word in ELSEWHERE)


def percent(n, of):
    return f"{n} of {of}" + (f" ({100 * n / of:.1f} %)" if of else "")


def row_of(mutant, result, counted, judgement):
    """Where the mutant stands in the table, and how it was judged."""
    if not result or result["digest"] != digest(mutant.program, mutant.text):
        return "not explored", None
    if result["verdict"] == "no program":
        return "no program", None
    if mutant.program.name not in counted:
        return "elsewhere", None
    how = judgement.wrong if judgement else None
    return result["verdict"], {True: "wrong", False: "right",
                               None: "not judged"}[how]


def is_bad(verdict, how):
    return how == "wrong" and verdict != "BUG" or \
        how == "right" and verdict == "BUG"


def report(results, judgements, programs, mutants):
    """Prints the table; whether all is as it should be."""
    own = {p.name: results[p.name] for p in programs if p.name in results}
    counted = {name for name, result in own.items() if counts_for(result)}
    rows, bad = Counter(), []
    for m in mutants:
        j = judgements.get(m.name)
        row = row_of(m, results.get(m.name), counted, j)
        rows[row] += 1
        if is_bad(*row):
            bad.append(f"{m.name} (line {m.line}): {row[0]}, but {row[1]}: "
                       f"{j.why}")
    failing = [name for name, result in own.items()
               if result["verdict"] == "BUG"]
    unlike = [m.name for m in mutants
              if results.get(m.name, {}).get("replayed") is False]
    tell(rows, len(mutants), len(programs), failing)
    print("with a trace that does not show the bug: " +
          (" ".join(unlike) or "none"))
    for line in sorted(bad):
        print("  " + line)
    wrong = sum(n for row, n in rows.items() if row[1] == "wrong")
    return not unlike and not rows["VERIFIED", "wrong"] and \
        not rows["BUG", "right"] and \
        100 * rows["BUG", "wrong"] >= WANTED * wrong


def tell(rows, n, n_programs, failing):
    print(f"{n} mutants of {n_programs} programs: {rows['no program', None]} do "
          f"not compile, {rows['not explored', None]} not explored, "
          f"{rows['elsewhere', None]} of programs that fail as they are or call "
          "what is not modelled; the others:")
    print(f"{'':12}{'all':>6}{'wrong':>8}{'right':>8}{'not judged':>12}")
    for verdict in ("BUG", "VERIFIED", "BOUNDED", "NOT FOUND", "no verdict"):
        row = [rows[verdict, how] for how in ("wrong", "right", "not judged")]
        print(f"{verdict:12}{sum(row):6}{row[0]:8}{row[1]:8}{row[2]:12}")
    wrong = sum(n for row, n in rows.items() if row[1] == "wrong")
    print(f"of the wrong ones found: {percent(rows['BUG', 'wrong'], wrong)}")
    print("fail as they are: " + (" ".join(failing) or "none"))
