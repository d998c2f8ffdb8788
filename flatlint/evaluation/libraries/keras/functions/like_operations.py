"""Functions of TensorFlow and of the old backend that do to shapes what an operation does.

What the operation refuses the function refuses too.
"""

from __future__ import annotations

from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.operations import OPERATIONS
from flatlint.catalogue.operations.elementwise import broadcast
from flatlint.catalogue.operations.images import picture
from flatlint.catalogue.operations.matrices import lesser
from flatlint.catalogue.operations.operands import matrix
from flatlint.catalogue.operations.registry import Operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter, models
from flatlint.evaluation.libraries import takes_arguments
from flatlint.evaluation.libraries.keras.functions.elementwise import lost, same_shape
from flatlint.evaluation.libraries.keras.nesting import tensors_among
from flatlint.evaluation.libraries.keras.operations.counterparts import (
    COUNTERPARTS,
    Counterpart,
    is_written_out,
)
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.values import Value
from flatlint.shapes import Shape, are_alike, are_equal

SAME_SHAPE = {
    "tensorflow": "acos acosh asin asinh atan atanh sort argsort roll",
    "tensorflow.math": "acos acosh asin asinh atan atanh erfc lgamma digamma is_finite is_inf "
    "reciprocal_no_nan bessel_i0",
    "tensorflow.image": "flip_left_right flip_up_down random_flip_left_right random_flip_up_down "
    "per_image_standardization adjust_brightness adjust_contrast adjust_hue adjust_saturation "
    "random_brightness random_contrast random_hue random_saturation adjust_gamma",
    "tensorflow.linalg": "band_part",
    "tensorflow.nn": "local_response_normalization lrn",
    "keras.backend": "print_tensor",
}
"""Home -> its functions whose result has the shape of their first argument."""

for _home, _names in SAME_SHAPE.items():
    for _name in _names.split():
        models(f"{_home}.{_name}")(same_shape(_name))


def _like(path: str, found: str | Operation, theirs: str, parameters: str, **more: object) -> None:
    """Register that `path` does with `parameters` what the operation does with `theirs`."""
    name = path.rpartition(".")[2]
    does = OPERATIONS[found] if isinstance(found, str) else found
    counterpart = Counterpart(
        does, tuple(theirs.split()), tuple(parameters.split()), more, is_written_out
    )
    COUNTERPARTS[path] = counterpart

    @models(path)
    @takes_arguments
    def model(run: Interpreter, arguments: Arguments) -> Value:
        tensors = tensors_among(run, (*arguments.positional, *arguments.keywords.values()))
        output = counterpart.output(run, arguments) if tensors else None
        return lost(run, name) if output is None else operation(run, name, tensors, output)


def _met(left: object, right: object) -> Shape:
    return broadcast("the function", _shape(left), _shape(right))


def _shape(value: object) -> Shape:
    if isinstance(value, Shape):
        return value
    if isinstance(value, int | float):
        return Shape(())
    raise NotKnown("an operand that is neither a tensor nor a number")


def _turned(x: object) -> Shape:
    shape = matrix("the function", x)
    return Shape((*shape[:-2], shape[-1], shape[-2]))


def _spread_over_diagonal(x: object) -> Shape:
    shape = _shape(x)
    return Shape((*shape, *shape[-1:]))


def _diagonal(x: object) -> Shape:
    shape = matrix("the function", x)
    return Shape((*shape[:-2], lesser(shape[-2], shape[-1])))


def _for_each_matrix(x: object) -> Shape:
    return Shape(matrix("the function", x)[:-2])


def _for_each_square(x: object) -> Shape:
    shape = matrix("the function", x)
    if are_equal(shape[-2], shape[-1]) is False:
        raise ShapeConflict(
            f"the matrices of {shape} have {shape[-2]} rows and {shape[-1]} columns",
            f"Dimensions must be equal, but are {shape[-1]} and {shape[-2]}",
        )
    return Shape(shape[:-2])


def _pooled(
    x: object,
    pool_size: object,
    strides: object,
    padding: object,
    data_format: object = "channels_last",
    pool_mode: object = "max",
) -> ShapeTree:
    shape = _shape(x)
    if shape.rank != 4:
        raise ShapeConflict(
            f"images have 4 axes, the batch axis too, and {shape} has {shape.rank}",
            f"Shape must be rank 4 but is rank {shape.rank}",
        )
    return OPERATIONS["max_pool"](shape, pool_size, strides, padding, data_format)


def _pictures_turned(x: object) -> Shape:
    shape = picture("transpose", x)
    return Shape((*shape[:-3], shape[-2], shape[-3], shape[-1]))


def _resized(x: object, height: object, width: object) -> ShapeTree:
    return OPERATIONS["image.resize"](x, (height, width))


def _cropped(x: object, top: object, left: object, height: object, width: object) -> ShapeTree:
    return _resized(x, height, width)


def _compared_one_by_one(target: object, output: object, from_logits: object = False) -> Shape:
    """Probabilities broadcast with their labels, logits do not."""
    if from_logits is False:
        return _met(target, output)
    if from_logits is not True:
        raise NotKnown("whether logits are compared")
    return _alike(target, output)


def _compared_by_class(target: object, output: object, from_logits: object = False) -> Shape:
    return Shape(_alike(target, output)[:-1])


def _alike(target: object, output: object) -> Shape:
    """The shape that both have; source: `categorical_crossentropy` in tf_keras/src/backend.py."""
    left, right = _shape(target), _shape(output)
    if not are_alike(left, right):
        raise ShapeConflict(
            f"labels of shape {left} are compared with an output of shape {right}",
            f"Shapes {left} and {right} are incompatible",
        )
    return broadcast("the function", left, right)


_IN_MATH = ("atan2", "floormod", "multiply_no_nan", "xlogy", "xlog1py", "xdivy")
for _path in (
    "tensorflow.atan2",
    *(f"tensorflow.math.{_name}" for _name in _IN_MATH),
    *(f"tensorflow.bitwise.bitwise_{_name}" for _name in ("and", "or", "xor")),
):
    _like(_path, _met, "left right", "y x" if _path.endswith("atan2") else "x y")
for _home in ("tensorflow.math", "tensorflow.nn"):
    _like(f"{_home}.top_k", "top_k", "x k", "input k", k=1)
for _name in ("max_pool2d", "avg_pool2d"):
    _like(f"tensorflow.nn.{_name}", _pooled, "x pool_size strides padding",
          "input ksize strides padding")  # fmt: skip
_like("keras.backend.pool2d", _pooled, "x pool_size strides padding data_format pool_mode",
      "x pool_size strides padding data_format pool_mode", strides=(1, 1),
      padding="valid")  # fmt: skip
_like("tensorflow.nn.moments", "moments", "x axes keepdims", "x axes keepdims")
_like("tensorflow.slice", "slice", "inputs start_indices shape", "input_ begin size")
_like("tensorflow.where", "where", "condition x1 x2", "condition x y")
_like("tensorflow.linalg.det", _for_each_square, "x", "input")
_like("tensorflow.linalg.trace", _for_each_matrix, "x", "x")
_like("tensorflow.linalg.matrix_transpose", _turned, "x", "a")
_like("tensorflow.linalg.diag_part", _diagonal, "x", "input")
_like("tensorflow.linalg.diag", _spread_over_diagonal, "x", "diagonal")
_like("tensorflow.image.transpose", _pictures_turned, "x", "image")
_like("tensorflow.image.resize_with_pad", _resized, "x height width",
      "image target_height target_width")  # fmt: skip
_like("tensorflow.image.crop_to_bounding_box", _cropped, "x top left height width",
      "image offset_height offset_width target_height target_width")  # fmt: skip
_like("tensorflow.size", "size", "x", "input")
for _name, _compared in (
    ("binary_crossentropy", _compared_one_by_one),
    ("categorical_crossentropy", _compared_by_class),
):
    _like(f"keras.backend.{_name}", _compared, "target output from_logits",
          "target output from_logits")  # fmt: skip
