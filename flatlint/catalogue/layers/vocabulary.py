"""Words and numbers by their place in a vocabulary: StringLookup, IntegerLookup."""

from __future__ import annotations

from typing import Annotated, Any, NoReturn, TypeAlias

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    Anything,
    UnknownArgument,
    as_size,
    chosen,
    dialect_of,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.every_layer import dtype
from flatlint.catalogue.layers.categories import ONE_HOT, encoded, one_hot
from flatlint.catalogue.spec import LayerSpec, ShapeTree
from flatlint.shapes import OPEN, UNFIXED, Dim, Shape

INT, TF_IDF = "int", "tf_idf"
OTHER_NAMES = {"binary": "multi_hot", "tf-idf": TF_IDF}


def most_tokens(value: object, info: ValidationInfo) -> object:
    """How large a vocabulary may become: 2 or more."""
    if value is None or isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value <= 1:
        refuse(
            info,
            "2 or more",
            value,
            f"If set, `max_tokens` must be greater than 1. Received: max_tokens={value}",
        )
    return value


def unknown_indices(value: object, info: ValidationInfo) -> object:
    """How many places there are for what is not in the vocabulary."""
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value < 0:
        refuse(
            info,
            "0 or more",
            value,
            "`num_oov_indices` must be greater than or equal to 0. Received: "
            f"num_oov_indices={value}",
        )
    return value


def lookup_mode(value: object, info: ValidationInfo) -> object:
    """What comes out for a token: its number, or a row."""
    named = OTHER_NAMES.get(value, value) if isinstance(value, str) else value
    return _LOOKUP_MODES(named, info)


def ignored_dtype(value: object, info: ValidationInfo) -> object:
    """A dtype that only Keras 2 looks at."""
    return value if dialect_of(info).era is Era.KERAS_3 else dtype(value, info)


_LOOKUP_MODES = chosen("int", "one_hot", "multi_hot", "count", "tf_idf")
MostTokens: TypeAlias = Annotated[object, PlainValidator(most_tokens)]
UnknownIndices: TypeAlias = Annotated[object, PlainValidator(unknown_indices)]
IgnoredDType: TypeAlias = Annotated[object, PlainValidator(ignored_dtype)]
LookupMode: TypeAlias = Annotated[object, PlainValidator(lookup_mode)]


class Lookup(LayerSpec):
    """What the two lookups share: a vocabulary and what is made of a place in it.

    Source: keras/src/layers/preprocessing/index_lookup.py and its namesake in tf_keras.
    """

    max_tokens: MostTokens = None
    num_oov_indices: UnknownIndices = 1
    mask_token: Anything = None
    oov_token: Anything = None
    vocabulary: Anything = None
    idf_weights: Anything = None
    invert: Anything = False
    output_mode: LookupMode = INT
    sparse: Anything = False
    pad_to_max_tokens: Anything = False
    is_adapted: Anything = None
    """Whether data have filled the vocabulary, where the program shows that."""

    @model_validator(mode="after")
    def _require_consistency(self) -> Lookup:
        """Refuse arguments that exclude each other, when the layer is made."""
        mode = self.output_mode
        if self.pad_to_max_tokens is True and self.max_tokens is None:
            self._exclude(
                "`pad_to_max_tokens` needs `max_tokens`",
                "If pad_to_max_tokens is True, must set `max_tokens`.",
            )
        if self.invert is True and mode != INT:
            self._exclude(
                "`invert=True` needs `output_mode='int'`",
                f"`output_mode` must be `'int'` when `invert` is true. Received: {mode}",
            )
        if self.sparse is True and mode == INT:
            self._exclude(
                "`sparse=True` needs another `output_mode` than 'int'",
                "`sparse` may only be true if `output_mode` is `'one_hot'`, `'multi_hot'`, "
                "`'count'` or `'tf_idf'`.",
            )
        if self.idf_weights is not None and mode != TF_IDF:
            self._exclude(
                "`idf_weights` needs `output_mode='tf_idf'`",
                "`idf_weights` should only be set if `output_mode` is `'tf_idf'`.",
            )
        if self.vocabulary is not None and self.idf_weights is None and mode == TF_IDF:
            self._exclude(
                "`output_mode='tf_idf'` needs `idf_weights` beside its `vocabulary`",
                "When specifying the `vocabulary` argument, in TF-IDF output mode, the "
                "`idf_weights` argument must also be provided.",
            )
        self._require_vocabulary()
        return self

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Numbers keep the shape, rows have a place for every token."""
        if self.output_mode == INT:
            return inputs
        self._require_adapted()
        if self.era < Era.KERAS_3:
            return encoded(self, inputs, self.output_mode, self.depth(), self.sparse)
        if self.output_mode == ONE_HOT:
            return one_hot(inputs, self.depth())
        return Shape((*inputs[:-1], self.depth()))

    def _require_adapted(self) -> None:
        """Keras 2 has to know how many tokens there are before it makes a row of them."""
        is_empty = self.vocabulary is None and self.is_adapted is False
        if self.era is Era.KERAS_2 and is_empty and not self.pad_to_max_tokens:
            raise ShapeConflict(
                f"{self.keras_name} with `output_mode={self.output_mode!r}` is called before it "
                "has a vocabulary: `adapt` gives it one, or `vocabulary=`",
                f"When using `output_mode={self.output_mode}` and `pad_to_max_tokens=False`, you "
                "must set the layer's vocabulary before calling it.",
            )

    def depth(self) -> Dim:
        """How many tokens there are, those for what is unknown included."""
        if self.pad_to_max_tokens:
            return as_size(self.max_tokens)
        if isinstance(self.vocabulary, list | tuple):
            return as_size(self.num_oov_indices) + len(self._tokens(self.vocabulary))
        if self.vocabulary is None and self.is_adapted is False and self.era is Era.KERAS_3:
            return OPEN
        return UNFIXED

    def _tokens(self, vocabulary: list[Any] | tuple[Any, ...]) -> list[Any]:
        """The vocabulary without the special tokens that it may begin with."""
        masks = 1 if self.mask_token is not None and self.output_mode == INT else 0
        number = self.num_oov_indices if isinstance(self.num_oov_indices, int) else 0
        special = [self.mask_token] * masks + [self.special_token] * number
        begins = list(vocabulary[: len(special)])
        return list(vocabulary[len(special) :]) if special == begins else list(vocabulary)

    @property
    def special_token(self) -> object:
        """What stands for a token that is not in the vocabulary."""
        return self.oov_token

    def _require_vocabulary(self) -> None:
        """Refuse an empty vocabulary, one that says a token twice, one that is too large."""
        listed = self.vocabulary
        if isinstance(listed, int | float):
            self._exclude(
                f"`vocabulary` must be a list of tokens, not {listed}",
                "'int' object has no attribute 'size'",
            )
        if not isinstance(listed, list | tuple):
            return
        if not listed:
            self._exclude("`vocabulary` is empty", "Cannot set an empty vocabulary.")
        if any(isinstance(token, list | dict) for token in listed):
            self._exclude(
                "`vocabulary` must hold tokens, not lists of them",
                "unhashable type: 'numpy.ndarray'",
            )
        if not all(isinstance(token, str | int | float) for token in listed):
            return
        tokens = self._tokens(listed)
        repeated = sorted({str(token) for token in tokens if tokens.count(token) > 1})
        if repeated:
            self._exclude(
                f"`vocabulary` holds {', '.join(repeated)} more than once",
                "The passed vocabulary has at least one repeated term. Please uniquify your "
                f"dataset. The repeated terms are: {repeated}",
            )
        self._require_room(len(tokens))

    def _require_room(self, tokens: int) -> None:
        if not isinstance(self.max_tokens, int) or not isinstance(self.num_oov_indices, int):
            return
        masks = 1 if self.mask_token is not None and self.output_mode == INT else 0
        size = tokens + masks + self.num_oov_indices
        if size > self.max_tokens:
            self._exclude(
                f"the vocabulary has {size} tokens with those for what is unknown, and "
                f"`max_tokens` is {self.max_tokens}",
                "Attempted to set a vocabulary larger than the maximum vocab size. Received "
                f"vocabulary size is {size}; `max_tokens` is {self.max_tokens}.",
            )

    def _exclude(self, what: str, keras: str) -> NoReturn:
        raise ShapeConflict(f"{self.keras_name}: {what}", keras)


class PlaceLookup(Lookup):
    """A lookup by itself, which throws away a dtype in Keras 3."""

    dtype: IgnoredDType = None


class StringLookup(PlaceLookup):
    """Words by their place in a vocabulary.

    (None, 4) -> StringLookup(vocabulary=['a', 'b'])                            -> (None, 4)
    (None, 4) -> StringLookup(vocabulary=['a', 'b'], output_mode='multi_hot')   -> (None, 3)
    (None, 4) -> StringLookup(vocabulary=['a', 'a'])                            -> conflict: once
    (None, 4) -> StringLookup(max_tokens=1)                                     -> conflict: 2
    """

    oov_token: Anything = "[UNK]"


class IntegerLookup(PlaceLookup):
    """Numbers by their place in a vocabulary.

    (None, 1) -> IntegerLookup(vocabulary=[7, 9])                         -> (None, 1)
    (None, 1) -> IntegerLookup(vocabulary=[7, 9], output_mode='one_hot')  -> (None, 3)
    (None, 1) -> IntegerLookup(num_oov_indices=-1)                        -> conflict: 0 or more
    """

    max_values: MostTokens = None
    oov_token: Anything = -1
    vocabulary_dtype: Anything = "int64"
    oov_method: Anything = "floormod"
    salt: Anything = None

    @model_validator(mode="after")
    def _require_method(self) -> IntegerLookup:
        """Refuse what Keras 3 offers for other types and another way to hash."""
        if self.era is not Era.KERAS_3:
            return self
        dtype, method = self.vocabulary_dtype, self.oov_method
        if isinstance(dtype, str | int | float) and dtype != "int64":
            self._exclude(
                f"`vocabulary_dtype` can be 'int64' alone, not {dtype!r}",
                f"Only `vocabulary_dtype='int64'` is supported at this time. Received: {dtype}",
            )
        is_plain = method is None or isinstance(method, str | int | float)
        if is_plain and method not in ("floormod", "farmhash"):
            self._exclude(
                f"`oov_method` must be 'floormod' or 'farmhash', not {method!r}",
                "Unknown value for `oov_method` argument of IntegerLookup.",
            )
        if is_plain and method != "farmhash" and isinstance(self.salt, int | list | tuple):
            self._exclude(
                "`salt` needs `oov_method='farmhash'`",
                "`salt` can only be used when `oov_method='farmhash'`.",
            )
        return self
