"""Signs of books, word processors and other keyboards, in the place of those of Python."""

from __future__ import annotations

import re

from flatlint.parsing.lexing import code_only

_READINGS = {
    **dict.fromkeys("\xa0\u2002\u2003\u2009\u200b\u202f\u3000", " "),
    **dict.fromkeys("“”„", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("−–", "-"),
    **dict(zip("，：；（）［］＝", ",:;()[]=", strict=True)),
}
_SIGNS = re.compile("[" + "".join(map(re.escape, _READINGS)) + "]")


def repair(text: str) -> str:
    """No-break space -> space, full-width comma -> comma, and so on; strings and comments stay."""
    for match in _SIGNS.finditer(code_only(text)):
        text = text[: match.start()] + _READINGS[match[0]] + text[match.end() :]
    return text
