"""How text is shown on a terminal: what may be seen of it, and how many columns it takes."""

from __future__ import annotations

TAB = 4
"""Columns that a tab is shown as, whatever column it stands in."""
TURNS_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that could show code in another order than it has."""


def visible(text: str) -> str:
    """`text` as it may be shown: a source can hold escape codes, and none must reach a terminal."""
    return text if text.isprintable() else "".join(map(_visible_character, text))


def _visible_character(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return " " * TAB
    if code < 0x20:
        return chr(0x2400 + code)
    is_unfit = 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or character in TURNS_DIRECTION
    return "\N{REPLACEMENT CHARACTER}" if is_unfit else character


def columns_of(text: str) -> int:
    """Columns that visible text takes: `é` one, `😀` two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, width: int) -> str:
    """Visible text with blanks up to `width` columns."""
    return text + " " * (width - columns_of(text))


def shortened(text: str, longest: int = 60) -> str:
    """Code as one visible line of at most `longest` characters."""
    words = visible(" ".join(text.split()))
    return words if len(words) <= longest else words[: longest - 1] + "…"
