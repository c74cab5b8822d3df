"""Whether a program is wrong, without the explorer: ThreadSanitizer, and runs
whose accesses are disturbed by chance, judged by the program's own check.
SPDX-License-Identifier: MIT"""

import os
import re
import threading

from corpus import HERE, run

RUNS_SANITIZED, RUNS_DISTURBED = 2, 12
RACY = 66
TSAN = f"exitcode={RACY}:halt_on_error=1:detect_deadlocks=0:die_after_fork=0"
BUILD_SECONDS = 60
PATIENCE = 8  # seconds: they take some milliseconds


class NoProgram(Exception):
    """It does not compile."""


def compile_one(compiler, flags, program, folder, name):
    code, printed = run([compiler, "-std=gnu17", "-pthread", *flags,
                         folder / "mutant.c", *program.options, "-o",
                         folder / name], BUILD_SECONDS, folder)
    if code != 0:
        raise NoProgram(printed[:300])
    return folder / name


def sanitized(program, folder):
    """What ThreadSanitizer says, or None."""
    binary = compile_one("clang-19", ["-O0", "-fsanitize=thread"], program,
                         folder, "sanitized")
    for _ in range(RUNS_SANITIZED):
        code, printed = run(["setarch", "-R", binary, *program.args], PATIENCE,
                            folder, {**os.environ, "TSAN_OPTIONS": TSAN})
        if code == RACY:
            said = re.search(r"ThreadSanitizer: (.*?)(?: \(| on unknown|$)",
                             printed, re.M)
            return "ThreadSanitizer: " + (said.group(1) if said else "?")
        if code != 0:
            return ended(code)
    return None


def ended(code):
    if code is None:
        return "hangs"
    return f"dies of signal {-code}" if code < 0 else f"exit code {code}"


def disturbed(program, folder):
    """How a run went wrong, or None."""
    noise = folder / "noise.o"
    flags = ["-fsanitize-coverage=edge,trace-loads,trace-stores", "-O0", "-c"]
    if not noise.exists():
        run(["clang-19", "-O2", "-c", HERE / "noise.c", "-o", noise],
            BUILD_SECONDS, folder)
    compiled = compile_one("clang-19", flags, program, folder, "disturbed.o")
    libraries = [word for word in program.options if word.startswith("-l")]
    run(["clang-19", "-pthread", compiled, noise, *libraries, "-o",
         folder / "disturbed"], BUILD_SECONDS, folder)
    for seed in range(1, RUNS_DISTURBED + 1):
        code, _ = run([folder / "disturbed", *program.args], PATIENCE, folder,
                      {**os.environ, "NOISE": str(seed)})
        if code != 0:
            return ended(code)
    return None


class Trusted:
    """What finds nothing wrong with the programs as they are."""

    def __init__(self):
        self.lock = threading.Lock()
        self.locks, self.known = {}, {}

    def of(self, program, folder):
        """The ways to look that may be used on its mutants."""
        with self.lock:
            own = self.locks.setdefault(program.name, threading.Lock())
        with own:
            if program.name not in self.known:
                (folder / "mutant.c").write_text(program.text)
                self.known[program.name] = [
                    look for look in (sanitized, disturbed)
                    if not look(program, folder)]
            return self.known[program.name]


def wrong(mutant, trusted, folder):
    """Why it is wrong, or None when nothing was seen."""
    looks = trusted.of(mutant.program, folder)
    (folder / "mutant.c").write_text(mutant.text)
    try:
        seen = (look(mutant.program, folder) for look in looks)
        return next((why for why in seen if why), None)
    except NoProgram:
        return None
