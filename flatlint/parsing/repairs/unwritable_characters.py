"""Characters that libcst cannot take in at all."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER = re.compile("[\0\ufeff]")


def repair(text: str) -> str:
    """Halves of a surrogate pair (a notebook's JSON may hold one) -> `?`, NUL and mark -> space."""
    return _OTHER.sub(" ", _SURROGATE.sub("?", text))
