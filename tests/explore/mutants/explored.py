"""What the explorer says of a program.
SPDX-License-Identifier: MIT"""

import json
import os
import shutil
from pathlib import Path

from corpus import HERE, run

LOCKSTEP = os.environ.get("LOCKSTEP", str(HERE.parents[2] / "build/lockstep"))
PATIENCE = 300  # seconds: the last resort; steps are what bounds it


def options(operator):
    """What POSIX allows and the explorer does only when asked."""
    return ["--spurious"] if operator == "if-for-while" else []


def explore(verb, program, args, more, folder):
    """The result as JSON, or a message."""
    code, printed = run([LOCKSTEP, verb, "--json", "--as-found", *more, "-o",
                         folder / "out", program, "--", *args], PATIENCE,
                        folder)
    if code not in (0, 1, 3):
        return None, f"{verb} ended with {code}: {printed[:300]}"
    return json.loads(printed[printed.index("{"):])["explore"][0], None


def build(text, options_of_compiler, folder):
    source, program = folder / "mutant.c", folder / "mutant"
    source.write_text(text)
    code, printed = run([LOCKSTEP, "cc", source, *options_of_compiler, "-o",
                         program], PATIENCE, folder)
    return (program, None) if code == 0 else (None, printed)


def judge(mutant, work, folder):
    """`verify`, and where it comes to no end, `explore`, which goes about it by
    chance first; each with so many steps. Keeps no trace."""
    program = mutant.program
    binary, failed = build(mutant.text, program.options, folder)
    if binary is None:
        return {"verdict": "no program", "why": [failed[:300]]}
    limits = ["--time", "0", "--work", str(work), *options(mutant.operator)]
    for verb in ("verify", "explore"):
        result, failed = explore(verb, binary, program.args, limits, folder)
        shutil.rmtree(folder / "out", ignore_errors=True)
        if result is None:
            return {"verdict": "no verdict", "why": [failed]}
        if result["verdict"] in ("BUG", "VERIFIED"):
            break
    return {"verb": verb, "bug": [bug["kind"] for bug in result["bugs"]][:1],
            "replayed": all(bug["replayed"] for bug in result["bugs"]),
            **{key: result[key] for key in ("verdict", "why", "executions",
                                            "longest", "seconds")}}
