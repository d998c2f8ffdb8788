"""Methods of strings whose results stay short."""

from __future__ import annotations

from flatlint.evaluation.base import Interpreter, method
from flatlint.evaluation.bounds import MAX_TEXT
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value, can_be_formatted, is_constant
from flatlint.graph import WhyUnknown

SAFE = (
    "lower",
    "upper",
    "strip",
    "lstrip",
    "rstrip",
    "startswith",
    "endswith",
    "replace",
    "title",
    "capitalize",
    "isdigit",
    "find",
    "count",
    "removeprefix",
    "removesuffix",
    "swapcase",
    "casefold",
    "index",
    "rindex",
    "rfind",
    "isalpha",
    "isalnum",
    "isspace",
    "isupper",
    "islower",
    "isidentifier",
    "partition",
    "rpartition",
)


def _model(name: str) -> None:
    @method(str, name)
    def evaluate(run: Interpreter, text: Value, *given: Value) -> Value:
        short = all(not isinstance(value, str) or len(value) < 200 for value in given)
        if is_constant(given) and short:
            try:
                result = getattr(text, name)(*given)
            except (TypeError, ValueError):
                return run.unknown(WhyUnknown.REFUSED, f"`.{name}`")
            if not isinstance(result, str) or len(result) <= MAX_TEXT:
                return result
        return run.unknown(WhyUnknown.ARGUMENT, f"`.{name}`")


for _name in SAFE:
    _model(_name)


@method(str, "format")
def format_(run: Interpreter, text: Value, *given: Value, **keywords: Value) -> Value:
    """`"…{}…".format(value)`, with numbers and strings alone."""
    values = (*given, *keywords.values())
    plain = all(value is not None and can_be_formatted(value) for value in values)
    wide = any(len(part) > 3 for part in _numbers(str(text)))
    if plain and not wide:
        try:
            return str(text).format(*given, **keywords)
        except (IndexError, KeyError, ValueError, AttributeError, TypeError):
            return run.unknown(WhyUnknown.REFUSED, "`.format`")
    return run.unknown(WhyUnknown.ARGUMENT, "a formatted string")


def _numbers(text: str) -> list[str]:
    return "".join(c if c.isdigit() else " " for c in text).split()


@method(str, "split")
def split(run: Interpreter, text: Value, sep: Value = None, maxsplit: Value = -1) -> Value:
    """The parts of a string as a list."""
    if isinstance(sep, str | None) and isinstance(maxsplit, int) and sep != "":
        return run.allocate(ListObject(tuple(str(text).split(sep, maxsplit))))
    return run.unknown(WhyUnknown.ARGUMENT, "the parts of a string")


@method(str, "rsplit")
def rsplit(run: Interpreter, text: Value, sep: Value = None, maxsplit: Value = -1) -> Value:
    """The parts of a string, split from its end."""
    if isinstance(sep, str | None) and isinstance(maxsplit, int) and sep != "":
        return run.allocate(ListObject(tuple(str(text).rsplit(sep, maxsplit))))
    return run.unknown(WhyUnknown.ARGUMENT, "the parts of a string")


@method(str, "splitlines")
def splitlines(run: Interpreter, text: Value, keepends: Value = False) -> Value:
    """The lines of a string."""
    return run.allocate(ListObject(tuple(str(text).splitlines(keepends is True))))


@method(str, "zfill", "center", "ljust", "rjust")
def filled_up(run: Interpreter, text: Value, width: Value, fill: Value = " ") -> Value:
    """A string of some length at least."""
    return run.unknown(WhyUnknown.ARGUMENT, "a string that is filled up")


@method(str, "encode")
def encode(run: Interpreter, text: Value, *_: Value, **__: Value) -> Value:
    """Text as bytes, if that is the same in every encoding."""
    if isinstance(text, str) and text.isascii():
        return text.encode()
    return run.unknown(WhyUnknown.ARGUMENT, "bytes")


@method(bytes, "decode")
def decode(run: Interpreter, data: Value, *_: Value, **__: Value) -> Value:
    """Bytes as text, if that is the same in every encoding."""
    if isinstance(data, bytes) and data.isascii():
        return data.decode()
    return run.unknown(WhyUnknown.ARGUMENT, "text")


@method(str, "join")
def join(run: Interpreter, text: Value, parts: Value) -> Value:
    """Strings put together."""
    items, rest = elements(run, parts)
    strings = [item for item in items if isinstance(item, str)]
    if rest is None and len(strings) == len(items) and sum(map(len, strings)) < MAX_TEXT:
        return str(text).join(strings)[:MAX_TEXT]
    return run.unknown(WhyUnknown.ARGUMENT, "a joined string")
