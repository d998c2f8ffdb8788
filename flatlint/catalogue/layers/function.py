"""Lambda: a function of the program as a layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, Protocol, TypeAlias, runtime_checkable

from pydantic import Field, PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Anything,
    OpaqueArgument,
    UnknownArgument,
    as_size,
    is_symbolic,
    refuse,
)
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Shape


def function(value: object, info: ValidationInfo) -> object:
    """Something that can be called; `inspect` asks it for its parameters right away."""
    if value is None or isinstance(value, int | float | str | list | tuple | dict):
        refuse(info, "a function", value, "unsupported callable")
    return value


@runtime_checkable
class ShapeFunction(Protocol):
    """A function of the program that is called with shapes: what `output_shape=` may be."""

    def shape_of(self, inputs: ShapeTree) -> object:
        """The sizes that it gives for these shapes."""
        ...


Function: TypeAlias = Annotated[object, PlainValidator(function)]


class Lambda(LayerSpec):
    """Whatever the function makes of its input, or in Keras 3 what `output_shape` says.

    keras3: (None, 5) -> Lambda(f, output_shape=(7, 3))  -> (None, 7, 3)
    keras3: (8, 5)    -> Lambda(f, output_shape=(None,)) -> (8, None)
    (None, 5) -> Lambda(None) -> conflict: a function
    """

    function: Function
    declared: Anything = Field(default=None, alias="output_shape")
    arguments: Anything = None

    def call(self, inputs: ShapeTree, **_: Any) -> ShapeTree:
        """The function's output; a declared shape counts in Keras 3 alone."""
        if self.declared is None:
            return self._computed(inputs)
        if self.era is Era.KERAS_3:
            return self._declared(inputs)
        try:
            computed = self._computed(inputs)
        except NotKnown:
            return self._declared(inputs)
        # Where the function is beyond what is modelled, its author's word stands.
        return self._declared(inputs) if isinstance(computed, UnknownArgument) else computed

    def call_weights(self, inputs: ShapeTree, **_: Any) -> Iterable[Weight]:
        """None: Keras refuses variables in a Lambda."""
        return ()

    def _computed(self, inputs: ShapeTree) -> ShapeTree:
        if isinstance(self.function, UnknownArgument):
            raise NotKnown(self.function.reason, self.function.origin)
        if isinstance(self.function, OpaqueArgument) or not callable(self.function):
            raise NotKnown("what the function of a Lambda makes of its input is not known")
        given = self.arguments or {}
        if self.era is Era.KERAS_2 and isinstance(given, int | float | str | list | tuple):
            raise ShapeConflict(
                f"Lambda: `arguments` must be a dict, not {given!r}",
                f"'{type(given).__name__}' object has no attribute 'items'",
            )
        if not isinstance(given, Mapping):
            raise NotKnown("the arguments of the function of a Lambda are not known")
        applied: Callable[..., ShapeTree] = self.function
        try:
            return applied(inputs, **given)
        except ShapeConflict as conflict:
            raise ShapeConflict(conflict.message, self._keras_says(conflict)) from conflict

    def _keras_says(self, conflict: ShapeConflict) -> str:
        if self.era is Era.KERAS_3:
            return (
                "We could not automatically infer the shape of the Lambda's output. Please "
                "specify the `output_shape` argument for this Lambda layer."
            )
        return conflict.keras

    def _declared(self, inputs: ShapeTree) -> ShapeTree:
        """The declared shape behind the batch axis; Keras 3 does not look at the function then."""
        declared = self.declared
        if isinstance(declared, ShapeFunction):
            declared = declared.shape_of(inputs)
            if isinstance(declared, tuple) and all(map(_is_size, declared)):
                return Shape(tuple(as_size(part) for part in declared))
        if callable(declared) or isinstance(declared, UnknownArgument | OpaqueArgument):
            try:
                return self._computed(inputs)
            except ShapeConflict as conflict:
                raise NotKnown("a function gives the shape of a Lambda") from conflict
        return _behind_batch(_batch_of(inputs), declared)


def _batch_of(inputs: ShapeTree) -> Dim:
    """The first size of the first input."""
    if isinstance(inputs, Shape):
        if not inputs.rank:
            raise ShapeConflict(
                "Lambda with an `output_shape` puts the batch axis in front of it, and a scalar "
                "has none",
                "list index out of range",
            )
        return inputs[0]
    if isinstance(inputs, UnknownArgument):
        raise NotKnown(inputs.reason, inputs.origin)
    parts = list(inputs.values()) if isinstance(inputs, Mapping) else list(inputs)
    if not parts:
        raise NotKnown("a Lambda of no tensors")
    return _batch_of(parts[0])


def _behind_batch(batch: Dim, declared: object) -> ShapeTree:
    if isinstance(declared, Mapping):
        return {str(key): _behind_batch(batch, part) for key, part in declared.items()}
    if isinstance(declared, int | float | str):
        raise ShapeConflict(
            f"Lambda: `output_shape` must be a tuple of sizes, not {declared!r}",
            f'can only concatenate tuple (not "{type(declared).__name__}") to tuple',
        )
    if not isinstance(declared, list | tuple):
        raise NotKnown("the declared shape of a Lambda is not known")
    if all(map(_is_size, declared)):
        return Shape((batch, *(as_size(part) for part in declared)))
    return [_behind_batch(batch, part) for part in declared]


def _is_size(part: object) -> bool:
    return part is None or isinstance(part, int) or is_symbolic(part)
