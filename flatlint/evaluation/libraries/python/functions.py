"""Builtin functions."""

from __future__ import annotations

from dataclasses import replace

from flatlint.evaluation.arithmetic import binary
from flatlint.evaluation.base import CONSTANTS, Arguments, Interpreter, models
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.iteration import elements, length_of
from flatlint.evaluation.objects import (
    DictObject,
    Instance,
    ListObject,
    SetObject,
    SubclassObject,
)
from flatlint.evaluation.truth import truth
from flatlint.evaluation.values import (
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
from flatlint.shapes import Expression, Shape, symbol

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
    return Many(run.unknown(WhyUnknown.LOOP, "a number of a range"))


@models("builtins.int", "builtins.long")
def int_(run: Interpreter, value: Value = 0, base: Value = None) -> Value:
    """A whole number."""
    if isinstance(value, Expression):
        return value
    return _converted(run, int, value)


def _converted(run: Interpreter, function: type, value: Value) -> Value:
    if isinstance(value, Unknown):
        return value
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


def _by_numpy(run: Interpreter, name: str, *given: Value) -> Value:
    """What numpy's function of this name says of an array."""
    return run.call(Name(f"numpy.{name}"), Arguments(given), run.here.node)


@models("builtins.abs")
def abs_(run: Interpreter, value: Value) -> Value:
    """The absolute value."""
    if is_number(value):
        return abs(value)  # type: ignore[arg-type]
    if isinstance(value, Array):
        return _by_numpy(run, "abs", value)
    return value if isinstance(value, Tensor) else run.unknown(WhyUnknown.ARGUMENT)


@models("builtins.round")
def round_(run: Interpreter, number: Value, ndigits: Value = None) -> Value:
    """A rounded number."""
    if isinstance(number, Array):
        return _by_numpy(run, "round", number, 0 if ndigits is None else ndigits)
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


def _extreme(run: Interpreter, values: tuple[Value, ...], function: object) -> Value:
    if len(values) == 1 and isinstance(values[0], Array):
        return _by_numpy(run, "max" if function is max else "min", values[0])
    if len(values) == 1:
        items, rest = elements(run, values[0])
        if rest is not None:
            return run.unknown(WhyUnknown.ARGUMENT, "an extreme of a sequence")
    else:
        items = list(values)
    if items and all(isinstance(item, int | float) for item in items):
        return function(items)  # type: ignore[operator]
    if items and all(isinstance(item, str) for item in items):
        return function(items)  # type: ignore[operator]
    return run.unknown(WhyUnknown.ARGUMENT, "an extreme of a sequence")


@models("builtins.max")
def max_(run: Interpreter, *values: Value) -> Value:
    """The largest."""
    return _extreme(run, values, max)


@models("builtins.min")
def min_(run: Interpreter, *values: Value) -> Value:
    """The smallest."""
    return _extreme(run, values, min)


@models("builtins.sum")
def sum_(run: Interpreter, values: Value, start: Value = 0) -> Value:
    """The sum of known elements."""
    if isinstance(values, Array) and start == 0:
        return _by_numpy(run, "sum", values, 0)
    items, rest = elements(run, values)
    if rest is not None:
        return run.unknown(WhyUnknown.ARGUMENT, "a sum")
    total = start
    for item in items:
        total = binary(run, "+", total, item, run.here.node)
    return total


@models("builtins.all", "builtins.any")
def all_(run: Interpreter, values: Value) -> Value:
    """Left unknown unless every element is decided."""
    return run.unknown(WhyUnknown.ARGUMENT, "a test of all elements")


@models("builtins.isinstance", "builtins.issubclass")
def isinstance_(run: Interpreter, value: Value, kinds: Value) -> Value:
    """Decided for constants, lists, dicts and tuples."""
    options = kinds if isinstance(kinds, tuple) else (kinds,)
    paths = [option.path for option in options if isinstance(option, Name)]
    if isinstance(value, Unknown | Expression) or len(paths) != len(options):
        return run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    found = run.object_at(value)
    own = {ListObject: "list", DictObject: "dict", SetObject: "set"}.get(type(found))
    if own is None and (is_constant(found) or isinstance(found, tuple)):
        own = type(found).__name__
    if isinstance(found, Array) and found.library == "numpy" and found.shape != Shape(()):
        own = "numpy.ndarray"
    if own is None:
        return run.unknown(WhyUnknown.ARGUMENT, "isinstance")
    names = {path.removeprefix("builtins.") for path in paths}
    known = {"int", "float", "str", "bool", "list", "tuple", "dict", "set", "bytes"}
    if own in names or (own == "bool" and "int" in names):
        return True
    return False if names <= known else run.unknown(WhyUnknown.ARGUMENT, "isinstance")


@models("builtins.hasattr")
def hasattr_(run: Interpreter, value: Value, name: Value) -> Value:
    """Left unknown, but for attributes that an instance surely has."""
    found = run.object_at(value)
    instance = found.instance if isinstance(found, SubclassObject) else found
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


@models("builtins.map")
def map_(run: Interpreter, function: Value, values: Value, *more: Value) -> Value:
    """The function's value for each element."""
    if more:
        return run.unknown(WhyUnknown.NOT_MODELLED, "map over several sequences")
    items, rest = elements(run, values)
    mapped = [run.call(function, Arguments((item,)), run.here.node) for item in items[:MAX_ITEMS]]
    others = None if rest is None else run.call(function, Arguments((rest,)), run.here.node)
    return run.allocate(ListObject(tuple(mapped), others))


@models("functools.partial")
def partial(run: Interpreter, function: Value, *given: Value, **keywords: Value) -> Value:
    """A callable with arguments already given."""
    return Partial(function, given, tuple(keywords.items()))


@models("functools.reduce", "builtins.reduce")
def reduce_(run: Interpreter, function: Value, values: Value, initial: Value = None) -> Value:
    """The function folded over known elements."""
    items, rest = elements(run, values)
    if initial is not None:
        items.insert(0, initial)
    if rest is not None or not items:
        return run.unknown(WhyUnknown.ARGUMENT, "reduce")
    total = items[0]
    for item in items[1:]:
        total = run.call(function, Arguments((total, item)), run.here.node)
    return total
