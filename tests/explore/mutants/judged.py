"""Which mutants are wrong, as kept in the file `judged`.
SPDX-License-Identifier: MIT"""

from dataclasses import dataclass

from corpus import HERE

FILE = HERE / "judged"
NATIVELY = "natively: "


@dataclass
class Judgement:
    wrong: bool
    why: str


def parts(name):
    """(program, the rest) of the name of a mutant"""
    case, variant, rest = name.split(":", 2)
    return f"{case}:{variant}", rest


def read():
    """name -> Judgement"""
    found, program = {}, None
    for line in FILE.read_text().splitlines():
        if line.startswith("= "):
            program = line[2:]
        elif line and not line.startswith("#"):
            rest, verdict, why = line.split(" ", 2)
            name = f"{program}:{rest}"
            if verdict not in ("right", "wrong") or name in found:
                raise SystemExit(f"judged: {name} stands twice, or is neither "
                                 "right nor wrong")
            found[name] = Judgement(verdict == "wrong", why)
    return found


def write(judgements):
    lines = [line for line in FILE.read_text().splitlines()
             if line.startswith("#")]
    program = None
    for name in sorted(judgements):
        own, rest = parts(name)
        if own != program:
            lines.append(f"= {own}")
        program, j = own, judgements[name]
        lines.append(f"{rest} {'wrong' if j.wrong else 'right'} {j.why}")
    FILE.write_text("\n".join(lines) + "\n")


def lost(judgements, mutants):
    """The judgements that point to nothing; with each, the mutants that may
    have taken its place."""
    names = {m.name for m in mutants}
    for name in sorted(judgements.keys() - names):
        kind = name.rsplit(":", 1)[0] + ":"
        yield name, sorted(n for n in names - judgements.keys()
                           if n.startswith(kind))
