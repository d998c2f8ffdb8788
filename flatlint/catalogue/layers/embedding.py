"""Embedding: every index of the input becomes a vector, so that one axis is added at the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    Constraint,
    Flag,
    Initializer,
    Regularizer,
    UnknownArgument,
    as_size,
    dialect_of,
    flag,
    is_integer,
    is_symbolic,
    refuse,
    sizes_of,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.low_rank import LoraRank, low_rank_weights
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, UNFIXED, Dim, Shape


def table_size(value: object, info: ValidationInfo) -> Dim:
    """A side of the table of vectors: a positive whole number in every era.

    Source: keras/src/layers/core/embedding.py; Keras 2 refuses the rest when it makes the table.
    """
    if is_symbolic(value):
        return as_size(value)
    if not is_integer(value, info, (3, 15)) or isinstance(value, bool) or value <= 0:
        refuse(
            info,
            "a positive integer",
            value,
            f"`{info.field_name}` must be a positive integer. Received: "
            f"{info.field_name}={value!r}",
        )
    return as_size(value)


def not_masked(value: object, info: ValidationInfo) -> object:
    """A flag that Keras 2 takes only where no zeros are masked."""
    if value is True and info.data.get("mask_zero") is True:
        raise ShapeConflict(
            f"{dialect_of(info).layer}: `mask_zero` and `sparse` exclude each other",
            "`mask_zero` cannot be enabled when `tf.keras.layers.Embedding` is used with "
            "`tf.SparseTensor` input.",
        )
    return flag(value, info)


NotMasked: TypeAlias = Annotated[bool, PlainValidator(not_masked)]
TableSize: TypeAlias = Annotated[Dim, PlainValidator(table_size)]


class Embedding(LayerSpec):
    """A table of `input_dim` vectors of `output_dim` numbers; the input holds row numbers.

    (None, 12)    -> Embedding(1000, 64) -> (None, 12, 64)
    (None, 12, 7) -> Embedding(1000, 64) -> (None, 12, 7, 64)
    (None, None)  -> Embedding(1000, 64) -> (None, None, 64)
    (None, 12)    -> Embedding(0, 64)    -> conflict: positive integer
    """

    input_dim: TableSize
    output_dim: TableSize
    embeddings_initializer: Initializer = "uniform"
    embeddings_regularizer: Regularizer = None
    embeddings_constraint: Constraint = None
    mask_zero: Flag = False
    sparse: NotMasked = False
    input_length: Anything = None
    lora_rank: LoraRank = None

    def declared_input(self) -> Shape | UnknownArgument | None:
        """Before Keras 3 an Embedding declares its input, `(None, input_length)`, by itself.

        Source: `__init__` in tf_keras/src/layers/core/embedding.py.
        """
        declared = super().declared_input()
        if declared is not None or self.era is Era.KERAS_3:
            return declared
        if isinstance(self.input_length, UnknownArgument):
            return Shape.of(None, UNFIXED)
        lengths = (OPEN,) if self.input_length is None else sizes_of(self.input_length)
        return Shape((OPEN, *lengths))

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """`inputs` with an axis of `output_dim` after its last."""
        return Shape((*inputs, self.output_dim))

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """One table `(input_dim, output_dim)`, frozen where a low rank change is learnt."""
        table = (self.input_dim, self.output_dim)
        yield Weight("embeddings", table, trainable=not self.lora_rank)
        yield from low_rank_weights(table, self.lora_rank)


class ReversibleEmbedding(Embedding):
    """An embedding that also maps vectors back to scores for every row: `reverse=True`.

    (None, 12) -> ReversibleEmbedding(1000, 64)                    -> (None, 12, 64)
    (None, 12) -> ReversibleEmbedding(1000, 64, tie_weights=False) -> (None, 12, 64)
    (None, 12) -> ReversibleEmbedding(1000, -1)                    -> conflict: positive integer
    """

    tie_weights: Flag = True

    def call(self, inputs: ShapeTree, *, reverse: Any = False, **_: Any) -> ShapeTree:
        """Vectors for rows, or with `reverse` scores for vectors; Keras checks neither."""
        shape = self.single(inputs)
        if not reverse:
            return self.output_shape(shape)
        if not shape.rank:
            raise ShapeConflict(
                f"{self.keras_name} maps the last axis back, and a scalar has none",
                "list assignment index out of range",
            )
        return shape.with_last(self.input_dim)

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """The table, and a second one where the way back does not share it."""
        yield from self.weights(self.single(inputs))
        if not self.tie_weights:
            yield Weight("reverse_embeddings", (self.output_dim, self.input_dim))
