"""Functions of TensorFlow held against the operation of `keras.ops` that does the same.

A row holds the parameters that the two have in common. A call that gives more is not judged, since
what it adds may change what is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flatlint.catalogue.arguments import UnknownArgument
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.operations import OPERATIONS
from flatlint.catalogue.operations.registry import Operation
from flatlint.catalogue.spec import ShapeTree
from flatlint.evaluation.base import Arguments, Interpreter
from flatlint.evaluation.libraries.keras.operations.operating import read_argument
from flatlint.shapes import Shape


@dataclass(frozen=True)
class Counterpart:
    """The operation for a function, whose parameters are `theirs` in the order of the function."""

    operation: Operation
    theirs: tuple[str, ...]
    parameters: tuple[str, ...]
    defaults: Mapping[str, object] = field(default_factory=dict)
    applies: Callable[[Mapping[str, object]], bool] = lambda given: True

    def refusal(self, run: Interpreter, arguments: Arguments) -> ShapeConflict | None:
        """What the operation has against the arguments."""
        given = self._given(run, arguments)
        if given is None or not _are_tensors(given) or not self.applies(given):
            return None
        if any(isinstance(given.get(name), bool | list | tuple) for name in OPERANDS):
            return None
        try:
            self.operation(**given)
        except ShapeConflict as conflict:
            return conflict
        except (NotKnown, TypeError):
            return None
        return None

    def output(self, run: Interpreter, arguments: Arguments) -> ShapeTree | None:
        """What the operation makes of the arguments, if it takes them."""
        given = self._given(run, arguments)
        if given is None or not _are_tensors(given):
            return None
        try:
            return self.operation(**given)
        except (ShapeConflict, NotKnown, TypeError, IndexError, ValueError):
            return None

    def _given(self, run: Interpreter, arguments: Arguments) -> dict[str, object] | None:
        """The arguments under the names that the operation has for them."""
        names = dict(zip(self.parameters, self.theirs, strict=True))
        if len(arguments.positional) > len(self.parameters) or arguments.is_open:
            return None
        named = dict(zip(self.parameters, arguments.positional, strict=False))
        named |= {key: value for key, value in arguments.keywords.items() if key != "name"}
        if not named.keys() <= names.keys():
            return None
        read = {names[key]: _plain(read_argument(run, value)) for key, value in named.items()}
        return {**self.defaults, **read}


def _plain(value: object) -> object:
    """TensorFlow tells numpy's integers from Python's no more than numpy does."""
    if isinstance(value, list | tuple):
        return type(value)(_plain(part) for part in value)
    return int(value) if isinstance(value, NumpyInteger) else value


OPERANDS = ("x1", "x2", "condition", "left", "right")
"""What operations call tensors beside others: TensorFlow makes one of a list there."""


def _are_tensors(given: Mapping[str, object]) -> bool:
    """Whether tensors stand where tensors belong: TensorFlow makes some of numbers and lists."""
    operands = [given[name] for name in ("x", "x1", "x2") if name in given]
    listed = given.get("xs")
    if isinstance(listed, list | tuple):
        operands = list(listed)
    return all(isinstance(operand, Shape | UnknownArgument) for operand in operands)


def _is_list(given: Mapping[str, object]) -> bool:
    """Whether several tensors are given; one alone is not looked at."""
    listed = given.get("xs")
    return isinstance(listed, list | tuple) and not isinstance(listed, Shape) and len(listed) > 1


def _is_list_along_axis(given: Mapping[str, object]) -> bool:
    """TensorFlow takes 0.0 for an axis here."""
    return _is_list(given) and not isinstance(given.get("axis"), float)


def is_written_out(given: Mapping[str, object]) -> bool:
    """Whether the arguments are of the kinds that Keras takes: TensorFlow makes do with others."""
    return not any(value is None or isinstance(value, float) for value in given.values())


def _has_one_axis(given: Mapping[str, object]) -> bool:
    return not isinstance(given.get("axis"), list | tuple)


def _is_cut_evenly(given: Mapping[str, object]) -> bool:
    return isinstance(given.get("indices_or_sections"), int)


def _one_number_an_axis(x: object, numbers: object, mode: object = None) -> Shape:
    """TensorFlow takes as many numbers, or pairs, as there are axes; numpy and Keras 3 fewer."""
    if not isinstance(x, Shape) or not isinstance(numbers, list | tuple) or len(numbers) == x.rank:
        raise NotKnown("nothing to refuse")
    raise ShapeConflict(
        f"numbers for {len(numbers)} axes are given, and {x} has {x.rank}",
        f"Shape must be rank {len(numbers)} but is rank {x.rank}",
    )


def _normed(x: object, axis: object = None, **_: object) -> ShapeTree:
    """The axes are those of a sum, whatever the order of the norm."""
    return OPERATIONS["sum"](x, axis)


def _stacked(xs: object, axis: object = 0) -> ShapeTree:
    """The operation calls its list `x`."""
    return OPERATIONS["stack"](xs, axis)


def _gathered(x: object, indices: object, axis: object = 0) -> ShapeTree:
    """The axis has to be there; what the indices are, shows when there is data."""
    return OPERATIONS["sum"](x, axis if isinstance(axis, int) else 0)


def _row(
    operation: str | Operation,
    theirs: str,
    parameters: str,
    applies: Callable[[Mapping[str, object]], bool] = lambda given: True,
    **defaults: object,
) -> Counterpart:
    found = OPERATIONS[operation] if isinstance(operation, str) else operation
    return Counterpart(found, tuple(theirs.split()), tuple(parameters.split()), defaults, applies)


_IN_TENSORFLOW = {
    "reduce_sum": "sum", "reduce_mean": "mean", "reduce_max": "max", "reduce_min": "min",
    "reduce_prod": "prod", "reduce_std": "std", "reduce_variance": "var",
    "reduce_logsumexp": "logsumexp", "reduce_any": "any", "reduce_all": "all",
}  # fmt: skip
_IN_BACKEND = ("sum", "mean", "max", "min", "prod", "std", "var", "any", "all", "logsumexp")
_REDUCED = "x axis keepdims"
_OF_PICTURES = ("flip_left_right", "flip_up_down", "random_flip_left_right",
                "random_flip_up_down", "per_image_standardization")  # fmt: skip

COUNTERPARTS: dict[str, Counterpart] = {
    **{
        f"{home}.{name}": _row(operation, _REDUCED, "input_tensor axis keepdims")
        for name, operation in _IN_TENSORFLOW.items()
        for home in ("tensorflow", "tensorflow.math")
    },
    **{f"keras.backend.{name}": _row(name, _REDUCED, _REDUCED) for name in _IN_BACKEND},
    **{
        f"{home}.{name}": _row(name, "x axis", f"{first} axis", _has_one_axis, axis=axis)
        for name in ("argmax", "argmin")
        for home, first, axis in (
            ("tensorflow", "input", 0),
            ("tensorflow.math", "input", 0),
            ("keras.backend", "x", -1),
        )
    },
    **{
        f"{home}.{name}": _row(name, "x block_size", "input block_size", is_written_out)
        for name in ("depth_to_space", "space_to_depth")
        for home in ("tensorflow", "tensorflow.nn")
    },
    **{
        f"tensorflow.image.{name}": _row("image.gaussian_blur", "images", "image")
        for name in _OF_PICTURES
    },
    "tensorflow.concat": _row("concatenate", "xs axis", "values axis", _is_list),
    "keras.backend.concatenate": _row("concatenate", "xs axis", "tensors axis", _is_list, axis=-1),
    "tensorflow.stack": _row(_stacked, "xs axis", "values axis", _is_list_along_axis),
    "keras.backend.stack": _row(_stacked, "xs axis", "x axis", _is_list_along_axis),
    "tensorflow.split": _row(
        "split",
        "x indices_or_sections axis",
        "value num_or_size_splits axis",
        _is_cut_evenly,
    ),
    "tensorflow.norm": _row(_normed, "x order axis keepdims", "tensor ord axis keepdims"),
    "tensorflow.matmul": _row("matmul", "x1 x2", "a b"),
    "tensorflow.linalg.matmul": _row("matmul", "x1 x2", "a b"),
    "keras.backend.dot": _row("dot", "x1 x2", "x y"),
    "tensorflow.tile": _row(_one_number_an_axis, "x numbers", "input multiples"),
    "keras.backend.tile": _row(_one_number_an_axis, "x numbers", "x n"),
    "tensorflow.pad": _row(_one_number_an_axis, "x numbers mode", "tensor paddings mode"),
    "tensorflow.gather": _row(_gathered, "x indices axis", "params indices axis"),
}
"""Path of a function -> the operation that it is held against."""
