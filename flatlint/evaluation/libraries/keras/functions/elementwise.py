"""Functions of Keras and TensorFlow on tensors that work element by element or reduce axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flatlint.evaluation.base import Interpreter, models
from flatlint.evaluation.iteration import as_tuple
from flatlint.evaluation.libraries.keras.operations.borrowing import borrow
from flatlint.evaluation.libraries.keras.operations.recording import operation
from flatlint.evaluation.libraries.keras.operations.tensors import arithmetic
from flatlint.evaluation.values import Value
from flatlint.graph import Array, Made, Tensor, Unknown, WhyUnknown
from flatlint.shapes import Shape

TENSORFLOW = ("tensorflow", "tensorflow.math", "tensorflow.nn")
KERAS = ("keras.ops", "keras.backend", "keras.activations", "keras.ops.numpy", "keras.ops.nn")

SAME_SHAPE = [
    "abs",
    "absolute",
    "square",
    "sqrt",
    "rsqrt",
    "exp",
    "expm1",
    "log",
    "log1p",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sigmoid",
    "sinh",
    "cosh",
    "erf",
    "sign",
    "round",
    "rint",
    "ceil",
    "floor",
    "negative",
    "relu",
    "relu6",
    "elu",
    "selu",
    "gelu",
    "silu",
    "swish",
    "softplus",
    "softsign",
    "softmax",
    "log_softmax",
    "log_sigmoid",
    "hard_sigmoid",
    "hard_silu",
    "mish",
    "linear",
    "exponential",
    "leaky_relu",
    "clip",
    "clip_by_value",
    "cast",
    "stop_gradient",
    "identity",
    "dropout",
    "l2_normalize",
    "normalize",
    "unit_normalize",
    "zeros_like",
    "ones_like",
    "logical_not",
    "isnan",
    "isfinite",
    "is_nan",
    "reciprocal",
    "convert_to_tensor",
    "threshold",
    "nan_to_num",
    "squareplus",
    "celu",
    "tanh_shrink",
    "reverse",
    "flip",
    "batch_normalization",
    "bias_add",
    "in_train_phase",
]
"""Functions whose result has the shape of their first argument."""

APPLICATIONS = [
    "convnext", "densenet", "efficientnet", "efficientnet_v2", "imagenet_utils",
    "inception_resnet_v2", "inception_v3", "mobilenet", "mobilenet_v2", "mobilenet_v3", "nasnet",
    "resnet", "resnet50", "resnet_v2", "vgg16", "vgg19", "xception",
]  # fmt: skip
"""The modules of ready-made models, each with a `preprocess_input` that scales the pixels."""

BROADCASTING = [
    "add",
    "subtract",
    "multiply",
    "divide",
    "true_divide",
    "divide_no_nan",
    "maximum",
    "minimum",
    "pow",
    "power",
    "floordiv",
    "floor_divide",
    "mod",
    "equal",
    "not_equal",
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "logical_and",
    "logical_or",
    "squared_difference",
    "truediv",
]
"""Functions of two tensors that broadcast."""

REDUCING = {
    "sum": "sum", "reduce_sum": "sum", "mean": "mean", "reduce_mean": "mean", "max": "max",
    "reduce_max": "max", "min": "min", "reduce_min": "min", "prod": "prod", "reduce_prod": "prod",
    "any": "any", "reduce_any": "any", "all": "all", "reduce_all": "all", "std": "std",
    "reduce_std": "std", "var": "var", "reduce_variance": "var", "logsumexp": "sum",
    "reduce_logsumexp": "sum", "amax": "max", "amin": "min",
}  # fmt: skip
"""Functions that take axes away, and numpy's name for the like."""


def paths(name: str, *, also: Iterable[str] = ()) -> list[str]:
    """Where a function of this name may be found."""
    return [f"{home}.{name}" for home in (*TENSORFLOW, *KERAS)] + list(also)


def _register(names: Iterable[str], make: Callable[[str], Callable[..., Value]]) -> None:
    for name in names:
        models(*paths(name))(make(name))


def same_shape(name: str) -> Callable[..., Value]:
    """What a function does whose result has the shape of its first argument."""

    def model(run: Interpreter, x: Value = None, *_: Value, **others: Value) -> Value:
        given = x if x is not None else next(iter(others.values()), None)
        if isinstance(given, Tensor) and isinstance(given.shape, Shape):
            return operation(run, name, [given], given.shape)
        if isinstance(given, Array):
            made = Made(name, run.here, (given,))
            return Array(given.shape, given.dtype, made=made, library="tensorflow")
        return given if isinstance(given, Tensor | Unknown | int | float) else lost(run, name)

    return model


def lost(run: Interpreter, name: str) -> Unknown:
    """What comes of a call whose arguments are not known."""
    return run.unknown(WhyUnknown.ARGUMENT, f"what `{name}` is given")


def _broadcasting(name: str) -> Callable[..., Value]:
    def model(run: Interpreter, x: Value, y: Value, **_: Value) -> Value:
        if isinstance(x, Tensor) or isinstance(y, Tensor):
            return arithmetic(run, "+", x, y, run.here.node)
        return borrow(run, name, "add", [x, y])

    return model


def _reducing(name: str) -> Callable[..., Value]:
    def model(
        run: Interpreter,
        x: Value = None,
        axis: Value = None,
        keepdims: Value = False,
        name_: Value = None,
        input_tensor: Value = None,
        keep_dims: Value = False,
        **_: Value,
    ) -> Value:
        given = x if x is not None else input_tensor
        axes = as_tuple(run, axis)
        keeps = keepdims or keep_dims
        return borrow(run, name, REDUCING[name], [given], {"axis": axes, "keepdims": keeps})

    return model


_register(SAME_SHAPE, same_shape)


@models(*(f"keras.applications.{name}.preprocess_input" for name in APPLICATIONS))
def preprocess_input(run: Interpreter, x: Value, **_: Value) -> Value:
    """The pixels scaled, as floats."""
    if isinstance(x, Array):
        made = Made("preprocess_input", run.here, (x,))
        return Array(x.shape, "float32", made=made, library=x.library)
    return same_shape("preprocess_input")(run, x)


_register(BROADCASTING, _broadcasting)
_register(REDUCING, _reducing)


def _extreme_place(home: str, axis_without_word: Value, axis_for_none: Value = 0) -> None:
    """`argmax` and `argmin`: the libraries differ in the axis that they take by themselves."""

    @models(f"{home}.argmax", f"{home}.argmin")
    def model(
        run: Interpreter,
        x: Value = None,
        axis: Value = axis_without_word,
        keepdims: Value = False,
        input: Value = None,
        **_: Value,
    ) -> Value:
        given = x if x is not None else input
        along = axis_for_none if axis is None else axis
        return borrow(run, "argmax", "max", [given], {"axis": along, "keepdims": keepdims})


for _home in TENSORFLOW:
    _extreme_place(_home, 0)
_extreme_place("keras.backend", -1)
for _home in ("keras.ops", "keras.ops.numpy"):
    _extreme_place(_home, None, axis_for_none=None)


@models(*(f"{home}.{name}" for home in TENSORFLOW for name in ("cumsum", "cumprod")),
        "keras.backend.cumsum", "keras.backend.cumprod")  # fmt: skip
def running(run: Interpreter, x: Value, axis: Value = 0, *_: Value, **__: Value) -> Value:
    """TensorFlow runs along one axis: the shape stays."""
    return same_shape("cumsum")(run, x)


@models("tensorflow.norm", "tensorflow.linalg.norm")
def norm(
    run: Interpreter,
    tensor: Value,
    ord: Value = "euclidean",
    axis: Value = None,
    keepdims: Value = False,
    name: Value = None,
) -> Value:
    """The axes of the vectors, or matrices, go."""
    return _reducing("reduce_sum")(run, tensor, axis, keepdims)


@models("keras.ops.cumsum", "keras.ops.cumprod", "keras.ops.numpy.cumsum")
def cumulated(run: Interpreter, x: Value, axis: Value = None, dtype: Value = None) -> Value:
    """Without an axis the elements are laid out in one, as numpy does it."""
    return borrow(run, "cumsum", "cumsum", [x], {"axis": axis})
