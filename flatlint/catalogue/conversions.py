"""From Keras 1's arguments to today's: `nb_filter, nb_row, nb_col` are `filters, kernel_size`.

Keras 1 programs are read by these rules, and so are programs for standalone Keras 2.0 to 2.3.1,
which accepted Keras 1's arguments with a warning (keras/legacy/interfaces.py of 2.3.1; the tables
under `data/` hold its rules, the code here what it does by code).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from flatlint.catalogue.eras import Era
from flatlint.catalogue.tables import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

MODERN_CLASSES = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "SeparableConvolution2D": "SeparableConv2D",
    "TimeDistributedDense": "Dense",
}
"""Keras 1's classes whose work a class of another name does today."""

WITHOUT_SUCCESSOR = ("MaxoutDense", "Highway")
"""Keras 1's classes that nothing replaces; their arguments are named as Dense's."""

EVERYWHERE = {"input_dtype": "dtype", "atrous_rate": "dilation_rate"}
"""Names of Keras 1 that the tables of 2.3.1 leave out."""

BEFORE_RESET_AFTER = {"GRU": {"reset_after": False}}
"""What Keras 1 did without an argument for it, and what today's default would get wrong."""

KERNELS = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))
"""The sizes of a kernel, one argument an axis."""

SEQUENCES = ("recurrent_args_preprocessor", "conv1d_args_preprocessor")
"""Rules under which `input_dim` stands beside `input_length`."""


class Unreadable(Enum):
    """Says that a value is not fixed by the source."""

    UNREADABLE = "not a literal"


class Values(Protocol[T]):
    """What conversions need to do with values of whatever type the caller uses."""

    def read(self, value: T) -> object:
        """The Python value, or `Unreadable.UNREADABLE`."""

    def make(self, value: object) -> T:
        """The caller's form of a Python value."""

    def join(self, values: Sequence[T]) -> T:
        """The caller's form of a tuple of these."""


class PlainValues(Generic[T]):
    """Values that are Python values, or stand in their place."""

    def read(self, value: T) -> object:
        """The value itself."""
        return value

    def make(self, value: object) -> T:
        """The value itself."""
        return value  # type: ignore[return-value]

    def join(self, values: Sequence[T]) -> T:
        """A tuple."""
        return tuple(values)  # type: ignore[return-value]


@dataclass(frozen=True)
class Interface:
    """How one layer class takes Keras 1's arguments."""

    renames: tuple[tuple[str, str], ...]
    values: Mapping[str, Mapping[object, object]]
    preprocessor: str
    positional: tuple[str, ...] | None

    def modern_name(self, old: str) -> str | None:
        """What an argument of Keras 1 is called today, if it has another name."""
        if any(old in kernel for kernel in KERNELS) and "conv" in self.preprocessor:
            return "kernel_size"
        return dict(self.renames).get(old)


def modern_class(keras_name: str) -> str:
    """The class of today that does what `keras_name` did."""
    return MODERN_CLASSES.get(keras_name, keras_name)


def interface_of(era: Era, keras_name: str) -> Interface:
    """The rules for one class; empty where its arguments never changed."""
    table = table_of(Era.KERAS_2 if era is Era.KERAS_3 else era)["interfaces"]
    name = (
        "Dense" if keras_name in WITHOUT_SUCCESSOR else MODERN_CLASSES.get(keras_name, keras_name)
    )
    rules: Mapping[str, Any] = table.get(name, {})
    renames = dict(rules.get("conversions", ()))
    renames = {**EVERYWHERE, **renames}
    positional = rules.get("positional")
    return Interface(
        renames=tuple(renames.items()),
        values=rules.get("value_conversions", {}),
        preprocessor=rules.get("preprocessor", ""),
        positional=tuple(positional) if positional is not None else None,
    )


def convert(interface: Interface, arguments: Mapping[str, T], values: Values[T]) -> dict[str, T]:
    """Arguments under today's names, with today's values."""
    given = dict(arguments)
    for kernel in KERNELS:
        if all(name in given for name in kernel):
            given["kernel_size"] = values.join([given.pop(name) for name in kernel])
    for name, replaced in interface.values.items():
        if name in given:
            given[name] = _translated(given[name], replaced, values)
    _convert_by_code(interface, given, values)
    for old, new in interface.renames:
        if old in given:
            given[new] = given.pop(old)
    return given


def _translated(value: T, replaced: Mapping[object, object], values: Values[T]) -> T:
    old = values.read(value)
    return values.make(replaced[old]) if isinstance(old, str) and old in replaced else value


def _convert_by_code(interface: Interface, given: dict[str, T], values: Values[T]) -> None:
    match interface.preprocessor:
        case "embedding_kwargs_preprocessor":
            given.pop("dropout", None)
        case "separable_conv2d_args_preprocessor" if "init" in given:
            given["depthwise_initializer"] = given["pointwise_initializer"] = given.pop("init")
        case "batchnorm_args_preprocessor":
            given.pop("mode", None)
    forget = given.pop("forget_bias_init", None)
    if forget is not None and values.read(forget) == "one":
        given["unit_forget_bias"] = values.make(True)
