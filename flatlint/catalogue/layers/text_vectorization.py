"""Texts as the numbers of their words, or as rows: TextVectorization."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    Anything,
    as_size,
    chosen,
    dialect_of,
    exactly_one_of,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.vocabulary import INT, OTHER_NAMES, Lookup, lookup_mode
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import ShapeTree
from flatlint.shapes import OPEN, Dim, Open, Shape, are_equal


def ngrams(value: object, info: ValidationInfo) -> object:
    """How many words are taken together: a number, or several of them."""
    is_tuple = isinstance(value, tuple) and all(isinstance(part, int) for part in value)
    if not is_tuple and isinstance(value, str | float | list | tuple):
        refuse(
            info,
            "a whole number or a tuple of them",
            value,
            f"`ngrams` must be None, an integer, or a tuple of integers. Received: ngrams={value}",
        )
    return value


def text_mode(value: object, info: ValidationInfo) -> object:
    """What comes out for a text; Keras 2 can give its words back and has no `one_hot`."""
    if dialect_of(info).era is Era.KERAS_3:
        return lookup_mode(value, info)
    named = OTHER_NAMES.get(value, value) if isinstance(value, str) else value
    return _TEXT_MODES_2(named, info)


_TEXT_MODES_2 = chosen("int", "count", "multi_hot", "tf_idf", None)
Standardize: TypeAlias = Annotated[
    object, exactly_one_of("lower_and_strip_punctuation", "lower", "strip_punctuation", None)
]
Split: TypeAlias = Annotated[object, exactly_one_of("whitespace", "character", None)]
Ngrams: TypeAlias = Annotated[object, PlainValidator(ngrams)]
TextMode: TypeAlias = Annotated[object, PlainValidator(text_mode)]


class TextVectorization(Lookup):
    """Texts as the numbers of their words, or as rows.

    (None, 1) -> TextVectorization()                              -> (None, None)
    (None, 1) -> TextVectorization(output_sequence_length=9)      -> (None, 9)
    (None, 1) -> TextVectorization(output_mode='banana')          -> conflict: multi_hot
    keras2: (None, 4) -> TextVectorization(split='character')     -> conflict: one text
    keras2: [(None, 1)] -> TextVectorization()                    -> (1, None, None)
    keras3: (None, 1) -> TextVectorization(output_sequence_length=-1) -> conflict: negative
    """

    standardize: Standardize = "lower_and_strip_punctuation"
    split: Split = "whitespace"
    ngrams: Ngrams = None
    output_mode: TextMode = INT
    output_sequence_length: Anything = None
    ragged: Anything = False
    mask_token: Anything = ""
    oov_token: Anything = "[UNK]"

    @model_validator(mode="after")
    def _require_length(self) -> TextVectorization:
        """Refuse a length where no sequence of numbers comes out."""
        length, mode = self.output_sequence_length, self.output_mode
        if mode != INT and length is not None:
            self._exclude(
                "`output_sequence_length` needs `output_mode='int'`",
                "`output_sequence_length` must not be set if `output_mode` is not 'int'. Received "
                f"output_sequence_length={length}.",
            )
        if isinstance(length, float | str | list | tuple | NumpyInteger):
            self._exclude(
                f"`output_sequence_length` must be a whole number, not {length!r}",
                "`output_sequence_length` must be either None or an integer when `output_mode` is "
                f"'int'. Received: output_sequence_length={length}",
            )
        if self.ragged is True and mode != INT:
            self._exclude(
                "`ragged=True` needs `output_mode='int'`",
                "`ragged` must not be true if `output_mode` is not `'int'`.",
            )
        if self.ragged is True and length is not None and self.era < Era.KERAS_3:
            self._exclude(
                "`ragged=True` and `output_sequence_length` exclude each other",
                "`output_sequence_length` must not be set if ragged is True.",
            )
        return self

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """One row of numbers for each text; how many is open unless the program says so."""
        if self.era < Era.KERAS_3:
            return self._in_keras_2(inputs)
        if self.output_mode == INT:
            if not inputs.rank:
                raise ShapeConflict(f"{self.keras_name} needs a batch axis", "index out of range")
            return Shape((inputs[0], self._length()))
        if self.split is None:
            inputs = inputs if inputs.rank > 1 else Shape((*inputs, 1))
        else:
            inputs = Shape((*inputs, OPEN))
        return super().output_shape(inputs)

    def _length(self) -> Dim:
        length = self.output_sequence_length
        if isinstance(length, int) and length < 0:
            self._exclude(
                f"`output_sequence_length` must not be negative, as {length} is",
                f"Cannot convert '(…, {length})' to a shape. Negative dimensions are not allowed.",
            )
        return as_size(length)

    def _in_keras_2(self, inputs: Shape) -> ShapeTree:
        """Keras 2 splits, looks up and encodes at once."""
        if self.split is None:
            shape = inputs
            if self.ngrams is not None:
                raise NotKnown("how many n-grams there are")
        elif isinstance(self.split, str):
            texts = self._texts(inputs)
            if texts.rank == 1 and self.split == "whitespace":
                # `tf.strings.split` loses the size of the batch, `unicode_split` keeps it.
                texts = texts.with_axis(0, OPEN)
            shape = Shape((*texts, OPEN))
        else:
            raise NotKnown("how a function splits texts")
        if self.output_mode is None:
            return shape
        if self.output_mode != INT:
            return super().output_shape(shape)
        if self.ragged is True or (self.split is None and self.output_sequence_length is None):
            return shape
        if self.split is None:
            # Padded to a length that TensorFlow computes: no size is left but that of the rank.
            return Shape((OPEN,) * inputs.rank)
        return shape.with_last(self._length())

    def _texts(self, inputs: Shape) -> Shape:
        """The texts before they are split: an axis of size 1 at the end is dropped."""
        if inputs.rank <= 1:
            return inputs
        if isinstance(inputs[-1], Open) or are_equal(inputs[-1], 1) is False:
            raise ShapeConflict(
                f"{self.keras_name} splits one text a sample: it takes `(batch,)` or "
                f"`(batch, 1)`, not {inputs}",
                "When using `TextVectorization` to tokenize strings, the input rank must be 1 or "
                f"the last shape dimension must be 1. Received: inputs.shape={inputs}",
            )
        return Shape(inputs[:-1])
