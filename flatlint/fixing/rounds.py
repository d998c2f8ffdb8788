"""Fixing a source until nothing is left that may be fixed."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flatlint.diagnostics import Diagnostic
from flatlint.fixing.edits import apply_round
from flatlint.fixing.writing import ChangedMeanwhile
from flatlint.sources.notebook import write_notebook
from flatlint.sources.reading import from_bytes
from flatlint.sources.source_file import SourceFile

MOST_ROUNDS = 100
"""After so many rounds two fixes undo each other: ruff stops at the same number."""

Lint = Callable[[SourceFile], Sequence[Diagnostic]]
Allows = Callable[[Diagnostic], bool]


@dataclass(frozen=True)
class Content:
    """A source and the bytes that hold it; they change together."""

    source: SourceFile
    data: bytes

    @classmethod
    def of(cls, source: SourceFile, data: bytes) -> Content:
        """The content of a file that was read once more after `source` was read from it.

        Raises ChangedMeanwhile where the file holds another text by now.
        """
        if from_bytes(data, source.path).text != source.text:
            raise ChangedMeanwhile(f"{source.name} was changed meanwhile and is left alone")
        return cls(source, data)

    def with_text(self, text: str) -> Content:
        """The same file with another text in it; a notebook keeps all but its changed cells.

        Raises UnreadableSource where a notebook cannot take the text, UnicodeEncodeError where
        the file's encoding cannot.
        """
        source = self.source
        if source.is_notebook:
            data = write_notebook(self.data, source, text)
            changed = from_bytes(data, source.path)
            return Content(replace(changed, name=source.name), data)
        return Content(replace(source, text=text), source.encoded(text))


@dataclass(frozen=True)
class Fixed:
    """What became of a source: its content now, what was mended, and what is left."""

    content: Content
    applied: tuple[Diagnostic, ...]
    remaining: tuple[Diagnostic, ...]


class BrokenFix(Exception):
    """A fix that would turn a program that parses into one that does not; nothing is written."""


def fix_until_stable(
    content: Content, diagnostics: Sequence[Diagnostic], allows: Allows, lint: Lint
) -> Fixed:
    """Apply allowed fixes round after round; each round is linted again with `lint`.

    Raises BrokenFix where the text parsed before a round and does not after it.
    """
    applied: list[Diagnostic] = []
    for _ in range(MOST_ROUNDS):
        fixable = [diagnostic for diagnostic in diagnostics if allows(diagnostic)]
        mended = apply_round(content.source.text, fixable)
        if mended.text == content.source.text:
            break
        changed = content.with_text(mended.text)
        if parses(content.source.text) and not parses(changed.source.text):
            rules = ", ".join(sorted({diagnostic.code for diagnostic in mended.applied}))
            raise BrokenFix(f"the fix of {rules} would break {content.source.name}")
        found = lint(changed.source)
        if not is_progress(mended.applied, diagnostics, found):
            break
        content, diagnostics = changed, found
        applied += mended.applied
    return Fixed(content, tuple(applied), tuple(diagnostics))


def is_progress(
    applied: Sequence[Diagnostic], before: Sequence[Diagnostic], after: Sequence[Diagnostic]
) -> bool:
    """Whether a round took away a finding that it mended.

    A fix that does not take its own finding away would be applied for ever. What is told apart
    is the message: a mended layer may bring the next layer's mistake to light.
    """
    had = Counter((found.code, found.message) for found in before)
    has = Counter((found.code, found.message) for found in after)
    return any(has[found.code, found.message] < had[found.code, found.message] for found in applied)


def parses(text: str) -> bool:
    """Whether Python itself takes the text."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
