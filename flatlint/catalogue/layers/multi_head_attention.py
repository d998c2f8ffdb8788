"""MultiHeadAttention: queries, keys and values are projected for several heads at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from pydantic import Field, PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
    refuse,
    sizes_of,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.dropout import DroppedShare
from flatlint.catalogue.layers.random_numbers import UsedSeed
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape, broadcast_shapes


def head_size(value: object, info: ValidationInfo) -> Dim:
    """A positive integer; Keras 2 finds out when it makes the weights."""
    if is_symbolic(value):
        return as_size(value)
    is_newest = dialect_of(info).era is Era.KERAS_3
    is_checked = is_newest and info.field_name != "num_query_heads"
    least = 1 if is_checked or info.field_name == "key_dim" else 0
    if not isinstance(value, int) or value < least or (value is True and not is_newest):
        refuse(
            info,
            "a positive integer",
            value,
            f"Received an invalid value for argument `{info.field_name}`, expected a positive "
            f"integer. Received: {info.field_name}={value}",
        )
    return int(value)


def _value_size(value: object, info: ValidationInfo) -> Dim | None:
    """A positive integer, or `None` for that of the keys; in Keras 2 any nothing does."""
    if value is None or (not value and dialect_of(info).era < Era.KERAS_3):
        return None
    return head_size(value, info)


def window_size(value: object, info: ValidationInfo) -> object:
    """A positive integer, or `None` for no window."""
    if value is None or is_symbolic(value) or (isinstance(value, int) and value > 0):
        return value
    return refuse(
        info,
        "a positive integer or None",
        value,
        f"`sliding_window` must be `None` or a positive integer. Received: sliding_window={value}",
    )


def _output_dims(value: object, info: ValidationInfo) -> tuple[Dim, ...] | UnknownArgument:
    """One size or several; nothing stands for the width of the query."""
    if isinstance(value, UnknownArgument):
        return value
    if not is_symbolic(value) and not value:
        return ()
    sizes = value if isinstance(value, list | tuple) else [value]
    for size in sizes:
        if not is_symbolic(size) and (not isinstance(size, int) or size < 0):
            refuse(
                info,
                "a positive integer or a tuple of them",
                value,
                f"Invalid `output_shape`: {value}. When specified, the `output_shape` should be of "
                "type tuple, list, or int.",
            )
    return sizes_of(list(sizes))


def _axes(value: object, info: ValidationInfo) -> tuple[int, ...] | UnknownArgument | None:
    """Which axes are attended over; `None` means all but the first and the last."""
    if value is None or isinstance(value, UnknownArgument):
        return value
    axes = value if isinstance(value, list | tuple) else [value]
    if any(is_symbolic(axis) for axis in axes):
        return UnknownArgument("the axes of the attention are not fixed")
    if not all(isinstance(axis, int) for axis in axes):
        refuse(
            info,
            "an integer or a tuple of integers",
            value,
            f"`attention_axes` must be an int, list, or tuple. Received: attention_axes={value}",
        )
    return tuple(axis for axis in axes if isinstance(axis, int))


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

    def projections(self, query: Shape, value: Shape, key: Shape) -> Iterator[Weight]:
        """The kernels and biases of the projections."""
        raise NotImplementedError

    def outputs(
        self, query: Shape, value: Shape, key: Shape, masks: Masks
    ) -> tuple[Shape, Callable[[], Shape]]:
        """The output, and a function that works out the scores."""
        raise NotImplementedError

    def projection(
        self, name: str, features: Sequence[Dim], heads: Sequence[Dim]
    ) -> Iterator[Weight]:
        """A kernel and a bias; refuses features that are not known."""
        if any(isinstance(size, Open) for size in (*features, *heads)):
            raise ShapeConflict(
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


class MultiHeadAttention(ProjectingAttention):
    """Attention of `num_heads` heads over projected queries, keys and values.

    Sources: keras/src/layers/attention/multi_head_attention.py, which reports the output without
    running the layer, and its namesake in tf_keras, whose sums of products check all sizes.

    Called on `(query, value)`, which one arrow cannot show:

    (None, 4, 8) -> MultiHeadAttention(2, 4) -> conflict: a query and a value
    (None, 4, 8) -> MultiHeadAttention(2, 0) -> conflict: a positive integer
    """

    num_heads: Annotated[Dim, PlainValidator(head_size)]
    key_dim: Annotated[Dim, PlainValidator(head_size)]
    value_dim: Annotated[Dim | None, PlainValidator(_value_size)] = None
    output_dims: Annotated[tuple[Dim, ...] | UnknownArgument, PlainValidator(_output_dims)] = Field(
        default=(), alias="output_shape"
    )
    attention_axes: Annotated[tuple[int, ...] | UnknownArgument | None, PlainValidator(_axes)] = (
        None
    )

    def projections(self, query: Shape, value: Shape, key: Shape) -> Iterator[Weight]:
        """Kernels and biases of query, key, (gate,) value and output."""
        self._require_ranks(query, value, key)
        self.require_alike(value, key)
        width = self.key_dim if self.value_dim is None else self.value_dim
        yield from self.projection("query", query[-1:], (self.num_heads, self.key_dim))
        yield from self.projection("key", key[-1:], (self.num_heads, self.key_dim))
        if self.use_gate:
            yield from self.projection("gate", query[-1:], (self.num_heads, width))
        yield from self.projection("value", value[-1:], (self.num_heads, width))
        self._require_axes(value.rank + 1)
        yield from self.projection("attention_output", (self.num_heads, width), self._ends(query))

    def outputs(
        self, query: Shape, value: Shape, key: Shape, masks: Masks
    ) -> tuple[Shape, Callable[[], Shape]]:
        """`query` with its last axis projected, and the scores of each head."""
        if self.era is Era.KERAS_3:
            return Shape((*query[:-1], *self._ends(query))), lambda: self._reported_scores(query)
        axes = self._axes_of(value)
        # The heads stand behind the axes of the tensors, before the features.
        free = [axis for axis in range(query.rank) if axis not in axes]
        met = list(query[:-1])
        for axis in free:
            if axis < query.rank - 1:
                met[axis] = self._met(axis, query, key, value)
        looked_at = [Shape((*shape[:-1], self.num_heads)) for shape in (Shape((*met, 0)), key)]
        scores = Shape(
            (
                *(looked_at[0][axis] for axis in free),
                *(looked_at[0][axis] for axis in axes),
                *(looked_at[1][axis] for axis in axes),
            )
        )
        self._require_masks(masks, scores, query, value, len(axes))
        return Shape((*met, *self._ends(query))), lambda: scores

    def _ends(self, query: Shape) -> tuple[Dim, ...]:
        """The last axes of the output: those asked for, or that of the query."""
        if isinstance(self.output_dims, UnknownArgument):
            raise NotKnown(self.output_dims.reason)
        return self.output_dims or query[-1:]

    def _reported_scores(self, query: Shape) -> Shape:
        """Keras 3 says that there are as many keys as queries."""
        if query.rank < 2:
            self.require_least_rank(query, 2)
        return Shape((query[0], self.num_heads, query[1], query[1]))

    def _require_ranks(self, query: Shape, value: Shape, key: Shape) -> None:
        shapes = (query, value, key)
        if self.era is Era.KERAS_3:
            for shape in shapes:
                self.require_least_rank(shape, 2)
            return
        if len({shape.rank for shape in shapes}) > 1 or query.rank < 3:
            raise ShapeConflict(
                f"{self.keras_name} needs query, value and key of one rank, 3 or more, and gets "
                f"{query}, {value} and {key}",
                f"Shape must be rank {value.rank} but is rank {query.rank}",
            )

    def _require_axes(self, rank: int) -> None:
        """Refuse axes that the projected tensors of that rank do not have."""
        if self.attention_axes is None or isinstance(self.attention_axes, UnknownArgument):
            return
        for axis in self.attention_axes:
            if self.era is Era.KERAS_3 and axis < 0:
                axis += rank - 1
            if not -rank <= axis < rank:
                raise ShapeConflict(
                    f"{self.keras_name}: `attention_axes` names axis {axis}, and the projected "
                    f"values have {rank} axes",
                    f"index {axis} is out of bounds for axis 0 with size {rank}",
                )

    def _axes_of(self, value: Shape) -> list[int]:
        """The axes that Keras 2 attends over, counted from 0 in the projected values."""
        if isinstance(self.attention_axes, UnknownArgument):
            raise NotKnown(self.attention_axes.reason)
        if self.attention_axes is None:
            return list(range(1, value.rank - 1))
        axes = [axis % (value.rank + 1) for axis in self.attention_axes]
        if value.rank in axes or len(set(axes)) < len(axes) or not axes:
            raise ShapeConflict(
                f"{self.keras_name}: `attention_axes={self.attention_axes}` must name axes between "
                "batch and features, each once",
                "Output subscripts contain the label appearing more than once",
            )
        return axes

    def _met(self, axis: int, query: Shape, key: Shape, value: Shape) -> Dim:
        """The size of an axis that is not attended over: the same in all three."""
        sizes = [shape[axis] for shape in (query, key, value)]
        numbers = list(dict.fromkeys(size for size in sizes if isinstance(size, int)))
        if len(numbers) > 1:
            raise ShapeConflict(
                f"{self.keras_name}: axis {axis} of query, key and value must be equal and is "
                f"{', '.join(map(str, sizes))}",
                f"Dimensions must be equal, but are {numbers[0]} and {numbers[1]}",
            )
        return numbers[0] if numbers else sizes[0]

    def _require_masks(
        self, masks: Masks, scores: Shape, query: Shape, value: Shape, axes: int
    ) -> None:
        """Refuse masks that do not broadcast to the scores, in Keras 2."""
        mask = masks.attention
        if masks.is_causal:
            causal = Shape((1, query[1], value[1]))
            met = broadcast_shapes(causal, mask) if mask is not None else causal
            if met is None:
                self._refuse_mask(mask, causal)
            mask = met
        if mask is None:
            return
        # Axes of size 1 go in before those attended over, until the ranks agree.
        place = mask.rank - 2 * axes
        missing = scores.rank - mask.rank
        if missing > 0 and place < 0:
            self._refuse_mask(mask, scores)
        widened = Shape((*mask[: max(place, 0)], *(1,) * missing, *mask[max(place, 0) :]))
        if broadcast_shapes(widened, scores) is None:
            self._refuse_mask(mask, scores)

    def _refuse_mask(self, mask: Shape | None, scores: Shape) -> NoReturn:
        raise ShapeConflict(
            f"{self.keras_name}: a mask of shape {mask} does not fit scores of shape {scores}",
            "Dimensions must be equal",
        )
