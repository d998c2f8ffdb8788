"""Functions of Keras and TensorFlow that arrange the axes of tensors."""

from __future__ import annotations

from typing import TypeGuard

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.bounds import MAX_ITEMS
from flatlint.evaluation.libraries.keras.borrowing import borrow
from flatlint.evaluation.libraries.keras.functions import lost, paths
from flatlint.evaluation.libraries.keras.inputs import shape_argument
from flatlint.evaluation.libraries.keras.operations import operation, refused
from flatlint.evaluation.libraries.keras.tensors import arithmetic
from flatlint.evaluation.objects import ListObject
from flatlint.evaluation.values import Many, Value, shape_value, value_size
from flatlint.graph import Array, Made, Tensor, Unknown
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
    wanted = run.object_at(shape if shape is not None else newshape)
    sizes = wanted.items if isinstance(wanted, ListObject) else wanted
    if isinstance(given, Tensor) and isinstance(sizes, tuple):
        return _reshaped(run, given, sizes)
    return borrow(run, "reshape", "reshape", [given, sizes])


def _reshaped(run: Interpreter, tensor: Tensor, sizes: tuple[Value, ...]) -> Value:
    if any(size is None or isinstance(size, Unknown | Tensor) for size in sizes):
        # A size read off the tensor while it runs: the batch, mostly. A -1 beside it is not known.
        dims: list[Dim] = [_open_size(size) for size in sizes]
        return operation(run, "reshape", [tensor], Shape(tuple(dims)))
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
    held = run.object_at(order)
    places = held.items if isinstance(held, ListObject) else held
    if isinstance(given, Tensor) and isinstance(given.shape, Shape) and _are_numbers(places):
        rank = given.shape.rank
        if sorted(place % rank if rank else place for place in places) != list(range(rank)):
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


@models(*paths("concat"), *paths("concatenate"))
def concatenate(
    run: Interpreter,
    values: Value = None,
    axis: Value = -1,
    tensors: Value = None,
    xs: Value = None,
    **_: Value,
) -> Value:
    """Tensors put together along an axis."""
    given = next((value for value in (values, tensors, xs) if value is not None), None)
    joined = borrow(run, "concat", "concatenate", [given], {"axis": axis})
    return _unless_opened(run, joined, given)


def _all_alike(run: Interpreter, given: Value) -> Value:
    """Tensors with an axis unfixed wherever it is open in some of them only."""
    held = run.object_at(given)
    parts = held.items if isinstance(held, ListObject) else given
    if not isinstance(parts, tuple):
        return given
    return tuple(
        _unless_opened(run, part, parts) if isinstance(part, Tensor) else part for part in parts
    )


def _unless_opened(run: Interpreter, joined: Value, given: Value) -> Value:
    """The eras differ in an axis that is open in one tensor and a number in another."""
    held = run.object_at(given)
    parts = held.items if isinstance(held, ListObject) else given
    shapes = [p.shape for p in parts if isinstance(p, Tensor)] if isinstance(parts, tuple) else []
    known = [shape for shape in shapes if isinstance(shape, Shape)]
    if not isinstance(joined, Tensor) or not isinstance(joined.shape, Shape) or not known:
        return joined
    mixed = {
        axis
        for axis in range(joined.shape.rank)
        if len({isinstance(shape[axis], Open) for shape in known if axis < shape.rank}) > 1
    }
    dims = (UNFIXED if axis in mixed else size for axis, size in enumerate(joined.shape))
    return Tensor(Shape(tuple(dims)), joined.made_by, joined.index, joined.dtype)


@models(*paths("stack"))
def stack(
    run: Interpreter, values: Value = None, axis: Value = 0, x: Value = None, **_: Value
) -> Value:
    """Tensors put together along a new axis."""
    given = values if values is not None else x
    return borrow(run, "stack", "stack", [_all_alike(run, given)], {"axis": axis})


@models("tensorflow.split", "tensorflow.math.split", "keras.backend.split")
def split(
    run: Interpreter, value: Value, num_or_size_splits: Value, axis: Value = 0, **_: Value
) -> Value:
    """TensorFlow takes sizes where numpy takes places to cut at."""
    sizes = run.object_at(num_or_size_splits)
    if isinstance(sizes, ListObject):
        cuts, total = [], 0
        for size in sizes.items[:-1]:
            if not isinstance(size, int):
                return lost(run, "split")
            total += size
            cuts.append(total)
        return borrow(run, "split", "split", [value, tuple(cuts)], {"axis": axis})
    return borrow(run, "split", "split", [value, num_or_size_splits], {"axis": axis})


@models("keras.ops.split", "keras.ops.numpy.split")
def split_at(run: Interpreter, x: Value, indices_or_sections: Value, axis: Value = 0) -> Value:
    """`keras.ops.split` takes places to cut at, as numpy does."""
    held = run.object_at(indices_or_sections)
    places = held.items if isinstance(held, ListObject) else indices_or_sections
    return borrow(run, "split", "split", [x, places], {"axis": axis})


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
    return lost(run, "repeat")


@models(*paths("matmul"))
def matmul(
    run: Interpreter,
    a: Value = None,
    b: Value = None,
    transpose_a: Value = False,
    transpose_b: Value = False,
    x1: Value = None,
    x2: Value = None,
    **_: Value,
) -> Value:
    """The product of the last two axes."""
    left, right = (a if a is not None else x1), (b if b is not None else x2)
    left = _swapped(run, left) if transpose_a is True else left
    right = _swapped(run, right) if transpose_b is True else right
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return arithmetic(run, "@", left, right, run.here.node)
    return borrow(run, "matmul", "matmul", [left, right])


def _swapped(run: Interpreter, value: Value) -> Value:
    return borrow(run, "transpose", "swapaxes", [value, -1, -2])


@models("keras.backend.dot", "keras.ops.dot", "keras.ops.numpy.dot")
def dot(run: Interpreter, x: Value, y: Value, **_: Value) -> Value:
    """The last axis of `x` against the one before the last of `y`."""
    shapes = [value.shape for value in (x, y) if isinstance(value, Tensor | Array)]
    known = [shape for shape in shapes if isinstance(shape, Shape) and shape.rank > 1]
    if len(known) != 2:
        return lost(run, "dot")
    left, right = known
    tensors = [value for value in (x, y) if isinstance(value, Tensor)]
    output = Shape((*left[:-1], *right[:-2], right[-1]))
    return operation(run, "dot", tensors, output) if tensors else Array(output, "float32")


@models("keras.ops.einsum", "tensorflow.einsum", "keras.ops.numpy.einsum")
def einsum(run: Interpreter, equation: Value, *operands: Value, **_: Value) -> Value:
    """Axes by their letters; an equation without an arrow or with dots is left unknown."""
    if not isinstance(equation, str) or "->" not in equation or "." in equation:
        return lost(run, "einsum")
    terms, _arrow, wanted = equation.replace(" ", "").partition("->")
    sizes: dict[str, Dim] = {}
    for letters, operand in zip(terms.split(","), operands, strict=False):
        shape = operand.shape if isinstance(operand, Tensor | Array) else None
        if not isinstance(shape, Shape) or shape.rank != len(letters):
            return lost(run, "einsum")
        for letter, size in zip(letters, shape, strict=True):
            if not isinstance(sizes.get(letter), int):
                sizes[letter] = size
    if any(letter not in sizes for letter in wanted):
        return lost(run, "einsum")
    tensors = [operand for operand in operands if isinstance(operand, Tensor)]
    output = Shape(tuple(sizes[letter] for letter in wanted))
    return operation(run, "einsum", tensors, output) if tensors else Array(output, "float32")


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


@models(*paths("gather"))
def gather(
    run: Interpreter,
    params: Value = None,
    indices: Value = None,
    axis: Value = 0,
    x: Value = None,
    reference: Value = None,
    **_: Value,
) -> Value:
    """Rows picked by number; an index that is a tensor leaves its own axes in their place."""
    given = next((value for value in (params, x, reference) if value is not None), None)
    source = given.shape if isinstance(given, Tensor | Array) else None
    picks = indices.shape if isinstance(indices, Tensor | Array) else None
    if isinstance(source, Shape) and isinstance(picks, Shape) and isinstance(axis, int):
        where = axis % max(source.rank, 1)
        tensors = [value for value in (given, indices) if isinstance(value, Tensor)]
        shape = Shape((*source[:where], *picks, *source[where + 1 :]))
        return operation(run, "gather", tensors, shape)
    return borrow(run, "gather", "take", [given, indices], {"axis": axis})


@models("keras.ops.take", "keras.ops.numpy.take")
def take(run: Interpreter, x: Value, indices: Value, axis: Value = None) -> Value:
    """Without an axis the elements are laid out in one, as numpy does it."""
    if axis is not None:
        return gather(run, x, indices, axis)
    picks = borrow(run, "take", "asarray", [indices])
    if isinstance(x, Tensor) and isinstance(picks, Array | Tensor):
        shape = picks.shape
        return operation(run, "take", [x], shape) if isinstance(shape, Shape) else Tensor(shape)
    return lost(run, "take")


@models(*paths("one_hot"))
def one_hot(
    run: Interpreter,
    indices: Value = None,
    depth: Value = None,
    num_classes: Value = None,
    x: Value = None,
    axis: Value = -1,
    **_: Value,
) -> Value:
    """An axis of `depth` at the end."""
    given = indices if indices is not None else x
    size = value_size(depth if depth is not None else num_classes)
    if isinstance(given, Tensor | Array) and isinstance(given.shape, Shape) and axis == -1:
        shape = Shape((*given.shape, UNFIXED if size is None else size))
        if isinstance(given, Tensor):
            return operation(run, "one_hot", [given], shape)
        return Array(
            shape, "float32", made=Made("one_hot", run.here, (given,)), library="tensorflow"
        )
    return lost(run, "one_hot")


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


@models("tensorflow.shape", "keras.backend.shape", "keras.ops.shape")
def shape(run: Interpreter, x: Value = None, input: Value = None, **_: Value) -> Value:
    """The sizes, `None` for those that are known only while the model runs."""
    given = x if x is not None else input
    if isinstance(given, Tensor | Array) and isinstance(given.shape, Shape):
        return shape_value(given.shape)
    return given.shape if isinstance(given, Tensor | Array) else lost(run, "shape")


@models("tensorflow.TensorShape", "tensorflow.Dimension", "tensorflow.compat.v1.Dimension")
def tensor_shape(run: Interpreter, dims: Value = None) -> Value:
    """A shape as an object: what it is made of."""
    held = run.object_at(dims)
    return held.items if isinstance(held, ListObject) and held.rest is None else dims


@models("tensorflow.unstack", "keras.ops.unstack")
def unstack(
    run: Interpreter, value: Value = None, num: Value = None, axis: Value = 0, x: Value = None
) -> Value:
    """The parts along an axis as a list."""
    given = value if value is not None else x
    shape = given.shape if isinstance(given, Tensor | Array) else None
    if not isinstance(shape, Shape) or not isinstance(axis, int):
        return lost(run, "unstack")
    if not -shape.rank <= axis < shape.rank:
        return lost(run, "unstack")
    where = axis % shape.rank
    rest = Shape((*shape[:where], *shape[where + 1 :]))
    count = shape[where] if num is None else num
    if isinstance(given, Array):
        part: Value = Array(rest, given.dtype, library="tensorflow")
    else:
        assert isinstance(given, Tensor)
        part = operation(run, "unstack", [given], rest)
    if isinstance(count, int) and count <= MAX_ITEMS:
        return run.allocate(ListObject((part,) * count))
    return Many(part)


@models("tensorflow.rank", "keras.backend.ndim", "keras.ops.ndim")
def ndim(run: Interpreter, x: Value) -> Value:
    """The number of axes."""
    if isinstance(x, Tensor | Array) and isinstance(x.shape, Shape):
        return x.shape.rank
    return lost(run, "ndim")


@models("tensorflow.image.resize", "tensorflow.image.resize_images", "keras.ops.image.resize",
        "tensorflow.image.resize_bilinear", "tensorflow.compat.v1.image.resize_bilinear",
        "tensorflow.image.resize_nearest_neighbor")  # fmt: skip
def resize(run: Interpreter, images: Value, size: Value, *_: Value, **__: Value) -> Value:
    """Height and width become `size`."""
    wanted = shape_argument(run, size)
    source = images.shape if isinstance(images, Tensor | Array) else None
    if not isinstance(source, Shape) or not isinstance(wanted, Shape):
        return lost(run, "resize")
    if wanted.rank == 2 and source.rank >= 3:
        dims = Shape((*source[:-3], *wanted, source[-1]))
        if isinstance(images, Tensor):
            return operation(run, "resize", [images], dims)
        assert isinstance(images, Array)
        made = Made("resize", run.here, (images,))
        return Array(dims, "float32", made=made, library="tensorflow")
    return lost(run, "resize")


@models("keras.backend.resize_images")
def resize_images(
    run: Interpreter,
    x: Value,
    height_factor: Value,
    width_factor: Value,
    data_format: Value = "channels_last",
    **_: Value,
) -> Value:
    """Height and width multiplied."""
    high, wide = value_size(height_factor), value_size(width_factor)
    if high is None or wide is None or data_format != "channels_last":
        return lost(run, "resize_images")
    if not isinstance(x, Tensor) or not isinstance(x.shape, Shape) or x.shape.rank != 4:
        return lost(run, "resize_images")
    batch, height, width, channels = x.shape
    return operation(run, "resize", [x], Shape((batch, height * high, width * wide, channels)))


@models("keras.backend.random_normal", "keras.backend.random_uniform", "keras.random.normal",
        "keras.random.uniform", "keras.ops.zeros", "keras.ops.ones", "keras.ops.full",
        "keras.backend.zeros", "keras.backend.ones", "keras.backend.truncated_normal")  # fmt: skip
def filled(run: Interpreter, shape: Value, *_: Value, **__: Value) -> Value:
    """A tensor of a given shape."""
    known = shape_argument(run, shape)
    if isinstance(known, Shape):
        return Tensor(known)
    unknown = known.origin if isinstance(known.origin, Unknown) else lost(run, "shape")
    return Tensor(unknown)
