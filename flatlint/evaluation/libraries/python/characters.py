"""The characters that the `string` module names."""

from __future__ import annotations

import string

from flatlint.evaluation.base import CONSTANTS

NAMES = ("ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits", "hexdigits",
         "octdigits", "printable", "punctuation", "whitespace")  # fmt: skip

CONSTANTS.update({f"string.{name}": getattr(string, name) for name in NAMES})
# Python 2 had them without the prefix.
CONSTANTS.update(
    {
        "string.letters": string.ascii_letters,
        "string.lowercase": string.ascii_lowercase,
        "string.uppercase": string.ascii_uppercase,
    }
)
