"""The words in which a family says which programs to try: layers, arguments, values, inputs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.oracle.programs import Era

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOTH_ERAS = (Era.KERAS_2, Era.KERAS_3)
ONLY_KERAS_2 = (Era.KERAS_2,)
ONLY_KERAS_3 = (Era.KERAS_3,)


@dataclass(frozen=True)
class Source:
    """A value that is written into the program as it stands, such as `layers.Dense(4)`."""

    text: str


@dataclass(frozen=True)
class Tensor:
    """A symbolic input: its shape without the batch, and what else `keras.Input` is told."""

    shape: tuple[int | None, ...]
    dtype: str | None = None
    batch_size: int | None = None

    def as_source(self) -> str:
        """The `keras.Input(...)` call that makes it."""
        more = "" if self.batch_size is None else f", batch_size={self.batch_size}"
        more += "" if self.dtype is None else f', dtype="{self.dtype}"'
        return f"keras.Input({self.shape!r}{more})"


@dataclass(frozen=True)
class Call:
    """What a layer is called on: inputs, named a, b, c … and how they stand in the call."""

    tensors: tuple[Tensor, ...]
    arguments: str


Shape = tuple[int | None, ...]
On = Shape | Tensor | Call
"""What a family may write for an input: a bare shape is one float input of that shape."""

Values = "Mapping[str, Sequence[Any]]"


@dataclass(frozen=True)
class LayerOptions:
    """What is tried of one layer.

    `required` arguments are always given, in the constructor's order. `optional` ones decide
    something about shapes, counts or refusals; `neutral` ones rarely do and are tried less often.
    `invalid` holds values that Keras is thought to refuse: only a hint for the mixture, as the
    verdict is Keras's. `cases` are argument texts tried on every input of `on`.
    `programs` are made at least, where there are so many; `recorded` of them go into the record.
    `at_random` is the least number of random programs beside the systematic ones, 0 for none.
    `any_rank` and `any_keyword` add what is tried of every layer: inputs of all ranks, keywords of
    the base class. Without `positional`, required arguments are always named. `statement` is the
    program after its inputs, with `{arguments}` and `{inputs}` filled in.
    """

    name: str
    on: Sequence[On]
    required: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    optional: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    neutral: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    invalid: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    wrong_on: Sequence[On] = ()
    any_rank: bool = True
    any_keyword: bool = True
    positional: bool = True
    at_random: int = 150
    optional_in: Mapping[Era, Mapping[str, Sequence[Any]]] = field(default_factory=dict)
    cases: Sequence[str] = ()
    eras: tuple[Era, ...] = BOTH_ERAS
    statement: str = "y = layers.{name}({arguments})({inputs})"
    aliases: Mapping[str, tuple[Era, ...]] = field(default_factory=dict)
    programs: int = 260
    recorded: int = 32


def also_experimental(options: LayerOptions) -> LayerOptions:
    """The same layer under its old place, `keras.layers.experimental.preprocessing`."""
    old = {f"experimental.preprocessing.{options.name}": ONLY_KERAS_2}
    return replace(options, aliases={**options.aliases, **old})


def as_call(on: On) -> Call:
    """The call that a bare shape or tensor stands for."""
    if isinstance(on, Call):
        return on
    tensor = on if isinstance(on, Tensor) else Tensor(on)
    return Call((tensor,), "x")


def listed(*shapes: On) -> Call:
    """A call on a list of inputs, as merging layers take them."""
    tensors = tuple(shape if isinstance(shape, Tensor) else Tensor(shape) for shape in shapes)  # type: ignore[arg-type]
    names = ", ".join(input_names(len(tensors)))
    return Call(tensors, f"[{names}]")


def called(arguments: str, *shapes: On) -> Call:
    """A call whose arguments are written out, over inputs named x, or a, b, c …"""
    tensors = tuple(shape if isinstance(shape, Tensor) else Tensor(shape) for shape in shapes)  # type: ignore[arg-type]
    return Call(tensors, arguments)


def input_names(count: int) -> tuple[str, ...]:
    """The names that the inputs of a program have."""
    return ("x",) if count == 1 else tuple("abcdefgh"[:count])
