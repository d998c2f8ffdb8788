"""Builtin functions."""

from __future__ import annotations

import builtins
import collections.abc
import numbers
from dataclasses import replace

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import CONSTANTS, Arguments, Interpreter, attribute, models
from flatlint.evaluation.bounds import MAX_DIGITS, MAX_ITERATIONS
from flatlint.evaluation.comparing import PLAIN_KINDS
from flatlint.evaluation.iteration import length_of
from flatlint.evaluation.libraries.python.folding import by_numpy
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    LayerObject,
    ListObject,
    SetObject,
)
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import (
    NUMBERS,
    Function,
    LibraryMethod,
    Many,
    Name,
    Partial,
    Super,
    UserClass,
    Value,
    is_constant,
    is_number,
    shape_value,
)
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Expression, Shape, bounds_of, symbol

CONSTANTS.update(
    {
        "builtins.True": True,
        "builtins.False": False,
        "builtins.None": None,
        "builtins.Ellipsis": Ellipsis,
        "builtins.__debug__": True,
    }
)


@models("builtins.len")
def len_(run: Interpreter, value: Value) -> Value:
    """The number of elements; of an unknown one under its own name."""
    length = length_of(run, value)
    if length is not None:
        return length
    if isinstance(run.object_at(value), Instance):
        own = run.attribute(value, "__len__", run.here.node)
        return own if isinstance(own, Unknown) else run.call(own, Arguments(), run.here.node)
    if isinstance(value, Expression):
        return symbol(f"len({value})")
    if isinstance(value, Array | Tensor) and isinstance(value.shape, Shape) and value.shape.rank:
        return shape_value(value.shape)[0]
    return run.unknown(WhyUnknown.FROM_OUTSIDE, "a length")


@models("builtins.range", "builtins.xrange")
def range_(run: Interpreter, *bounds: Value) -> Value:
    """A range, if its bounds are known."""
    numbers = [bound for bound in bounds if isinstance(bound, int)]
    if len(numbers) == len(bounds) and 1 <= len(bounds) <= 3:
        try:
            return range(*numbers)
        except ValueError:
            return run.unknown(WhyUnknown.REFUSED, "a range with step 0")
    further = run.unknown(WhyUnknown.LOOP, "a number of a range")
    sure = _surely_below(bounds[0]) if len(bounds) == 1 else range(0)
    return run.allocate(ListObject(tuple(sure), further)) if sure else Many(further)


def _surely_below(end: Value) -> range:
    """The numbers that a range surely has whose end lies between known numbers."""
    least = bounds_of(end)[0] if isinstance(end, Expression) else 0
    return range(int(min(max(least, 0), MAX_ITERATIONS)))


@models("builtins.int", "builtins.long")
def int_(run: Interpreter, value: Value = 0, base: Value = None) -> Value:
    """A whole number."""
    if isinstance(value, Expression):
        return value
    if base is not None:
        return _number_in_base(run, value, base)
    return _converted(run, int, value)


def _number_in_base(run: Interpreter, text: Value, base: Value) -> Value:
    if isinstance(text, str) and len(text) <= MAX_DIGITS and isinstance(base, int):
        try:
            return int(text, base)
        except ValueError:
            return run.unknown(WhyUnknown.REFUSED, "a number in a text")
    return run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])


@models("builtins.ord")
def ord_(run: Interpreter, character: Value) -> Value:
    """The number of a character."""
    if isinstance(character, str) and len(character) == 1:
        return ord(character)
    return run.unknown(WhyUnknown.ARGUMENT, NUMBERS[0])


@models("builtins.chr", "builtins.unichr")
def chr_(run: Interpreter, number: Value) -> Value:
    """The character of a number."""
    if isinstance(number, int) and 0 <= number < 0x110000:
        return chr(number)
    return run.unknown(WhyUnknown.ARGUMENT, "a character")


@models("builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open")
def open_(run: Interpreter, file: Value = None, *_: Value, **__: Value) -> Value:
    """A file."""
    name = f"the file `{file}`" if isinstance(file, str) else "a file"
    return run.unknown(WhyUnknown.FROM_OUTSIDE, name)


def _converted(run: Interpreter, function: type, value: Value) -> Value:
    if isinstance(value, Unknown):
        return value if function is str else replace(value, what=NUMBERS[0])
    if isinstance(value, Array):
        number = run.call(LibraryMethod(value, "item"), Arguments(), run.here.node)
        if isinstance(number, Array):  # one number that is not known
            return replace(number, dtype="int64" if function is int else "float64")
        return _converted(run, function, number)
    if not is_constant(value) or (isinstance(value, str) and len(value) > 100):
        return run.unknown(WhyUnknown.ARGUMENT, f"{function.__name__}(…)")
    try:
        return function(value)
    except (TypeError, ValueError, OverflowError):
        return run.unknown(WhyUnknown.REFUSED, f"{function.__name__}({value!r})")


@models("builtins.float")
def float_(run: Interpreter, value: Value = 0) -> Value:
    """A floating-point number."""
    return value if isinstance(value, Expression) else _converted(run, float, value)


@models("builtins.str", "builtins.repr")
def str_(run: Interpreter, value: Value = "") -> Value:
    """Text."""
    return _converted(run, str, value)


@models("builtins.bool")
def bool_(run: Interpreter, value: Value = False) -> Value:
    """The truth of a value."""
    decided = truth(run, value)
    return run.unknown(WhyUnknown.ARGUMENT, "a truth value") if decided is None else decided


@models("builtins.abs")
def abs_(run: Interpreter, value: Value) -> Value:
    """The absolute value."""
    if is_number(value):
        return abs(value)  # type: ignore[arg-type]
    if isinstance(value, Array):
        return by_numpy(run, "abs", value)
    return value if isinstance(value, Tensor) else run.unknown(WhyUnknown.ARGUMENT)


@models("builtins.round")
def round_(run: Interpreter, number: Value, ndigits: Value = None) -> Value:
    """A rounded number."""
    if isinstance(number, Array):
        return by_numpy(run, "round", number, 0 if ndigits is None else ndigits)
    if is_number(number) and isinstance(ndigits, int | None):
        try:
            return round(number, ndigits)  # type: ignore[call-overload]
        except (OverflowError, ValueError):
            return run.unknown(WhyUnknown.REFUSED, "round")
    return run.unknown(WhyUnknown.ARGUMENT, "a rounded number")


@models("builtins.divmod")
def divmod_(run: Interpreter, a: Value, b: Value) -> Value:
    """Quotient and rest."""
    if isinstance(a, int) and isinstance(b, int) and b:
        return divmod(a, b)
    return run.unknown(WhyUnknown.ARGUMENT, "divmod")


@models("builtins.pow")
def pow_(run: Interpreter, base: Value, exp: Value) -> Value:
    """`base ** exp`."""
    return binary(run, "**", base, exp, run.here.node)


@models("builtins.isinstance", "builtins.issubclass")
def isinstance_(run: Interpreter, value: Value, kinds: Value) -> Value:
    """Decided for constants, lists, dicts and tuples, and for what surely is none of them."""
    options = kinds if isinstance(kinds, tuple) else (kinds,)
    paths = [option.path for option in options if isinstance(option, Name)]
    if isinstance(value, Unknown | Expression) or len(paths) != len(options):
        return run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    own = _kind_of(run, value)
    names = {path.removeprefix("builtins.") for path in paths}
    if own == OTHER_KIND:
        is_tensor = isinstance(run.object_at(value), Tensor)
        is_other = names <= PLAIN_KINDS or (names <= OF_ARRAYS and is_tensor)
        return False if is_other else run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    if own is None:
        return run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    if own in names:
        return True
    asked = [_python_class(path) for path in paths]
    ours = _python_class(f"builtins.{own}")
    if ours is None and names <= PLAIN_KINDS:
        return False  # `None`, or an array
    if ours is None or None in asked:
        return run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    return issubclass(ours, tuple(kind for kind in asked if kind is not None))


OTHER_KIND = "object"
"""What surely is of a class, though of none that is written without a module."""


def _kind_of(run: Interpreter, value: Value) -> str | None:
    """The name of the class of a value; `None` where it is not known."""
    found = run.object_at(value)
    match found:
        case ListObject() | DictObject() | SetObject():
            return {ListObject: "list", DictObject: "dict", SetObject: "set"}[type(found)]
        case Array(library="numpy") if found.shape != Shape(()):
            return "numpy.ndarray"
        case Tensor() | Array() | LayerObject() | Function():
            return OTHER_KIND
        case _:
            is_plain = is_constant(found) or isinstance(found, tuple)
            return type(found).__name__ if is_plain else None


@models("builtins.type")
def type_(run: Interpreter, value: Value, *rest: Value) -> Value:
    """The class of a value, to be compared with others."""
    kind = None if rest else _kind_of(run, value)
    if kind == "numpy.ndarray":
        return Name(kind)
    is_class = kind in PLAIN_KINDS or (kind == OTHER_KIND and isinstance(value, Tensor | Array))
    return Name(f"builtins.{kind}") if is_class else run.unknown(WhyUnknown.ARGUMENT, "a class")


OF_ARRAYS = PLAIN_KINDS | {"numpy.ndarray"}


def _python_class(path: str) -> type | None:
    """A class of Python itself, or an abstract one that lists or numbers are counted to."""
    home, _, name = path.rpartition(".")
    rooms = {"builtins": builtins, "numbers": numbers, "collections.abc": collections.abc,
             "collections": collections.abc, "typing": collections.abc}  # fmt: skip
    found = getattr(rooms.get(home), name, None)
    return found if isinstance(found, type) else None


@models("builtins.hasattr")
def hasattr_(run: Interpreter, value: Value, name: Value) -> Value:
    """Left unknown, but for attributes that an instance surely has."""
    found = run.object_at(value)
    instance = found.instance if isinstance(found, LayerObject) else found
    if isinstance(instance, Instance) and name in instance.attributes:
        return True
    return run.unknown(WhyUnknown.ARGUMENT, "hasattr")


@models("builtins.getattr")
def getattr_(run: Interpreter, value: Value, name: Value, default: Value = None) -> Value:
    """`getattr(value, "name")`."""
    if isinstance(name, str):
        return run.attribute(value, name, run.here.node)
    return run.unknown(WhyUnknown.ARGUMENT, "the name of an attribute")


@models("builtins.setattr")
def setattr_(run: Interpreter, value: Value, name: Value, item: Value) -> Value:
    """`setattr(value, "name", item)`."""
    if isinstance(name, str):
        run.set_attribute(value, name, item)
    return None


@models("builtins.super")
def super_(run: Interpreter, cls: Value = None, receiver: Value = None) -> Value:
    """`super()` inside a method."""
    owner = cls if isinstance(cls, UserClass) else run.frame.owner
    if isinstance(owner, UserClass):
        return Super(owner, receiver if receiver is not None else run.frame.receiver)
    return run.unknown(WhyUnknown.NOT_MODELLED, "super")


@models("builtins.input", "builtins.raw_input")
def input_(run: Interpreter, prompt: Value = "") -> Value:
    """What a person types."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, "`input()`")


@models("builtins.print", "builtins.exit", "builtins.object.__init__")
def nothing(run: Interpreter, *_: Value, **__: Value) -> Value:
    """Effects that no shape depends on."""
    return None


@models("functools.partial")
def partial(run: Interpreter, function: Value, *given: Value, **keywords: Value) -> Value:
    """A callable with arguments already given."""
    return Partial(function, given, tuple(keywords.items()))


@attribute(int, "value")
@attribute(str, "value")
def value_of_member(run: Interpreter, value: Value) -> Value:
    """A member of an `IntEnum` stands for itself."""
    return value
