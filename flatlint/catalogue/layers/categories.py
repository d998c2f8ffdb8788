"""Category numbers as rows, and what every layer that encodes shares: CategoryEncoding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    UnknownArgument,
    as_size,
    dialect_of,
    exactly_one_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.input_dtypes import require_words_or_integers
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, Dim, Open, Shape, are_equal

INT, ONE_HOT, MULTI_HOT, COUNT = "int", "one_hot", "multi_hot", "count"


def token_number(value: object, info: ValidationInfo) -> object:
    """How many categories there are: 1 or more."""
    return positive(value, info, "`num_tokens` must be >= 1.")


def positive(value: object, info: ValidationInfo, keras: str) -> object:
    """A number of 1 or more; `keras` begins what Keras says of any other."""
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value < 1:
        refuse(info, "a number of 1 or more", value, f"{keras} Received: {info.field_name}={value}")
    return value


def sparse(value: object, info: ValidationInfo) -> object:
    """Whether to make a sparse tensor, which indices never are."""
    is_asked = not isinstance(value, UnknownArgument) and not is_symbolic(value) and bool(value)
    if is_asked and info.data.get("output_mode") == INT:
        raise ShapeConflict(
            f"{dialect_of(info).layer}: `sparse=True` needs another `output_mode` than 'int'",
            "`sparse` may only be true if `output_mode` is `'one_hot'`, `'multi_hot'`, or "
            "`'count'`.",
        )
    return value


EncodingMode: TypeAlias = Annotated[
    object, exactly_one_of("count", "one_hot", "multi_hot", "binary")
]
IndexMode: TypeAlias = Annotated[object, exactly_one_of("int", "one_hot", "multi_hot", "count")]
TokenNumber: TypeAlias = Annotated[object, PlainValidator(token_number)]
Sparse: TypeAlias = Annotated[object, PlainValidator(sparse)]


def encoded(
    layer: LayerSpec, inputs: Shape, mode: object, depth: Dim, sparse: object = False
) -> Shape:
    """The shape of indices once they are encoded, as Keras 2 does it for all its layers.

    A sparse tensor loses the size of its batch.

    Source: `encode_categorical_inputs` in tf_keras/src/layers/preprocessing/preprocessing_utils.py.
    """
    if mode == INT:
        return inputs
    shape = inputs if inputs.rank else Shape((1,))
    if mode == ONE_HOT:
        adds = are_equal(shape[-1], 1) is not True
        if adds and not isinstance(shape[-1], int | Open):
            raise NotKnown("whether the last axis has the size 1")
        shape = Shape((*shape, 1)) if adds else shape
    if shape.rank > 2:
        raise ShapeConflict(
            f"{layer.keras_name} encodes tensors of rank 2 at most, and {inputs} would come out "
            f"of rank {shape.rank}",
            "When output_mode is not `'int'`, maximum supported output rank is 2. Received "
            f"output_mode {mode} and input shape {inputs}, which would result in output rank "
            f"{shape.rank}.",
        )
    if shape.rank == 1:
        return Shape((depth,))
    if isinstance(sparse, UnknownArgument):
        sparse = True
    return Shape((OPEN if sparse else shape[0], depth))


class CategoryEncoding(LayerSpec):
    """Category numbers as rows of zeros and ones, or as counts.

    (None, 4) -> CategoryEncoding(5)                       -> (None, 5)
    (None, 1) -> CategoryEncoding(5, output_mode='one_hot') -> (None, 5)
    keras3: (None, 4) -> CategoryEncoding(5, 'one_hot')    -> (None, 4, 5)
    keras2: (None, 4) -> CategoryEncoding(5, 'one_hot')    -> conflict: rank 2
    (None, 4) -> CategoryEncoding(0)                       -> conflict: 1 or more
    """

    num_tokens: TokenNumber = None
    max_tokens: TokenNumber = None
    output_mode: EncodingMode = MULTI_HOT
    sparse: Anything = False

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Integers in Keras 2 where a sparse tensor is made of them."""
        if isinstance(self.sparse, bool | int | str) and self.sparse:
            require_words_or_integers(self.keras_name, self.era, dtypes[:1])

    def call(self, inputs: ShapeTree, count_weights: Any = None, **_: Any) -> ShapeTree:
        """Rows for the inputs; only counts can be weighted."""
        if count_weights is not None and self.output_mode != COUNT and self.era is Era.KERAS_2:
            raise ShapeConflict(
                f"{self.keras_name} takes `count_weights` with `output_mode='count'` only",
                "`count_weights` is not used when `output_mode` is not `'count'`.",
            )
        return super().call(inputs)

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The last axis becomes one of `num_tokens`."""
        number = self.num_tokens if self.max_tokens is None else self.max_tokens
        if number is None or isinstance(number, float):
            raise ShapeConflict(
                f"{self.keras_name} needs `num_tokens`, a whole number, not {number}",
                "num_tokens must be set to use this layer. If the number of tokens is not known "
                "beforehand, use the IntegerLookup layer instead.",
            )
        depth = as_size(number)
        if self.era < Era.KERAS_3:
            return encoded(self, inputs, self.output_mode, depth, self.sparse)
        if not inputs.rank:
            return Shape((depth,))
        if self.output_mode != ONE_HOT:
            return inputs.with_last(depth)
        return one_hot(inputs, depth)


def one_hot(inputs: Shape, depth: Dim) -> Shape:
    """Keras 3 puts the new axis behind the last one, or in its place if that has the size 1."""
    is_single = are_equal(inputs[-1], 1) if inputs.rank else False
    if inputs.rank > 1 and is_single is None and not isinstance(inputs[-1], Open):
        raise NotKnown("whether the last axis has the size 1")
    if inputs.rank > 1 and is_single:
        return inputs.with_last(depth)
    return Shape((*inputs, depth))
