"""Categories as numbers: CategoryEncoding, Hashing, HashedCrossing, Discretization."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape, are_equal

INT, ONE_HOT, MULTI_HOT, COUNT = "int", "one_hot", "multi_hot", "count"


def token_number(value: object, info: ValidationInfo) -> object:
    """How many categories there are: 1 or more."""
    return _positive(value, info, "`num_tokens` must be >= 1.")


def bin_number(value: object, info: ValidationInfo) -> object:
    """How many bins a hash may fall into: 1 or more."""
    keras = (
        f"The `num_bins` for `{dialect_of(info).layer}` cannot be `None` or non-positive values."
    )
    return _positive(value, info, keras)


def crossing_number(value: object, info: ValidationInfo) -> object:
    """How many bins a pair may fall into; Keras 3 looks when there is data."""
    if dialect_of(info).era is Era.KERAS_3:
        return value
    if value is None or isinstance(value, str) or (isinstance(value, int) and value < 0):
        refuse(info, "a number", value, f"Expected int for argument 'num_buckets' not {value!r}")
    return value


def _positive(value: object, info: ValidationInfo, keras: str) -> object:
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value < 1:
        refuse(info, "a number of 1 or more", value, f"{keras} Received: {info.field_name}={value}")
    return value


def bin_count(value: object, info: ValidationInfo) -> object:
    """How many bins to make, where the data are to say which; not beside given boundaries."""
    if value is None or isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, int | float) or value < 0:
        refuse(
            info,
            "0 or more",
            value,
            f"`num_bins` must be greater than or equal to 0. Received: {value}",
        )
    if info.data.get("bin_boundaries") is not None:
        raise ShapeConflict(
            f"{dialect_of(info).layer}: `num_bins` and `bin_boundaries` exclude each other",
            "Both `num_bins` and `bin_boundaries` should not be set.",
        )
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


def salt(value: object, info: ValidationInfo) -> object:
    """What is mixed into a hash: a number or two."""
    if value is None or isinstance(value, int | UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, list | tuple) or len(value) != 2:
        refuse(
            info,
            "a whole number or two of them",
            value,
            "The `salt` argument for `Hashing` can only be a tuple of size 2 integers, or a single "
            f"integer. Received: salt={value}.",
        )
    return value


def boundaries(value: object, info: ValidationInfo) -> object:
    """Where one bin ends and the next begins."""
    if dialect_of(info).era < Era.KERAS_3 and isinstance(value, int | float | str):
        refuse(
            info,
            "a list of numbers",
            value,
            f"object of type '{type(value).__name__}' has no len()",
        )
    return value


EncodingMode: TypeAlias = Annotated[
    object, exactly_one_of("count", "one_hot", "multi_hot", "binary")
]
IndexMode: TypeAlias = Annotated[object, exactly_one_of("int", "one_hot", "multi_hot", "count")]
CrossingMode: TypeAlias = Annotated[object, exactly_one_of("int", "one_hot")]
TokenNumber: TypeAlias = Annotated[object, PlainValidator(token_number)]
BinNumber: TypeAlias = Annotated[object, PlainValidator(bin_number)]
CrossingNumber: TypeAlias = Annotated[object, PlainValidator(crossing_number)]
BinCount: TypeAlias = Annotated[object, PlainValidator(bin_count)]
Sparse: TypeAlias = Annotated[object, PlainValidator(sparse)]
Salt: TypeAlias = Annotated[object, PlainValidator(salt)]
Boundaries: TypeAlias = Annotated[object, PlainValidator(boundaries)]


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


class Hashing(LayerSpec):
    """Values of any kind as numbers below `num_bins`.

    (None, 4) -> Hashing(8)                           -> (None, 4)
    (None, 4) -> Hashing(8, output_mode='multi_hot')  -> (None, 8)
    (None, 4) -> Hashing(0)                           -> conflict: 1 or more
    (None, 4) -> Hashing(8, sparse=True)              -> conflict: output_mode
    keras2: [(None, 4), (None, 4)] -> Hashing(8)      -> (2, None, 4)
    keras3: [(None, 4), (None, 4)] -> Hashing(8)      -> conflict: one tensor
    """

    num_bins: BinNumber
    mask_value: Anything = None
    salt: Salt = None
    output_mode: IndexMode = INT
    sparse: Sparse = False

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Words or integers in Keras 2, the value to mask of the same kind."""
        require_words_or_integers(self.keras_name, self.era, dtypes)
        for dtype in dtypes:
            is_word = isinstance(self.mask_value, str)
            # A single bin leaves nothing to mask.
            known = dtype is not None and self.num_bins != 1
            known = known and isinstance(self.mask_value, int | str)
            if self.era is Era.KERAS_2 and known and is_word is not (dtype == "string"):
                raise ShapeConflict(
                    f"{self.keras_name} masks {self.mask_value!r} and gets values of dtype {dtype}",
                    f"Expected {dtype} passed to parameter 'y' of op 'Equal', got "
                    f"{self.mask_value!r} instead.",
                )

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Indices keep the shape, anything else has `num_bins` in its last axis."""
        depth = as_size(self.num_bins)
        if self.era < Era.KERAS_3:
            return encoded(self, inputs, self.output_mode, depth, self.sparse)
        if self.output_mode == INT:
            return inputs
        if isinstance(self.num_bins, float):
            raise ShapeConflict(
                f"{self.keras_name}: `num_bins` must be a whole number, not {self.num_bins}",
                f"Cannot convert '(…, {self.num_bins})' to a shape.",
            )
        return Shape((*inputs[:-1], depth)) if inputs.rank else Shape((depth,))


class Discretization(LayerSpec):
    """Numbers as the bins that they fall into.

    (None, 4) -> Discretization([0.0, 1.0]) -> (None, 4)
    (None, 4) -> Discretization([0.0, 1.0], num_bins=3) -> conflict: exclude
    keras3: (None, 1) -> Discretization([0.0, 1.0], output_mode='one_hot') -> (None, 3)
    keras3: (None, 4) -> Discretization() -> conflict: num_bins
    """

    bin_boundaries: Boundaries = None
    num_bins: BinCount = None
    epsilon: Anything = 0.01
    output_mode: IndexMode = INT
    sparse: Sparse = False
    bins: Anything = None
    """The old name, in Keras 2, of the boundaries or of how many bins there are."""
    is_adapted: Anything = None
    """Whether data have made the bins, where the program shows that."""

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """Indices keep the shape, anything else has one place a bin in its last axis."""
        if self.bin_boundaries is None and self.num_bins is None and self.era is Era.KERAS_3:
            raise ShapeConflict(
                f"{self.keras_name} needs `bin_boundaries` or `num_bins`",
                "You need to set either `num_bins` or `bin_boundaries`.",
            )
        if self.output_mode == INT:
            return inputs
        if self.era < Era.KERAS_3:
            return encoded(self, inputs, self.output_mode, self._depth(), self.sparse)
        if self.output_mode == ONE_HOT:
            return one_hot(inputs, self._depth())
        # Keras 3 leaves out the second axis here, not the last.
        rest = (inputs[0], *inputs[2:]) if inputs.rank >= 2 else ()
        return Shape((*rest, self._depth()))

    @property
    def _boundaries(self) -> object:
        is_count = isinstance(self.bins, int) and self.num_bins is None
        return self.bin_boundaries if is_count or self.bin_boundaries is not None else self.bins

    def _depth(self) -> Dim:
        boundaries = self._boundaries
        if isinstance(boundaries, int | float):
            raise ShapeConflict(
                f"{self.keras_name}: `bin_boundaries` must be a list of numbers, not {boundaries}",
                f"object of type '{type(boundaries).__name__}' has no len()",
            )
        if isinstance(boundaries, Sequence):
            return len(boundaries) + 1
        if boundaries is not None:
            raise NotKnown("the number of bins is not known")
        if self.era is Era.KERAS_3:
            return as_size(self.num_bins)
        # Without boundaries Keras 2 takes those that adapt() has found: none before.
        return 1 if self.is_adapted is False else UNFIXED


class HashedCrossing(LayerSpec):
    """Two features as one: the hash of their pairs.

    [(None, 1), (None, 1)] -> HashedCrossing(8)            -> (None, 1)
    [(None, 1), (None, 1)] -> HashedCrossing(8, 'one_hot') -> (None, 8)
    [(None, 1)]            -> HashedCrossing(8)            -> conflict: two
    [(None, 1), (None, 2)] -> HashedCrossing(8)            -> conflict: same shape
    """

    num_bins: CrossingNumber
    output_mode: CrossingMode = INT
    sparse: Anything = False

    def require_dtypes(self, dtypes: Sequence[str | None]) -> None:
        """Words or integers in Keras 2."""
        require_words_or_integers(self.keras_name, self.era, dtypes)

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """One index or one row for each pair."""
        shapes = self._pair(inputs)
        if self.era < Era.KERAS_3:
            self._require_columns(shapes)
            shape = shapes[0]
            if shape.rank == 2:
                shape = Shape((UNFIXED if shape[0] is UNFIXED else OPEN, 1))
            return encoded(self, shape, self.output_mode, as_size(self.num_bins))
        if not all(shape.rank for shape in shapes) or _differ(shapes[0][-1], shapes[1][-1]):
            self._refuse_difference(shapes)
        if self.output_mode == INT:
            return shapes[0]
        self._require_number()
        if shapes[0].rank == 1 and shapes[0][-1] == 1:
            return Shape((as_size(self.num_bins),))
        return one_hot(shapes[0], as_size(self.num_bins))

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()

    def _require_number(self) -> None:
        is_size = (
            self.num_bins is None or isinstance(self.num_bins, int) or is_symbolic(self.num_bins)
        )
        if not is_size or (isinstance(self.num_bins, int) and self.num_bins < 0):
            raise ShapeConflict(
                f"{self.keras_name}: `num_bins` must be a number of bins, not {self.num_bins!r}",
                f"Cannot convert '(…, {self.num_bins!r})' to a shape.",
            )

    def _pair(self, inputs: ShapeTree) -> list[Shape]:
        if isinstance(inputs, UnknownArgument):
            raise NotKnown(inputs.reason, inputs.origin)
        shapes = [] if isinstance(inputs, Shape | Mapping) else list(inputs)
        fits = len(shapes) == 2 if self.era is Era.KERAS_3 else len(shapes) >= 2
        if not fits:
            raise ShapeConflict(
                f"{self.keras_name} takes a list of two tensors",
                f"Expected as input a list/tuple of 2 tensors. Received input_shape={inputs}",
            )
        known = []
        for shape in shapes:
            if isinstance(shape, UnknownArgument):
                raise NotKnown(shape.reason, shape.origin)
            if isinstance(shape, Shape):
                known.append(shape)
        return known

    def _require_columns(self, shapes: list[Shape]) -> None:
        """Keras 2 takes single values and columns of them."""
        first = shapes[0]
        is_wide = isinstance(first[-1], Open) or are_equal(first[-1], 1) is False
        if first.rank > 2 or (first.rank == 2 and is_wide):
            raise ShapeConflict(
                f"{self.keras_name} takes tensors `(batch,)` or `(batch, 1)`, not {first}",
                "All `HashedCrossing` inputs should have shape `[]`, `[batch_size]` or "
                "`[batch_size, 1]`.",
            )
        for other in shapes[1:]:
            if other.rank != first.rank or any(map(_differ, first, other)):
                self._refuse_difference(shapes)

    def _refuse_difference(self, shapes: list[Shape]) -> None:
        raise ShapeConflict(
            f"{self.keras_name} takes tensors of the same shape, not "
            f"{' and '.join(map(str, shapes))}",
            "Expected the two input tensors to have identical shapes. Received "
            f"input_shape={shapes}",
        )


def _differ(left: Dim, right: Dim) -> bool:
    """Whether Keras sees two different sizes: an open one differs from every number."""
    known = isinstance(left, int | Open) and isinstance(right, int | Open)
    return left != right if known else are_equal(left, right) is False
