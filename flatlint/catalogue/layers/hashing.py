"""Values of any kind as numbers below a bound: Hashing, HashedCrossing."""

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
from flatlint.catalogue.layers.categories import INT, IndexMode, Sparse, encoded, one_hot, positive
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import OPEN, UNFIXED, Dim, Open, Shape, are_equal


def bin_number(value: object, info: ValidationInfo) -> object:
    """How many bins a hash may fall into: 1 or more."""
    keras = (
        f"The `num_bins` for `{dialect_of(info).layer}` cannot be `None` or non-positive values."
    )
    return positive(value, info, keras)


def crossing_number(value: object, info: ValidationInfo) -> object:
    """How many bins a pair may fall into; Keras 3 looks when there is data."""
    if dialect_of(info).era is Era.KERAS_3:
        return value
    if value is None or isinstance(value, str) or (isinstance(value, int) and value < 0):
        refuse(info, "a number", value, f"Expected int for argument 'num_buckets' not {value!r}")
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


CrossingMode: TypeAlias = Annotated[object, exactly_one_of("int", "one_hot")]
BinNumber: TypeAlias = Annotated[object, PlainValidator(bin_number)]
CrossingNumber: TypeAlias = Annotated[object, PlainValidator(crossing_number)]
Salt: TypeAlias = Annotated[object, PlainValidator(salt)]


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


class HashedCrossing(LayerSpec):
    """Two features as one: the hash of their pairs.

    [(None, 1), (None, 1)] -> HashedCrossing(8)            -> (None, 1)
    [(None, 1), (None, 1)] -> HashedCrossing(8, 'one_hot') -> (None, 8)
    keras2: [(), ()]       -> HashedCrossing(8)            -> ()
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
        width = first[-1] if first.rank == 2 else 1
        is_wide = isinstance(width, Open) or are_equal(width, 1) is False
        if first.rank > 2 or is_wide:
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
