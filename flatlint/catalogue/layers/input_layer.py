"""InputLayer: where a model begins, with the shape that its data must have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, TypeAlias

from pydantic import PlainValidator, ValidationInfo, model_validator

from flatlint.catalogue.arguments import (
    Anything,
    Dialect,
    OpaqueArgument,
    UnknownArgument,
    as_size,
    dialect_of,
    is_symbolic,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.every_layer import layer_name
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Shape


def input_name(value: object, info: ValidationInfo) -> object:
    """A name; that of an input opens no scope in Keras 2, and may be any string there."""
    in_keras_2 = dialect_of(info).era is Era.KERAS_2
    return value if in_keras_2 and isinstance(value, str) else layer_name(value, info)


_DTYPE_HOMES = ("tensorflow", "tensorflow.dtypes", "numpy")
"""Modules that call their dtypes by the names that Keras has for them."""

InputName: TypeAlias = Annotated[object, PlainValidator(input_name)]


class InputLayer(LayerSpec):
    """The start of a model; `Input(...)` makes one and hands on its tensor.

    keras3: (None, 5) -> InputLayer((5,))           -> (None, 5)
    keras3: (None, 5) -> InputLayer()               -> conflict: shape
    keras3: (None, 5) -> InputLayer(5)              -> conflict: tuple
    keras2: (None, 5) -> InputLayer(5)              -> (None, 5)
    keras2: (None, 5) -> InputLayer(input_shape=(-5,)) -> conflict: negative
    """

    name: InputName = None
    shape: Anything = None
    batch_shape: Anything = None
    batch_size: Anything = None
    # Keras 2 does not go through these before it looks at all of them together.
    input_shape: Anything = None
    batch_input_shape: Anything = None
    input_tensor: Anything = None
    tensor: Anything = None
    type_spec: Anything = None
    sparse: Anything = None
    ragged: Anything = None

    @model_validator(mode="after")
    def _require_shape(self) -> InputLayer:
        """Keras goes through the sizes when the layer is made."""
        self.declared_input()
        return self

    def declared_input(self) -> Shape | UnknownArgument | None:
        """The shape of the tensor that it starts with; raises `ShapeConflict` where Keras raises.

        Source: keras/src/layers/core/input_layer.py, tf_keras/src/engine/input_layer.py.
        """
        tensor = self._tensor
        if isinstance(tensor, Shape):
            return tensor
        self._require_tensor(tensor)
        if tensor is not None or self.type_spec is not None:
            return UnknownArgument("the input is made from a tensor")
        rest = self.shape if self.input_shape is None else self.input_shape
        whole = self.batch_shape if self.batch_input_shape is None else self.batch_input_shape
        self._require_one(rest, whole)
        self._require_one_kind()
        if whole is not None:
            return self._sizes(whole)
        if rest is None:
            return None
        sizes = self._sizes(rest)
        if isinstance(sizes, UnknownArgument):
            return sizes
        return Shape((*self._batch(), *sizes))

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """What it stands for; it hands on what it is given."""
        declared = self.declared_input()
        return inputs if declared is None else declared

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None."""
        return ()

    @property
    def first_dtype(self) -> str | None:
        """The dtype of the tensor that it starts with: Keras's `floatx` without a word of it."""
        if self.is_given or self.type_spec is not None:
            return None
        if isinstance(self.dtype, OpaqueArgument):
            home, _, name = self.dtype.kind.rpartition(".")
            return name if home in _DTYPE_HOMES else None
        dtype = "float32" if self.dtype is None else self.dtype
        return dtype if isinstance(dtype, str) else None

    @property
    def is_given(self) -> bool:
        """Whether the tensor that it starts with is one of the program."""
        return self._tensor is not None

    @property
    def is_sparse(self) -> bool:
        """Whether the tensor that it starts with is surely a sparse one."""
        return isinstance(self.sparse, int) and bool(self.sparse)

    @property
    def _tensor(self) -> object:
        """The tensor to begin with: a keyword `tensor` of the class itself, Keras 3 drops."""
        given = self.tensor if self._is_keras_2 or self._is_input_function else None
        return given if self.input_tensor is None else self.input_tensor

    def _require_one(self, rest: object, whole: object) -> None:
        """One description of the shape, no more, and in Keras 3 no less."""
        if rest is not None and whole is not None:
            raise ShapeConflict(
                f"{self.keras_name} gets its shape twice, with and without the batch axis",
                "You cannot pass both `shape` and `batch_shape` at the same time."
                if self.era is Era.KERAS_3
                else "Only provide the `shape` OR `batch_input_shape` argument to Input, not both "
                "at the same time.",
            )
        if self.era is Era.KERAS_3 and whole is not None and self.batch_size is not None:
            raise ShapeConflict(
                f"{self.keras_name} gets the size of the batch twice",
                "You cannot pass both `batch_size` and `batch_shape` at the same time.",
            )
        if self._is_function and rest is None and whole is None:
            raise ShapeConflict(
                "Input needs a shape",
                "Please provide to Input a `shape` or a `tensor` or a `type_spec` argument.",
            )
        if self.era is Era.KERAS_3 and rest is None and whole is None:
            raise ShapeConflict(
                f"{self.keras_name} needs a shape", "You must pass a `shape` argument."
            )

    @property
    def _is_function(self) -> bool:
        """Whether the program calls `Input`, which in Keras 2 wants what `InputLayer` does not."""
        return self._is_input_function and self._is_keras_2

    @property
    def _is_input_function(self) -> bool:
        return isinstance(self.dialect, Dialect) and self.dialect.layer == "Input"

    @property
    def _is_keras_2(self) -> bool:
        return self.era is Era.KERAS_2

    def _require_tensor(self, given: object) -> None:
        if isinstance(given, int | float | str):
            raise ShapeConflict(
                f"{self.keras_name} is to begin with a tensor, and gets {given!r}",
                f"'{type(given).__name__}' object has no attribute 'dtype'"
                if self._is_keras_2
                else "Argument `input_tensor` must be a KerasTensor.",
            )

    def _require_one_kind(self) -> None:
        if self.sparse is True and self.ragged is True:
            raise ShapeConflict(
                f"{self.keras_name} is to begin with a tensor that is both sparse and ragged",
                "Cannot set both sparse and ragged to True in a Keras input."
                if self._is_keras_2
                else "KerasTensor cannot have `sparse=True` and `ragged=True` at the same time.",
            )

    def _batch(self) -> Shape:
        batch = self._sizes((self.batch_size,))
        if isinstance(batch, UnknownArgument):
            raise NotKnown(batch.reason, batch.origin)
        return batch

    def _sizes(self, value: object) -> Shape | UnknownArgument:
        """A shape as it is written; numbers that are no sizes are refused."""
        if isinstance(value, UnknownArgument):
            return value
        if is_symbolic(value):
            return UnknownArgument("the rank of the input is not known")
        if isinstance(value, int) and not isinstance(value, bool) and self.era < Era.KERAS_3:
            value = (value,)
        if not isinstance(value, Sequence) or isinstance(value, str):
            return self._refuse(value, "a tuple of sizes")
        for size in value:
            is_size = size is None or is_symbolic(size) or self._is_whole(size)
            if not is_size:
                return self._refuse(value, "made of whole numbers and None")
            if isinstance(size, int) and size < 0:
                return self._refuse(value, "without negative sizes")
        return Shape(tuple(as_size(size) for size in value))

    def _is_whole(self, size: object) -> bool:
        # TensorFlow takes no booleans for sizes, Keras 3 does not tell them from numbers.
        is_plain = not isinstance(size, bool) or self.era is Era.KERAS_3
        return isinstance(size, int) and is_plain

    def _refuse(self, value: object, wanted: str) -> Shape:
        raise ShapeConflict(
            f"{self.keras_name}: a shape must be {wanted}, not {value!r}",
            f"Cannot convert '{value}' to a shape."
            if self.era is Era.KERAS_3
            else "Dimension value must be integer or None or have an __index__ method, got value "
            f"'{value}'",
        )
