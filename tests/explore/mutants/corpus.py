"""The fixed programs of the corpus, made small, and their mutants.
SPDX-License-Identifier: MIT"""

import hashlib
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from marks import place_and_mark
from operators import mutants
from source import Source

HERE = Path(__file__).resolve().parent
CASES = HERE.parents[2] / "cases"
MODELS = ("pthread", "c11", "c11-native")


@dataclass
class Program:
    """One fixed variant. Its text has the sizes of the file `sizes` in the
    place of its own ones."""
    name: str  # case:variant
    case: Path
    text: str
    args: list
    options: list  # of the compiler


@dataclass
class Mutant:
    name: str  # case:variant:function:operator:mark
    program: Program
    operator: str
    text: str
    line: int


def digest(program, text):
    """Of a mutant, or of the program as it is, and how it is run."""
    all_of_it = text + "\n" + " ".join(program.args)
    return hashlib.sha256(all_of_it.encode()).hexdigest()[:12]


def words_of(manifest, key):
    found = re.search(r"^\s*" + key + r":\s*\[(.*?)\]", manifest, re.M | re.S)
    return re.findall(r'"?([^\s",]+)"?,?', found.group(1)) if found else []


def read_sizes():
    """case:variant -> (arguments or None, {constant: value})"""
    sizes = {}
    for line in (HERE / "sizes").read_text().splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        given = dict(word.split("=", 1) for word in words[1:])
        args = given.pop("args", None)
        sizes[words[0]] = (None if args is None else args.split(","), given)
    return sizes


def shrunk(text, name, constants):
    for constant, value in constants.items():
        pattern = (r"\b()" + constant + r"\b" if constant.isdigit() else
                   r"(\b" + constant + r"\s*=\s*|^#define\s+" + constant +
                   r"\s+)\d+")
        text, n = re.subn(pattern, r"\g<1>" + value, text, flags=re.M)
        if n == 0:
            print(f"sizes: {name} has no {constant}", file=sys.stderr)
    return text


def explored_args(manifest):
    """`explore: {args: [...]}`, else the case's own."""
    own = re.search(r"^explore:(.*?)(?=^\S)", manifest + "\nend", re.M | re.S)
    found = words_of(own.group(1), r".*?args") if own else []
    return found or words_of(manifest, "args")


def programs():
    sizes = read_sizes()
    for manifest_path in sorted(CASES.glob("*/*/case.yaml")):
        case = manifest_path.parent
        manifest = manifest_path.read_text()
        model = re.search(r"^model:\s*(\S+)", manifest, re.M).group(1)
        if model not in MODELS:
            continue
        for path in sorted(case.glob("fixed*.c")):
            name = f"{case.name}:{path.stem}"
            args, constants = sizes.pop(name, (None, {}))
            yield Program(name, case, shrunk(path.read_text(), name, constants),
                          explored_args(manifest) if args is None else args,
                          ["-w", "-g", "-I", str(CASES), "-I",
                           str(case.parent)] +
                          ["-l" + each
                           for each in words_of(manifest, "libraries")])
    if sizes:
        raise SystemExit("sizes: there is no " + ", ".join(sizes))


def mutants_of(program):
    """None has the name of another one: what looks the same is numbered."""
    names, source = Counter(), Source(program.text)
    for line, operator, text in mutants(source):
        function, mark = place_and_mark(source, text)
        name = f"{program.name}:{function}:{operator}:{mark}"
        names[name] += 1
        if names[name] > 1:
            name += f"-{names[name]}"
        yield Mutant(name, program, operator, text, line)


def all_mutants():
    for program in programs():
        yield from mutants_of(program)


def run(command, seconds, cwd, env=None):
    """(exit code or None when it took too long, what it printed)"""
    with subprocess.Popen([str(word) for word in command], cwd=cwd, env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, errors="replace",
                          start_new_session=True) as child:
        try:
            printed, _ = child.communicate(timeout=seconds)
            return child.returncode, printed
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            return None, ""
