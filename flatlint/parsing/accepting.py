"""What libcst takes, asked for a whole text or for one statement of it."""

from __future__ import annotations

import re

import libcst as cst

from flatlint.parsing.nesting import is_too_deep

_WORD = re.compile(r"[A-Za-z_]\w*")


def parsed(text: str) -> cst.Module | None:
    """The module, or None where libcst refuses the text. The text must not be too deep."""
    try:
        return cst.parse_module(text)
    except Exception:
        return None
    except BaseException as error:
        # A panic of libcst's native parser is no Exception; a key press of the user's is neither.
        if type(error).__name__ != "PanicException":
            raise
        return None


def safely_parsed(text: str) -> cst.Module | None:
    """The module, or None where libcst refuses the text or could break on it."""
    return None if is_too_deep(text) else parsed(text)


def error_row(text: str) -> int | None:
    """The row, from 1, at which libcst ceases to understand; None when it does not say so.

    The row of the first token that fits nowhere, or the one after it.
    """
    if is_too_deep(text):
        return None
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return error.raw_line
    except Exception:
        return None
    return None


def accepts(text: str) -> bool:
    """Whether the text is safe to parse, and parses."""
    return not is_too_deep(text) and parsed(text) is not None


def keyword_of(code: str) -> str:
    """The word that a statement begins with; of `async def` and the like both."""
    match = _WORD.match(code)
    if match is None:
        return "@" if code.startswith("@") else ""
    if match[0] == "async" and (second := re.compile(r"async[ \t]+([A-Za-z]+)").match(code)):
        return f"async {second[1]}"
    return match[0]


# What has to stand around a header or a clause, for it to be a module of its own.
_AROUND = {
    "try": ("", " pass\nexcept: pass\n"),
    "elif": ("if 1: pass\n", " pass\n"),
    "else": ("if 1: pass\n", " pass\n"),
    "except": ("try: pass\n", " pass\n"),
    "finally": ("try: pass\n", " pass\n"),
    "case": ("match 1:\n ", " pass\n"),
    "match": ("", "\n case _: pass\n"),
    "@": ("", "\ndef f(): pass\n"),
}


def accepts_statement(code: str, is_header: bool) -> bool:
    """Whether one logical line would parse, were all around it in order."""
    before, after = _AROUND.get(keyword_of(code), ("", " pass\n"))
    if not is_header and not code.startswith("@"):
        after = "\nexcept: pass\n" if code.startswith("try") and ":" in code else "\n"
    if keyword_of(code) == "match" and not is_header:
        before = ""
    return accepts(before + code + after)
