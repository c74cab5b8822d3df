"""Which mutants are wrong, as kept in the file `judged`, and what the explorer
makes of them.
SPDX-License-Identifier: MIT"""

from collections import Counter
from dataclasses import dataclass

from corpus import HERE

FILE = HERE / "judged"
WANTED = 95  # of a hundred wrong ones to be found
NATIVELY = "natively: "


@dataclass
class Judgement:
    wrong: bool
    why: str


def lines_of_file():
    """(program, digest, line:operator, verdict, why) of each line"""
    program = digest = None
    for line in FILE.read_text().splitlines():
        if line.startswith("= "):
            _, program, digest = line.split()
        elif line and not line.startswith("#"):
            yield (program, digest, *line.split(" ", 2))


def read(digests):
    """name -> Judgement, of those whose program is still what it was."""
    return {f"{program}:{what}": Judgement(verdict == "wrong", why)
            for program, digest, what, verdict, why in lines_of_file()
            if digests.get(program) == digest}


def stale(digests):
    """The programs that have changed since their mutants were judged."""
    return sorted({program for program, digest, *_ in lines_of_file()
                   if digests.get(program) != digest})


def write(judgements, digests):
    lines = [line for line in FILE.read_text().splitlines()
             if line.startswith("#")]
    for program in digests:
        own = {name: j for name, j in judgements.items()
               if name.startswith(program + ":")}
        if own:
            lines.append(f"= {program} {digests[program]}")
        for name in sorted(own, key=lambda n: (int(n.split(":")[2]), n)):
            j = own[name]
            lines.append(f"{name[len(program) + 1:]} "
                         f"{'wrong' if j.wrong else 'right'} {j.why}")
    FILE.write_text("\n".join(lines) + "\n")


def counts_for(result):
    """Whether a program as it is tells that a mutant of it is another thing: it
    passes, and calls nothing that the explorer does not follow."""
    said = " ".join(result["why"])
    return result["verdict"] not in ("no program", "no verdict", "BUG") and \
        not any(word in said for word in ("not modelled", "outside", "refused"))


def percent(n, of):
    return f"{n} of {of}" + (f" ({100 * n / of:.1f} %)" if of else "")


def row_of(mutant, result, counted, judgement):
    """Where the mutant stands in the table, and how it was judged."""
    if not result or result["digest"] != mutant.program.digest():
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


def report(results, programs, mutants):
    """Prints the table; whether all is as it should be."""
    digests = {p.name: p.digest() for p in programs}
    judgements = read(digests)
    for name in stale(digests):
        print(f"{name} has changed: judge its mutants again")
    own = {p.name: results[p.name] for p in programs if p.name in results}
    counted = {name for name, result in own.items() if counts_for(result)}
    rows, bad = Counter(), []
    for m in mutants:
        j = judgements.get(m.name)
        row = row_of(m, results.get(m.name), counted, j)
        rows[row] += 1
        if is_bad(*row):
            bad.append(f"{m.name}: {row[0]}, but {row[1]}: {j.why}")
    failing = [name for name, result in own.items()
               if result["verdict"] == "BUG"]
    tell(rows, len(mutants), len(digests), failing)
    for line in sorted(bad):
        print("  " + line)
    wrong = sum(n for row, n in rows.items() if row[1] == "wrong")
    return not rows["VERIFIED", "wrong"] and not rows["BUG", "right"] and \
        100 * rows["BUG", "wrong"] >= WANTED * wrong


def tell(rows, n, n_programs, failing):
    wrong = sum(n for row, n in rows.items() if row[1] == "wrong")
    found, verified = rows["BUG", "wrong"], rows["VERIFIED", "wrong"]
    print(f"{n} mutants of {n_programs} programs: {rows['no program', None]} do "
          f"not compile, {rows['not explored', None]} not explored, "
          f"{rows['elsewhere', None]} of programs that fail as they are or call "
          "what is not modelled; the others:")
    print(f"  shown wrong without the explorer: {wrong}; found "
          f"{percent(found, wrong)}, VERIFIED {verified}, else "
          f"{wrong - found - verified}")
    print(f"  found, and shown by the explorer alone: "
          f"{rows['BUG', 'not judged']}")
    for verdict in ("VERIFIED", "BOUNDED", "NOT FOUND", "no verdict"):
        print(f"  {verdict}: {rows[verdict, 'right']} right, "
              f"{rows[verdict, 'not judged']} not judged")
    print(f"  false alarms: {rows['BUG', 'right']}")
    print("fail as they are: " + (" ".join(failing) or "none"))
