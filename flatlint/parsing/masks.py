"""Harmless Python of a given width, to stand in the place of what cannot be parsed."""

from __future__ import annotations

import re

_NOT_LINE_END = re.compile(r"[^\r\n]")


def blank(text: str) -> str:
    """Spaces in the place of everything but line ends."""
    return _NOT_LINE_END.sub(" ", text)


UNDEFINED = "\u01c3"
"""A name that no program has: what is assigned from it is not known."""

_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_TARGETS = re.compile(rf"{_NAME}(?:[ \t]*,[ \t]*{_NAME})*[ \t]*=(?!=)[ \t]*(?=\S)")
_METHOD_CALL = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*\.[a-z_]\w*\(")
_LAST_TWO = re.compile(r"[^\r\n](?:[\r\n]*)([^\r\n])\Z")


def statement(text: str) -> str:
    """A statement as wide and as high as `text` that does nothing more than must be known of it.

    Names that it sets are lost, and an object whose method it calls was told something unknown:
    after `model.add(??)` the model has one more layer, whichever it is.
    """
    if targets := _TARGETS.match(text):
        kept = targets[0] + UNDEFINED
        return kept + blank(text)[len(kept) :]
    if (call := _METHOD_CALL.match(text)) and (last := _LAST_TWO.search(text, call.end())):
        inner = blank(text)
        at = last.start()
        return call[0] + inner[call.end() : at] + UNDEFINED + inner[at + 1 : last.start(1)] + ")"
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
