"""Functions of Keras and TensorFlow that arrange the axes of tensors."""

from __future__ import annotations

from typing import TypeGuard

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.functions.elementwise import lost, paths
from flatlint.evaluation.libraries.keras.operations.borrowing import borrow
from flatlint.evaluation.libraries.keras.operations.recording import operation, refused
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Value, value_size
from flatlint.graph import Tensor, Unknown, WhyUnknown
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape, product


@models(*paths("reshape"))
def reshape(
    run: Interpreter,
    x: Value = None,
    shape: Value = None,
    tensor: Value = None,
    newshape: Value = None,
    **_: Value,
) -> Value:
    """A size that is `None` or not known stays open."""
    given = x if x is not None else tensor
    sizes = as_tuple(run, shape if shape is not None else newshape)
    if isinstance(given, Tensor) and isinstance(run.object_at(sizes), ListObject | Many):
        unknown = run.unknown(WhyUnknown.ARGUMENT, "the number of axes")
        return operation(run, "reshape", [given], unknown)
    if isinstance(given, Tensor) and isinstance(sizes, tuple):
        return _reshaped(run, given, sizes)
    return borrow(run, "reshape", "reshape", [given, sizes])


def _reshaped(run: Interpreter, tensor: Tensor, sizes: tuple[Value, ...]) -> Value:
    if any(size is None or isinstance(size, Unknown | Tensor) for size in sizes):
        # A size read off the tensor while it runs: the batch, mostly. A -1 beside it is not known.
        dims: list[Dim] = [_open_size(size) for size in sizes]
        return operation(run, "reshape", [tensor], Shape(tuple(dims)))
    is_open = isinstance(tensor.shape, Shape) and any(isinstance(s, Open) for s in tensor.shape)
    if is_open and _are_numbers(sizes) and min(sizes, default=0) >= -1 and sizes.count(-1) <= 1:
        # Nothing is counted where an axis is open: the -1 is as open as that axis.
        shape = Shape(tuple(OPEN if size == -1 else size for size in sizes))
        return operation(run, "reshape", [tensor], shape)
    return borrow(run, "reshape", "reshape", [tensor, sizes])


def _open_size(value: Value) -> Dim:
    if value is None:
        return OPEN
    size = value_size(value)
    return UNFIXED if size is None or size == -1 else size


@models(*paths("transpose", also=["keras.backend.permute_dimensions"]))
def transpose(
    run: Interpreter,
    x: Value = None,
    perm: Value = None,
    axes: Value = None,
    pattern: Value = None,
    a: Value = None,
    **_: Value,
) -> Value:
    """The axes in another order."""
    order = next((value for value in (perm, axes, pattern) if value is not None), None)
    given = x if x is not None else a
    places = as_tuple(run, order)
    if isinstance(given, Tensor) and isinstance(given.shape, Shape) and _are_numbers(places):
        rank = given.shape.rank
        if len(places) == rank and all(-rank <= place < rank for place in places):
            # That an axis is named twice, TensorFlow notices only when there is data.
            turned = Shape(tuple(given.shape[place] for place in places))
            return operation(run, "transpose", [given], turned)
        if rank:
            return refused(
                run,
                "transpose",
                [given],
                f"transpose is told the order {places} for {given.shape} with its {rank} axes",
                f"Dimension must be {len(places)} but is {rank}",
            )
    return borrow(run, "transpose", "transpose", [given], {"axes": order})


def _are_numbers(places: object) -> TypeGuard[tuple[int, ...]]:
    return isinstance(places, tuple) and all(isinstance(place, int) for place in places)


@models(*paths("expand_dims"))
def expand_dims(
    run: Interpreter, x: Value = None, axis: Value = -1, input: Value = None, **_: Value
) -> Value:
    """An axis of size 1 is added."""
    return borrow(run, "expand_dims", "expand_dims", [x if x is not None else input, axis])


@models(*paths("squeeze"))
def squeeze(
    run: Interpreter, x: Value = None, axis: Value = None, input: Value = None, **_: Value
) -> Value:
    """Axes of size 1 are taken away."""
    given = x if x is not None else input
    if isinstance(given, Tensor) and isinstance(given.shape, Shape) and isinstance(axis, int):
        rank = given.shape.rank
        size = given.shape[axis] if -rank <= axis < rank else None
        if size is None or (isinstance(size, int) and size != 1):
            found = f"which {given.shape} lacks" if size is None else f"of size {size}"
            return refused(
                run,
                "squeeze",
                [given],
                f"squeeze is to take axis {axis} away, {found}",
                f"Can not squeeze dim[{axis}], expected a dimension of 1",
            )
    return borrow(run, "squeeze", "squeeze", [given], {"axis": axis})


@models(*paths("tile"))
def tile(
    run: Interpreter,
    x: Value = None,
    repeats: Value = None,
    multiples: Value = None,
    n: Value = None,
    input: Value = None,
    **_: Value,
) -> Value:
    """Each axis repeated."""
    times = next((value for value in (repeats, multiples, n) if value is not None), None)
    return borrow(run, "tile", "tile", [x if x is not None else input, times])


@models(*paths("repeat_elements"))
def repeat_elements(run: Interpreter, x: Value, rep: Value, axis: Value) -> Value:
    """One axis with each element repeated."""
    return borrow(run, "repeat", "repeat", [x, rep], {"axis": axis})


@models("tensorflow.repeat", "keras.ops.repeat")
def repeat(
    run: Interpreter,
    x: Value = None,
    repeats: Value = None,
    axis: Value = None,
    input: Value = None,
    **_: Value,
) -> Value:
    """One axis with each element repeated."""
    given = x if x is not None else input
    return borrow(run, "repeat", "repeat", [given, repeats], {"axis": axis})


@models("keras.backend.repeat")
def repeat_vector(run: Interpreter, x: Value, n: Value) -> Value:
    """`(batch, features)` becomes `(batch, n, features)`."""
    size = value_size(n)
    if isinstance(x, Tensor) and isinstance(x.shape, Shape) and x.shape.rank == 2 and size:
        return operation(run, "repeat", [x], Shape((x.shape[0], size, x.shape[1])))
    return _rank_refused(run, "repeat", x, 2) or lost(run, "repeat")


def _rank_refused(run: Interpreter, name: str, given: Value, rank: int) -> Value | None:
    """The refused tensor, if it has not the rank that the function of the backend takes."""
    shape = given.shape if isinstance(given, Tensor) else None
    if not isinstance(given, Tensor) or not isinstance(shape, Shape) or shape.rank == rank:
        return None
    said = f"{name} takes tensors of rank {rank} (batch axis included), not {shape}"
    return refused(run, name, [given], said, f"Rank {shape.rank} is not {rank}: {shape}")


@models("keras.backend.temporal_padding")
def temporal_padding(run: Interpreter, x: Value, padding: Value = (1, 1)) -> Value:
    """More steps before and after."""
    return _widened(run, "temporal_padding", x, (padding,), "channels_last")


@models("keras.backend.spatial_2d_padding")
def spatial_2d_padding(
    run: Interpreter, x: Value, padding: Value = ((1, 1), (1, 1)), data_format: Value = None
) -> Value:
    """Wider and higher images."""
    margins = padding if isinstance(padding, tuple) else ()
    return _widened(run, "spatial_2d_padding", x, margins, data_format or run.image_data_format)


def _widened(
    run: Interpreter, name: str, x: Value, margins: tuple[Value, ...], data_format: Value
) -> Value:
    """Space with its margins, the batch and the channels without."""
    if data_format not in ("channels_last", "channels_first") or not margins:
        return lost(run, name)
    rank = len(margins) + 2
    where = 2 if data_format == "channels_first" else 1
    widths = [(0, 0)] * rank
    widths[where : where + len(margins)] = margins  # type: ignore[assignment]
    return _rank_refused(run, name, x, rank) or borrow(run, name, "pad", [x, tuple(widths)])


@models("keras.backend.batch_flatten")
def batch_flatten(run: Interpreter, x: Value) -> Value:
    """Everything but the batch axis in one.

    Keras counts its size while the model runs: before, both axes are open unless no axis of the
    tensor is (`batch_flatten` in tf_keras/src/backend.py).
    """
    if not isinstance(x, Tensor) or not isinstance(x.shape, Shape) or not x.shape.rank:
        return borrow(run, "reshape", "reshape", [x, (-1, 1)])
    if any(isinstance(size, Open) for size in x.shape):
        return operation(run, "reshape", [x], Shape((OPEN, OPEN)))
    return operation(run, "reshape", [x], Shape((x.shape[0], product(x.shape[1:]))))


@models("keras.backend.flatten")
def flatten(run: Interpreter, x: Value) -> Value:
    """Everything in one axis, the batch included."""
    return borrow(run, "reshape", "reshape", [x, (-1,)])


@models(*paths("pad"))
def pad(
    run: Interpreter,
    x: Value = None,
    pad_width: Value = None,
    paddings: Value = None,
    tensor: Value = None,
    **_: Value,
) -> Value:
    """Each axis widened on both sides."""
    given = x if x is not None else tensor
    widths = pad_width if pad_width is not None else paddings
    return borrow(run, "pad", "pad", [given, widths])
