"""A C source as the statements of its functions, each with its place in the
text: as much of C as the cases use.
SPDX-License-Identifier: MIT"""

import re
from dataclasses import dataclass, field

HEADED = ("if", "while", "for", "switch")


@dataclass
class Statement:
    kind: str  # simple, block, if, while, for, switch, do
    start: int
    end: int
    head: tuple = (0, 0)  # of what stands in the parentheses of a headed one
    inside: list = field(default_factory=list)


@dataclass
class Function:
    name: str
    body: Statement


COMMENT = r"/\*.*?\*/|//[^\n]*"
STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
DIRECTIVE = r"^[ \t]*\#(?:\\\n|[^\n])*"


def blank(text):
    """The text with comments, strings and directives overwritten by blanks:
    places stay the same."""
    return re.sub("|".join((COMMENT, STRING, DIRECTIVE)),
                  lambda m: re.sub(r"[^\n]", " ", m.group()), text,
                  flags=re.S | re.M)


def without_comments(text):
    return re.sub(COMMENT + "|(" + STRING + ")", lambda m: m.group(1) or " ",
                  text, flags=re.S)


def skip_blanks(code, at):
    while at < len(code) and code[at].isspace():
        at += 1
    return at


def closing(code, at):
    """The place after the bracket that closes the one at `at`."""
    depth = 0
    while True:
        depth += (code[at] in "([{") - (code[at] in ")]}")
        at += 1
        if depth == 0:
            return at


def word_at(code, at):
    return re.compile(r"\w*").match(code, at).group()


def read_block(code, at):
    block = Statement("block", at, closing(code, at))
    at = skip_blanks(code, at + 1)
    while at < block.end - 1:
        statement = read_statement(code, at)
        block.inside.append(statement)
        at = skip_blanks(code, statement.end)
    return block


def read_headed(code, at, word):
    open_at = skip_blanks(code, at + len(word))
    shut = closing(code, open_at)
    body = read_statement(code, skip_blanks(code, shut))
    made = Statement(word, at, body.end, (open_at + 1, shut - 1), [body])
    then = skip_blanks(code, body.end)
    if word == "if" and word_at(code, then) == "else":
        other = read_statement(code, skip_blanks(code, then + len("else")))
        made.inside.append(other)
        made.end = other.end
    return made


def read_statement(code, at):
    """The statement that begins at `at`, where no blank stands."""
    word = word_at(code, at)
    if code[at] == "{":
        return read_block(code, at)
    if word in HEADED:
        return read_headed(code, at, word)
    if word == "do":
        body = read_statement(code, skip_blanks(code, at + len(word)))
        return Statement("do", at, code.index(";", body.end) + 1,
                         inside=[body])
    label = re.compile(r"(case\b[^:?;{]*|\w+\s*):").match(code, at)
    if label and word != "":
        return read_statement(code, skip_blanks(code, label.end()))
    end = at
    while code[end] != ";":
        end = closing(code, end) if code[end] in "([{" else end + 1
    return Statement("simple", at, end + 1)


def functions(code):
    """The functions of blanked code, in their order."""
    found, at, start = [], 0, 0
    while at < len(code):
        if code[at] == "{":
            head = code[start:at]
            end = closing(code, at)
            name = re.search(r"(\w+)\s*\([^{]*\)\s*$", head, re.S)
            if name and "=" not in head:
                name = re.search(r"(\w+)\s*\(", head).group(1)
                found.append(Function(name, read_block(code, at)))
            at = end
        else:
            at = closing(code, at) if code[at] in "([" else at + 1
        if code[at - 1] in ";}":
            start = at
    return found


def blocks(statement):
    """All lists of statements that follow one another, outer ones first."""
    if statement.kind == "block":
        yield statement.inside
    for each in statement.inside:
        yield from blocks(each)


def all_statements(statement):
    yield statement
    for each in statement.inside:
        yield from all_statements(each)


class Source:
    def __init__(self, text):
        self.text = text
        self.code = blank(text)
        self.functions = functions(self.code)

    def of(self, statement):
        return self.code[statement.start:statement.end]

    def line(self, at):
        return self.text.count("\n", 0, at) + 1

    def with_edits(self, edits):
        """The text with each (start, end, new) in the place of what it was."""
        text = self.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        return text
