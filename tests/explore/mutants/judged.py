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


def is_modelled(result):
    """Whether the explorer can say anything of the program as it is."""
    said = " ".join(result["why"])
    return result["verdict"] != "no program" and not any(
        word in said for word in ("not modelled", "outside", "refused"))


def percent(n, of):
    return f"{n} of {of}" + (f" ({100 * n / of:.1f} %)" if of else "")


def report(results, programs, mutants):
    """Prints the table; whether all is as it should be."""
    digests = {p.name: p.digest() for p in programs}
    judgements = read(digests)
    for name in stale(digests):
        print(f"{name} has changed: judge its mutants again")
    modelled = {p.name for p in programs
                if p.name in results and is_modelled(results[p.name])}
    counts, bad = Counter(), []
    for m in mutants:
        result = results.get(m.name)
        if not result or result["digest"] != m.program.digest():
            counts["not explored"] += 1
        elif result["verdict"] == "no program":
            counts["no program"] += 1
        elif m.program.name not in modelled:
            counts["not modelled"] += 1
        else:
            j = judgements.get(m.name)
            how = ("not judged" if not j else "wrong" if j.wrong else "right")
            counts[result["verdict"], how] += 1
            if (result["verdict"], how) in (("VERIFIED", "wrong"),
                                            ("BUG", "right")) or \
                    how == "wrong" and result["verdict"] != "BUG":
                bad.append(f"{m.name}: {result['verdict']}, "
                           f"{'wrong' if j.wrong else 'right'}: {j.why}")
    alarms = [p.name for p in programs
              if results.get(p.name, {}).get("verdict") == "BUG"]
    return tell(counts, bad, alarms, len(mutants), len(list(programs)))


def tell(counts, bad, alarms, n, n_programs):
    verdicts = ("BUG", "VERIFIED", "BOUNDED", "NOT FOUND", "no verdict")
    wrong = sum(counts[v, "wrong"] for v in verdicts)
    found = counts["BUG", "wrong"]
    print(f"{n} mutants of {n_programs} programs; "
          f"{counts['no program']} do not compile, {counts['not explored']} "
          f"not explored, {counts['not modelled']} of programs that call what "
          "is not modelled")
    print(f"wrong, as shown without the explorer: {wrong}")
    print(f"  found: {percent(found, wrong)}")
    print(f"  VERIFIED: {counts['VERIFIED', 'wrong']}")
    print(f"  BOUNDED or NOT FOUND: {wrong - found - counts['VERIFIED', 'wrong']}")
    print(f"found, and shown by the explorer alone: "
          f"{counts['BUG', 'not judged']}")
    for verdict in verdicts[1:]:
        print(f"{verdict}: {counts[verdict, 'right']} right, "
              f"{counts[verdict, 'not judged']} not judged")
    print(f"false alarms: {counts['BUG', 'right']} of mutants that are right, "
          f"{len(alarms)} of the programs as they are")
    for line in sorted(bad) + alarms:
        print("  " + line)
    return not counts["VERIFIED", "wrong"] and not counts["BUG", "right"] and \
        not alarms and 100 * found >= WANTED * wrong
