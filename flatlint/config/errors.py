"""What goes wrong in a configuration, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ConfigurationError(Exception):
    """A configuration that cannot be used; the text names the file and the key."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """` (did you mean ...?)` with the known word closest to `word`, or nothing."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean `{close[0]}`?)" if close else ""
