"""Harmless Python of a given width, to stand in the place of what cannot be parsed."""

from __future__ import annotations

import re

_NOT_LINE_END = re.compile(r"[^\r\n]")


def blank(text: str) -> str:
    """Spaces in the place of everything but line ends."""
    return _NOT_LINE_END.sub(" ", text)


UNDEFINED = "\u01c3"
"""A name that no program has: nobody knows its value."""


def statement(text: str) -> str:
    """A statement as wide and as high as `text` that does nothing."""
    row = len(re.split(r"[\r\n]", text, maxsplit=1)[0])
    word = "pass" if row >= len("pass") else "0"
    return word + blank(text)[len(word) :]


def header(text: str, candidates: tuple[str, ...]) -> str | None:
    """The first of the headers that fits into the first row of `text`; None when none does."""
    row = len(re.split(r"[\r\n]", text, maxsplit=1)[0])
    for candidate in candidates:
        if len(candidate) <= row:
            return candidate + blank(text)[len(candidate) :]
    return None
