"""Calls of numpy that numpy answers: which of their arguments are arrays, lists, sizes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from flatlint.evaluation.base import Arguments, Interpreter, method, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import array_with, bounds_of, without_values
from flatlint.evaluation.libraries.numpy.asking import Bounds, ask
from flatlint.evaluation.libraries.numpy.element_types import dtype_of, type_named
from flatlint.evaluation.libraries.numpy.question import Question, Size
from flatlint.evaluation.libraries.numpy.reading import (
    NOT_PLAIN,
    array_of,
    items_of,
    plain,
    stacked,
)
from flatlint.evaluation.libraries.numpy.writing import overwrite
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Expression, Shape


@dataclass(frozen=True)
class Asked:
    """A function of numpy's: its parameters in order, and what they take."""

    name: str
    parameters: str
    """Names in order; `*` before one that takes all further positional arguments."""
    arrays: str = "a"
    lists: str = ""
    """Parameters that take a list of arrays."""
    sizes: str = ""
    """Parameters whose numbers decide sizes."""
    loose: str = ""
    """Parameters that change no shape, and for which any number does where they are not known."""
    multiplies: bool = False
    function: Callable[..., object] | None = None

    @property
    def what(self) -> str:
        """The name without its module."""
        return self.name.rpartition(".")[2]

    @property
    def of_numpy(self) -> Callable[..., object] | None:
        """numpy's own function, `None` if this numpy has it no more."""
        if self.function is not None:
            return self.function
        found: object = np
        for part in self.name.split("."):
            found = getattr(found, part, None)
        return found if callable(found) else None


IGNORED = frozenset({"order", "casting", "subok", "out", "overwrite_input", "copy", "optimize",
                     "like", "stable", "kind"})  # fmt: skip
"""Parameters that change neither shape nor values."""
KEEPING = frozenset(
    [
        "sort",
        "flip",
        "fliplr",
        "flipud",
        "roll",
        "rot90",
        "expand_dims",
        "squeeze",
        "transpose",
        "permute_dims",
        "swapaxes",
        "matrix_transpose",
        "moveaxis",
        "rollaxis",
        "atleast_1d",
        "atleast_2d",
        "atleast_3d",
        "stack",
        "vstack",
        "hstack",
        "row_stack",
        "dstack",
        "column_stack",
        "concatenate",
        "concat",
        "append",
        "tile",
        "repeat",
        "broadcast_to",
    ]
)
"""Functions whose result has the elements of the arrays and no others, each at least once."""
NUMBERS = frozenset({"repeats", "n", "bins", "N"})
"""Parameters among those that decide sizes that are one number, whatever it is."""
MOST_AXES = 64
"""More axes no array has."""
LOOSE = frozenset({"where", "initial", "range"})
"""Parameters that change no shape and may be left away: not known, they cost the values only."""


def register(asked: Asked) -> None:
    """Model a function under its name."""

    @models(f"numpy.{asked.name}")
    @takes_arguments
    def model(run: Interpreter, arguments: Arguments) -> Value:
        return answer(run, asked, arguments)


def answer(run: Interpreter, asked: Asked, arguments: Arguments) -> Value:
    """What a call gives."""
    function = asked.of_numpy
    given = bound(asked, arguments)
    if function is None or given is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"numpy.{asked.name} with these arguments")
    if isinstance(out := given.get("out"), Array):
        overwrite(run, out, without_values(out))
    question = _question(run, asked, function, given)
    if isinstance(question, Unknown):
        return array_with(run, question, None, asked.what)
    arrays = [leaf for leaf in question.leaves() if isinstance(leaf, Array)]
    bounds: Bounds = bounds_of(arrays) if asked.what in KEEPING and arrays else (None, None)
    return ask(run, asked.what, question, bounds)


def bound(asked: Asked, arguments: Arguments) -> Mapping[str, Value] | None:
    """Each parameter that is given with its value; `None` where the call does not fit."""
    if arguments.is_open:
        return None
    given: dict[str, Value] = {}
    names = asked.parameters.split()
    for position, value in enumerate(arguments.positional):
        if position >= len(names):
            return None
        if names[position].startswith("*"):
            given[names[position][1:]] = arguments.positional[position:]
            break
        given[names[position]] = value
    plain_names = {name.lstrip("*") for name in names}
    for name, value in arguments.keywords.items():
        if name not in plain_names or name in given:
            return None
        given[name] = value
    return given


def _question(
    run: Interpreter, asked: Asked, function: Callable[..., object], given: Mapping[str, Value]
) -> Question | Unknown:
    operands: list[object] = []
    options: dict[str, object] = {}
    is_loose = False
    names = asked.parameters.split()
    by_position = True
    for name in names:
        is_star = name.startswith("*")
        name = name.lstrip("*")
        if name not in given or name in IGNORED:
            by_position = False
            continue
        # Arrays may have to stand by position, other arguments by name.
        by_position = by_position and name in f"{asked.arrays} {asked.lists}".split()
        operand = _operand(run, asked, name, given[name])
        if isinstance(operand, Unknown) and name in LOOSE.union(asked.loose.split()):
            is_loose = True
            if name in LOOSE:
                by_position = False
                continue
            operand = 1
        if isinstance(operand, Unknown):
            return operand
        if is_star:
            assert isinstance(operand, tuple | list)
            operands += operand
        elif by_position:
            operands.append(operand)
        else:
            options[name] = operand
    question = Question(function, tuple(operands), options, asked.multiplies)
    return question.without_values() if is_loose else question


def _operand(run: Interpreter, asked: Asked, name: str, value: Value) -> object:
    if name in asked.arrays.split():
        return array_of(run, value)
    if name in asked.lists.split():
        return _list_of_arrays(run, value)
    if name in asked.sizes.split():
        size = size_argument(run, value)
        return Size(UNFIXED) if isinstance(size, Unknown) and name in NUMBERS else size
    if name == "dtype":
        named = type_named(dtype_of(run, value))
        if named is None and value is not None:
            return run.unknown(WhyUnknown.ARGUMENT, "`dtype`")
        return named
    argument = plain(run, value)
    if isinstance(argument, tuple) and name.startswith("ax") and len(argument) > MOST_AXES:
        return run.unknown(WhyUnknown.TOO_LARGE, f"`{name}`")
    if argument is NOT_PLAIN:
        found = run.object_at(value)
        if isinstance(found, Unknown):
            return found
        return run.unknown(WhyUnknown.ARGUMENT, f"`{name}`")
    return argument


def _list_of_arrays(run: Interpreter, value: Value) -> object:
    found = run.object_at(value)
    if isinstance(found, Array | Unknown):
        return array_of(run, found)
    items, rest = items_of(run, value)
    arrays = [array_of(run, item) for item in items]
    if not arrays and rest is None:
        # More likely filled where flatlint did not see it.
        return run.unknown(WhyUnknown.ARGUMENT, "an empty list of arrays")
    if rest is None:
        return arrays
    # A list of unknown length: as one array with the list as its first axis.
    return stacked(run, [*arrays, array_of(run, rest)], UNFIXED)


def size_argument(run: Interpreter, value: Value) -> object:
    """Numbers that decide sizes, in a nest, each marked as such."""
    found = run.object_at(value)
    if isinstance(found, Expression):
        return Size(found)
    if isinstance(found, Unknown):
        return found
    if isinstance(found, Array) and found.values is None:
        is_number = found.shape == Shape(())
        return Size(UNFIXED) if is_number else run.unknown(WhyUnknown.ARGUMENT, "a size")
    if isinstance(found, ListObject) and found.rest is None:
        found = found.items
    if isinstance(found, tuple):
        parts = [size_argument(run, part) for part in found]
        return tuple(Size(UNFIXED) if isinstance(part, Unknown) else part for part in parts)
    argument = plain(run, found)
    if argument is NOT_PLAIN:
        return run.unknown(WhyUnknown.ARGUMENT, "a size")
    return marked(argument)


def marked(argument: object) -> object:
    """Whole numbers above 1 as sizes that others may stand in for."""
    if isinstance(argument, tuple):
        return tuple(map(marked, argument))
    is_size = isinstance(argument, int) and not isinstance(argument, bool) and argument > 1
    return Size(argument) if is_size else argument  # type: ignore[arg-type]


def register_method(asked: Asked, name: str) -> None:
    """Model a method of arrays, whose parameters behind the array are those of the function."""

    @method(Array, name)
    @takes_arguments
    def model(run: Interpreter, arguments: Arguments) -> Value:
        return answer(run, asked, arguments)


def fits(function: Callable[..., object], names: str) -> bool:
    """Whether numpy's function has exactly these parameters; `True` if numpy does not say."""
    try:
        own = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return True
    return set(names.replace("*", "").split()) == set(own)
