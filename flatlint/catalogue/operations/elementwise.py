"""Operations element by element: the shape stays, or two shapes broadcast."""

from __future__ import annotations

from typing import Any

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.differing import differing_axes
from flatlint.catalogue.operations.lines import anything, first, line
from flatlint.catalogue.operations.operands import (
    axes_within,
    axis_within,
    number_or_tensor,
    operand,
    tensor,
)
from flatlint.catalogue.operations.registry import Operation, operation, register_all
from flatlint.shapes import Shape, broadcast_shapes

OF_ONE = [
    "abs", "absolute", "angle", "arccos", "arccosh", "arcsin", "arcsinh", "arctan", "arctanh",
    "bitwise_invert", "bitwise_not", "cbrt", "ceil", "celu", "clip", "conj", "conjugate", "copy",
    "cos", "cosh", "deg2rad", "elu", "empty_like", "erf", "erfc", "erfinv", "exp", "exp2", "expm1",
    "fabs", "floor", "full_like", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_swish",
    "hard_tanh", "i0", "imag", "isfinite", "isinf", "isnan", "isneginf", "isposinf", "isreal",
    "leaky_relu", "log", "log10", "log1p", "log2", "log_sigmoid", "logical_not", "nan_to_num",
    "negative", "ones_like", "rad2deg", "real", "reciprocal", "relu", "relu6", "round", "rsqrt",
    "selu", "sigmoid", "sign", "signbit", "silu", "sin", "sinc", "sinh", "soft_shrink", "softplus",
    "softsign", "sparse_plus", "sparse_sigmoid", "sqrt", "square", "squareplus", "stop_gradient",
    "swish", "tan", "tanh", "tanh_shrink", "threshold", "tril", "triu", "trunc", "zeros_like",
    "saturate_cast", "mish",
]  # fmt: skip
"""Operations of one tensor whose result has its shape."""

OF_TWO = [
    "add", "arctan2", "divide", "divide_no_nan", "equal", "floor_divide", "fmax", "fmin", "fmod",
    "gcd", "greater", "greater_equal", "heaviside", "hypot", "lcm", "ldexp", "less", "less_equal",
    "logaddexp", "logaddexp2", "logical_and", "logical_or", "logical_xor", "maximum", "minimum",
    "mod", "multiply", "nextafter", "not_equal", "power", "subtract", "true_divide", "isclose",
]  # fmt: skip
"""Operations of two tensors that broadcast."""

POINTWISE = frozenset(OF_ONE).union(OF_TWO) - {"tril", "triu"} | {
    "batch_normalization", "bias_add", "cast", "clip_by_value", "convert_to_tensor", "dropout",
    "exponential", "identity", "in_train_phase", "is_nan", "l2_normalize", "layer_normalization",
    "linear", "log_softmax", "normalize", "pow", "preprocess_input", "rint", "rms_normalization",
    "softmax", "truediv", "unit_normalize",
}  # fmt: skip
"""Operations that do to one position of a tensor what they do to any other, by all their names."""


def _of_one(name: str) -> Operation:
    def shape(x: object = None, *_: Any, **others: Any) -> Shape:
        return tensor(name, x if x is not None else next(iter(others.values()), None))

    return shape


def _of_two(name: str) -> Operation:
    def shape(x1: object, x2: object, **_: Any) -> Shape:
        return broadcast(name, operand(name, x1), operand(name, x2))

    return shape


register_all(OF_ONE, _of_one)
register_all(OF_TWO, _of_two)


def broadcast(name: str, left: Shape, right: Shape) -> Shape:
    """The common shape of two tensors; refused where they can never meet."""
    met = broadcast_shapes(left, right)
    if met is None:
        raise ShapeConflict(
            f"{name} cannot meet {left} with {right}: {differing_axes(left.dims, right.dims)}",
            f"Cannot broadcast shape, the failure dim has a value which cannot be broadcasted. "
            f"Input shapes are: {list(map(str, left))} and {list(map(str, right))}.",
        )
    return met


for _name in ("bitwise_and", "bitwise_or", "bitwise_xor"):
    line(_name, first, x=tensor, y=tensor)
for _name in ("left_shift", "right_shift", "bitwise_left_shift", "bitwise_right_shift"):
    line(_name, first, x=tensor, y=number_or_tensor)
line("polar", first, abs_=tensor, angle=anything)
line("corrcoef", first, x=tensor)
line("dot_product_attention", first, query=tensor, key=tensor, value=tensor)


@operation("where")
def where(condition: object, x1: object = None, x2: object = None) -> Shape:
    """All three broadcast; without two values the number of results is not known."""
    met = broadcast("where", operand("where", condition), operand("where", x1))
    return broadcast("where", met, operand("where", x2))


@operation("softmax", "log_softmax", "normalize", "flip", "roll")
def along_axes(x: object, shift: object = None, axis: object = -1, **_: Any) -> Shape:
    """The shape stays; the axes must be there."""
    shape = tensor("this operation", x)
    if axis is not None:
        axes_within("this operation", axis, shape)
    return shape


@operation("sparsemax", "fliplr", "flipud")
def along_axis(x: object, axis: object = -1) -> Shape:
    """The shape stays; the axis must be there."""
    shape = tensor("sparsemax", x)
    axis_within("sparsemax", axis, shape)
    return shape


@operation("layer_normalization", "rms_normalization", "batch_normalization")
def normalised(x: object, *_: Any, **__: Any) -> Shape:
    """The shape stays."""
    return tensor("normalization", x)
