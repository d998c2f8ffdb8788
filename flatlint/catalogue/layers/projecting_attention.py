"""Attention over projections: what its layers take, how they are called and checked."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    as_size,
    dialect_of,
    is_integer,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import OpenSize, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.dropout import DroppedShare
from flatlint.catalogue.layers.random_numbers import UsedSeed
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape


def head_size(value: object, info: ValidationInfo) -> Dim:
    """A positive integer; Keras 2 finds out when it makes the weights."""
    if is_symbolic(value):
        return as_size(value)
    is_newest = dialect_of(info).era is Era.KERAS_3
    is_checked = is_newest and info.field_name != "num_query_heads"
    strict_since = (3, 15) if info.field_name in ("num_heads", "key_dim", "value_dim") else (4,)
    least = 1 if is_checked or info.field_name == "key_dim" else 0
    if (
        not is_integer(value, info, strict_since)
        or value < least
        or (value is True and not is_newest)
    ):
        refuse(
            info,
            "a positive integer",
            value,
            f"Received an invalid value for argument `{info.field_name}`, expected a positive "
            f"integer. Received: {info.field_name}={value}",
        )
    return int(value)


def window_size(value: object, info: ValidationInfo) -> object:
    """A positive integer, or `None` for no window."""
    if value is None or is_symbolic(value) or (is_python_integer(value) and value > 0):
        return value
    return refuse(
        info,
        "a positive integer or None",
        value,
        f"`sliding_window` must be `None` or a positive integer. Received: sliding_window={value}",
    )


CALL_ARGUMENTS = (
    "query_mask",
    "value_mask",
    "key_mask",
    "attention_mask",
    "training",
    "use_causal_mask",
)


@dataclass(frozen=True)
class Masks:
    """What keeps queries from keys: a tensor, and whether none may look ahead."""

    attention: Shape | None = None
    is_causal: bool = False


class ProjectingAttention(LayerSpec):
    """What MultiHeadAttention and GroupedQueryAttention have in common: call and arguments."""

    dropout: DroppedShare = 0.0
    use_bias: Flag = True
    use_gate: Flag = False
    sliding_window: Annotated[object, PlainValidator(window_size)] = None
    flash_attention: Anything = None
    kernel_initializer: Initializer = None
    bias_initializer: Initializer = None
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    seed: UsedSeed = None

    @model_validator(mode="after")
    def _require_no_dropout_in_a_flash(self) -> ProjectingAttention:
        known = not any(is_symbolic(value) for value in (self.flash_attention, self.dropout))
        if known and self.flash_attention and self.dropout:
            raise ShapeConflict(
                f"{self.keras_name} has either `flash_attention` or `dropout`",
                "Dropout is not supported when flash attention is enabled. Please set dropout to "
                "0.0 to use flash attention.",
            )
        return self

    def call(  # type: ignore[override]  # Keras calls the first argument `query`
        self,
        query: ShapeTree,
        value: ShapeTree | None = None,
        key: ShapeTree | None = None,
        *_: Any,
        return_attention_scores: Any = False,
        **others: Any,
    ) -> ShapeTree:
        """The output for each query, and with it the scores if they are asked for."""
        self._require_known(others)
        shapes = self._three(query, value, key)
        list(self.projections(*shapes))
        attention_mask = others.get("attention_mask")
        masks = Masks(
            attention_mask if isinstance(attention_mask, Shape) else None,
            others.get("use_causal_mask") is True,
        )
        output, scores = self.outputs(*shapes, masks)
        return [output, scores()] if return_attention_scores else output

    def _require_known(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in CALL_ARGUMENTS:
                raise ShapeConflict(
                    f"{self.keras_name} does not take `{name}` when it is called",
                    f"{self.keras_name}.call() got an unexpected keyword argument {name!r}",
                )

    def call_weights(  # type: ignore[override]
        self,
        query: ShapeTree,
        value: ShapeTree | None = None,
        key: ShapeTree | None = None,
        *_: Any,
        **__: Any,
    ) -> Iterable[Weight]:
        """The kernels and biases of the projections."""
        return self.projections(*self._three(query, value, key))

    @abstractmethod
    def projections(self, query: Shape, value: Shape, key: Shape) -> Iterator[Weight]:
        """The kernels and biases of the projections."""

    @abstractmethod
    def outputs(
        self, query: Shape, value: Shape, key: Shape, masks: Masks
    ) -> tuple[Shape, Callable[[], Shape]]:
        """The output, and a function that works out the scores."""

    def projection(
        self, name: str, features: Sequence[Dim], heads: Sequence[Dim]
    ) -> Iterator[Weight]:
        """A kernel and a bias; refuses features that are not known."""
        if any(isinstance(size, Open) for size in (*features, *heads)):
            raise OpenSize(
                f"{self.keras_name} needs to know the last axis of its {name} to project it",
                "Shapes used to initialize variables must be fully-defined (no `None` dimensions).",
            )
        yield Weight(f"{name}/kernel", (*features, *heads))
        if self.use_bias:
            yield Weight(f"{name}/bias", tuple(heads))

    def require_alike(self, value: Shape, key: Shape) -> None:
        """Refuse values and keys of different number; Keras 3 counts `None` as different from 4."""
        for position, (one, other) in enumerate(zip(value[1:-1], key[1:-1], strict=False), 1):
            if _are_unlike(one, other, is_strict=self.era is Era.KERAS_3):
                self._refuse_unlike(value, key, f"axis {position} is {one} and {other}")
        if value.rank != key.rank:
            self._refuse_unlike(value, key, "their ranks differ")

    def _refuse_unlike(self, value: Shape, key: Shape, why: str) -> None:
        raise ShapeConflict(
            f"{self.keras_name} needs a key for each value: value {value} and key {key} differ "
            f"({why})",
            "All dimensions of `value` and `key`, except the last one, must be equal. Received: "
            f"value_shape={value} and key_shape={key}",
        )

    def _three(
        self, query: ShapeTree, value: ShapeTree | None, key: ShapeTree | None
    ) -> tuple[Shape, Shape, Shape]:
        if value is None:
            raise ShapeConflict(
                f"{self.keras_name} is called on a query and a value: for self-attention give the "
                "same tensor twice",
                f"{self.keras_name}.call() missing 1 required positional argument: 'value'",
            )
        shapes = [self._tensor(part) for part in (query, value, value if key is None else key)]
        return shapes[0], shapes[1], shapes[2]

    def _tensor(self, tree: ShapeTree) -> Shape:
        if isinstance(tree, Sequence) and not isinstance(tree, Shape):
            raise ShapeConflict(
                f"{self.keras_name} takes query, value and key as separate tensors, not in a list",
                "'list' object has no attribute 'shape'",
            )
        return self.single(tree)


def _are_unlike(left: Dim, right: Dim, is_strict: bool) -> bool:
    known = int | Open if is_strict else int
    return isinstance(left, known) and isinstance(right, known) and left != right
