"""MultiHeadAttention: queries, keys and values are projected for several heads at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, NoReturn

from pydantic import Field, PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    UnknownArgument,
    dialect_of,
    is_symbolic,
    refuse,
    sizes_of,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.projecting_attention import Masks, ProjectingAttention, head_size
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Dim, Shape, broadcast_shapes


def _value_size(value: object, info: ValidationInfo) -> Dim | None:
    """A positive integer, or `None` for that of the keys; in Keras 2 any nothing does."""
    if value is None or (not value and dialect_of(info).era < Era.KERAS_3):
        return None
    return head_size(value, info)


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
