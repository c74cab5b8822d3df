"""What tells a mutant from the others of its program, whatever else of it moves
or changes: the function, and there what is left out and put in, with two lines
around it.
SPDX-License-Identifier: MIT"""

import difflib
import hashlib
import os

from source import without_comments

AROUND = 2  # lines
DIGITS = 6


def lines_of(text):
    """Without comments, blank lines and the spaces that only set it out."""
    lines = (" ".join(line.split()) for line in without_comments(text).split("\n"))
    return [line for line in lines if line]


def changed_function(before, text):
    """(name, lines before, lines after) of the function that was changed, or of
    all where it is none."""
    at = len(os.path.commonprefix((before.text, text)))
    longer = len(text) - len(before.text)
    for f in before.functions:
        start, end = f.body.start, f.body.end
        if start <= at < end and before.text[end:] == text[end + longer:]:
            return (f.name, lines_of(before.text[start:end]),
                    lines_of(text[start:end + longer]))
    return "-", lines_of(before.text), lines_of(text)


def place_and_mark(before, text):
    """The name of the function that was changed, and a digest."""
    name, one, two = changed_function(before, text)
    diff = list(difflib.unified_diff(one, two, n=AROUND, lineterm=""))[2:]
    told = [line for line in diff if not line.startswith("@@")]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return name, digest[:DIGITS]
