"""Cutting along one axis: splitting, deleting, inserting, padding, differences."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.bounds import MAX_VALUES
from flatlint.evaluation.iteration import elements
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.numpy.arrays import array_with
from flatlint.evaluation.libraries.numpy.asking import ask
from flatlint.evaluation.libraries.numpy.calls import Asked, bound
from flatlint.evaluation.libraries.numpy.question import (
    REFUSALS,
    Question,
    quiet,
    said,
    stand_in_array,
)
from flatlint.evaluation.libraries.numpy.reading import NOT_PLAIN, array_of, plain, size_of
from flatlint.evaluation.libraries.numpy.shaping import reshaped
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Unknown, WhyUnknown
from flatlint.shapes import UNFIXED, Dim, Shape

MOST = 64
"""Parts of a split that are told apart, and times that differences are taken."""
MAX_PARTS = 10_000
"""Parts of a split that numpy may be asked to make."""
MAX_AXIS = 2_000_000
"""Elements of an axis that numpy may be asked to cut without a look at its other axes."""


def _cut(name: str, parameters: str, array_name: str, default_axis: int | None) -> None:
    @models(f"numpy.{name}")
    @takes_arguments
    def cut(run: Interpreter, arguments: Arguments) -> Value:
        given = bound(Asked(name, parameters), arguments)
        if given is None or array_name not in given:
            return run.unknown(WhyUnknown.NOT_MODELLED, f"numpy.{name} with these arguments")
        array = array_of(run, given[array_name])
        axis = given.get("axis", default_axis)
        others = {key: value for key, value in given.items() if key not in (array_name, "axis")}
        return _along(run, name, array, axis, others)


def _along(
    run: Interpreter, name: str, array: Array, axis: Value, others: dict[str, Value]
) -> Value:
    options = {key: plain(run, value) for key, value in others.items() if key != "values"}
    inserted = array_of(run, others["values"]) if "values" in others else None
    if axis is None:
        flat = reshaped(run, array, (-1,))
        assert isinstance(flat, Array)
        array, axis = flat, 0
    operands = {**options, **({} if inserted is None else {"values": inserted})}
    is_known = array.values is not None and (inserted is None or inserted.values is not None)
    if is_known and NOT_PLAIN not in options.values():
        return ask(run, name, Question(getattr(np, name), (array,), {**operands, "axis": axis}))
    if isinstance(array.shape, Unknown) or not isinstance(axis, int):
        return array_with(run, _reason(run, array), array.dtype, name, [array])
    if not -array.shape.rank <= axis < array.shape.rank:
        text = f"axis {axis} is out of bounds for an array of {array.shape.rank} axes"
        unknown = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, text)
        return array_with(run, unknown, array.dtype, name, [array])
    size = array.shape[axis]
    left = _length_left(run, name, size, options)
    if isinstance(left, Unknown):
        return array_with(run, left, array.dtype, name, [array])
    return array_with(run, array.shape.with_axis(axis, left), array.dtype, name, [array])


def _reason(run: Interpreter, array: Array) -> Unknown:
    is_unknown = isinstance(array.shape, Unknown)
    return array.shape if is_unknown else run.unknown(WhyUnknown.ARGUMENT, "`axis`")  # type: ignore[return-value]


def _length_left(run: Interpreter, name: str, size: Dim, options: dict[str, Any]) -> Dim | Unknown:
    """The length of the axis afterwards, asked of numpy with nothing on any other axis."""
    if NOT_PLAIN in options.values():
        return UNFIXED
    function: Callable[..., npt.NDArray[Any]] = getattr(np, name)
    more = {"values": np.zeros((1, 0))} if name == "insert" else {}
    try:
        with quiet():
            if isinstance(size, int):
                if size > MAX_AXIS:
                    return UNFIXED
                return int(function(np.zeros((size, 0)), **options, **more, axis=0).shape[0])
            # Of an unknown size: what two long axes lose, any does.
            lengths = [
                function(np.zeros((long, 0)), **options, **more, axis=0).shape[0]
                for long in (1009, 1013)
            ]
    except REFUSALS as refusal:
        if isinstance(size, int):
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
        return UNFIXED
    changes = {lengths[0] - 1009, lengths[1] - 1013}
    return size + changes.pop() if len(changes) == 1 else UNFIXED


_cut("delete", "arr obj axis", "arr", None)
_cut("insert", "arr obj values axis", "arr", None)


@models("numpy.diff")
def diff(
    run: Interpreter,
    a: Value,
    n: Value = 1,
    axis: Value = -1,
    prepend: Value = None,
    append: Value = None,
) -> Value:
    """Differences of neighbours: one element less for each time."""
    array = array_of(run, a)
    if isinstance(n, int) and n > MOST:
        unknown = run.unknown(WhyUnknown.TOO_LARGE, "differences of differences")
        return array_with(run, unknown, array.dtype, "diff", [array])
    if prepend is not None or append is not None:
        unknown = run.unknown(WhyUnknown.NOT_MODELLED, "`prepend` and `append` of np.diff")
        return array_with(run, unknown, array.dtype, "diff", [array])
    result = _along(run, "diff", array, axis, {"n": n})
    if isinstance(result, Array) and result.values is None and array.dtype == "bool":
        return result
    return result


# --- padding ------------------------------------------------------------------------------------


@models("numpy.pad")
def pad(
    run: Interpreter, array: Value, pad_width: Value, mode: Value = "constant", **others: Value
) -> Value:
    """More elements before and behind, along each axis."""
    source = array_of(run, array)
    if isinstance(source.shape, Unknown):
        return array_with(run, source.shape, source.dtype, "pad", [source])
    width = plain(run, pad_width)
    if width is NOT_PLAIN:
        pairs = _open_pairs(run, source.shape.rank, pad_width)
    else:
        try:
            # numpy broadcasts the widths to a pair for each axis.
            counts = np.asarray(width).astype(int, casting="safe")
            pairs = np.broadcast_to(counts, (source.shape.rank, 2)).tolist()
        except REFUSALS as refusal:
            unknown = run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
            return array_with(run, unknown, source.dtype, "pad", [source])
    sizes = [
        size + before + behind for size, (before, behind) in zip(source.shape, pairs, strict=True)
    ]
    options = {key: plain(run, value) for key, value in others.items()}
    volume = Shape(tuple(sizes)).size
    is_whole = width is not NOT_PLAIN and NOT_PLAIN not in options.values()
    is_small = isinstance(volume, int) and volume <= MAX_VALUES
    if source.values is not None and is_whole and is_small and isinstance(mode, str):
        return ask(run, "pad", Question(np.pad, (source, width), {"mode": mode, **options}))
    return array_with(run, Shape(tuple(sizes)), source.dtype, "pad", [source])


def _open_pairs(run: Interpreter, rank: int, pad_width: Value) -> list[tuple[Dim, Dim]]:
    """What is added before and behind on each axis, where not all of it is known."""
    one = size_of(pad_width)
    if one is not None:
        return [(one, one)] * rank
    pairs, rest = elements(run, pad_width)
    found = [_open_pair(run, pair) for pair in pairs]
    if rest is None and len(found) == rank:
        return found
    return [(UNFIXED, UNFIXED)] * rank


def _open_pair(run: Interpreter, pair: Value) -> tuple[Dim, Dim]:
    widths, rest = elements(run, pair)
    if rest is not None or len(widths) != 2:
        return UNFIXED, UNFIXED
    before, behind = (size_of(width) for width in widths)
    return (UNFIXED if before is None else before), (UNFIXED if behind is None else behind)


# --- splitting ----------------------------------------------------------------------------------


def _splitter(name: str, default_axis: int) -> None:
    @models(f"numpy.{name}")
    def split(
        run: Interpreter, ary: Value, indices_or_sections: Value, axis: Value = default_axis
    ) -> Value:
        array = array_of(run, ary)
        cuts = plain(run, indices_or_sections)
        if isinstance(array.shape, Unknown) or not isinstance(axis, int) or cuts is NOT_PLAIN:
            part = array_with(run, _reason(run, array), array.dtype, name, [array])
            return run.allocate(ListObject((), part))
        return _parts(run, name, array, array.shape, cuts, axis)


def _parts(
    run: Interpreter, name: str, array: Array, shape: Shape, cuts: object, axis: int
) -> Value:
    if isinstance(cuts, int) and cuts > MAX_PARTS:
        return run.unknown(WhyUnknown.TOO_LARGE, "the parts of an array")
    function = getattr(np, name)
    options = {"axis": axis} if name in ("split", "array_split") else {}
    if array.values is not None:
        return ask(run, name, Question(function, (array, cuts), options))
    if shape.is_fixed:
        try:
            # Parts are views: they take no room.
            whole = stand_in_array(shape.dims, array.dtype)
            shapes = [Shape(part.shape) for part in islice(function(whole, cuts, **options), MOST)]
        except REFUSALS as refusal:
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, said(refusal))
    else:
        if not -shape.rank <= axis < shape.rank:
            return run.unknown(WhyUnknown.REFUSED_BY_NUMPY, f"no axis {axis} in {shape}")
        lengths = _lengths(name, shape[axis], cuts)
        shapes = [shape.with_axis(axis, length) for length in lengths]
    parts = [array_with(run, part, array.dtype, name, [array]) for part in shapes]
    return run.allocate(ListObject(tuple(parts)))


def _lengths(name: str, size: Dim, cuts: object) -> list[Dim]:
    """How long each part of an axis is whose size is no number."""
    if isinstance(cuts, tuple) and all(isinstance(cut, int) and cut >= 0 for cut in cuts):
        ends = [0, *cuts]
        middle: list[Dim] = [after - before for before, after in pairwise(ends)]
        return [*middle, size - ends[-1]]
    if isinstance(cuts, int) and 0 < cuts <= MOST:
        return [UNFIXED if name == "array_split" else size // cuts] * cuts
    return [UNFIXED] * (len(cuts) + 1 if isinstance(cuts, tuple) else 1)


for _name, _axis in (("split", 0), ("array_split", 0), ("vsplit", 0), ("hsplit", 1), ("dsplit", 2)):
    _splitter(_name, _axis)
