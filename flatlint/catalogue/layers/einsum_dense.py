"""EinsumDense: a kernel multiplied in along the axes that an equation names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import Field, PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import (
    Activation,
    Anything,
    Constraint,
    Initializer,
    Regularizer,
    UnknownArgument,
    refuse,
    sizes_of,
)
from flatlint.catalogue.axes import require_sizes
from flatlint.catalogue.conflict import NotKnown, ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.layers.low_rank import LoraRank, low_rank_weights
from flatlint.catalogue.numpy_integers import NumpyInteger
from flatlint.catalogue.spec import LayerSpec, ShapeTree, Weight
from flatlint.shapes import Dim, Open, Shape, are_equal

# `match` and not `fullmatch`: what follows an equation does not matter to Keras here.
_EQUATIONS = (
    re.compile(r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)"),
    re.compile(r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)"),
    re.compile(r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0"),
)


def equation(value: object, info: ValidationInfo) -> object:
    """An einsum equation; Keras looks into it when the layer is called."""
    if isinstance(value, int | float | list | tuple) or value is None:
        refuse(
            info, "an equation such as 'ab,bc->ac'", value, "expected string or bytes-like object"
        )
    return value


def partial_shape(value: object, info: ValidationInfo) -> object:
    """The sizes of the output behind its batch axis: one or several."""
    if isinstance(value, float | str | NumpyInteger) or value is None:
        refuse(
            info,
            "a size or a tuple of sizes",
            value,
            f"'{type(value).__name__}' object is not iterable",
        )
    return value


Equation: TypeAlias = Annotated[object, PlainValidator(equation)]
PartialShape: TypeAlias = Annotated[object, PlainValidator(partial_shape)]


@dataclass(frozen=True)
class Spelled:
    """An equation in its three parts; `elided` axes of the input are not named, on one side."""

    inputs: str
    weights: str
    outputs: str
    elided: int
    is_left: bool

    @property
    def offset(self) -> int:
        """How many axes stand before the first that is named."""
        return self.elided if self.is_left else 0


class EinsumDense(LayerSpec):
    """A dense layer for any axes: `abc,cd->abd` maps the last one.

    (None, 7, 64) -> EinsumDense("abc,cd->abd", (7, 32))         -> (None, 7, 32)
    (None, 7, 64) -> EinsumDense("...x,xy->...y", 32)            -> (None, 7, 32)
    (None, 64)    -> EinsumDense("abc,cd->abd", (7, 32))         -> conflict: rank 2
    (None, 7, 64) -> EinsumDense("abc->abd", 32)                 -> conflict: equation
    (None, 7, 64) -> EinsumDense("abc,cd->abd", (8, 32))         -> conflict: axis 'b'
    """

    equation: Equation
    partial: PartialShape = Field(alias="output_shape")
    activation: Activation = None
    bias_axes: Anything = None
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: LoraRank = None

    def output_shape(self, inputs: Shape) -> ShapeTree:
        """The sizes that the equation gives, those from the input where it leaves them open."""
        spelled = self._spelled(inputs)
        outputs = self._full_output(spelled, inputs)
        self._kernel(spelled, inputs, outputs)
        self._bias(spelled, outputs)
        if self.era is Era.KERAS_3:
            return outputs
        return self._traced(spelled, inputs, outputs)

    def weights(self, inputs: Shape) -> Iterable[Weight]:
        """The kernel as the equation names it, and a bias over `bias_axes`."""
        spelled = self._spelled(inputs)
        outputs = self._full_output(spelled, inputs)
        kernel = self._kernel(spelled, inputs, outputs)
        yield Weight("kernel", kernel, trainable=not self.lora_rank)
        yield from low_rank_weights(kernel, self.lora_rank)
        bias = self._bias(spelled, outputs)
        if bias is not None:
            yield Weight("bias", bias)

    def _spelled(self, inputs: Shape) -> Spelled:
        """The equation for this input, in the three forms that Keras knows."""
        if isinstance(self.equation, UnknownArgument):
            raise NotKnown(self.equation.reason, self.equation.origin)
        if not isinstance(self.equation, str):
            raise NotKnown("the equation of an EinsumDense is not a known string")
        text = self.equation.replace("...", "0")
        for form, pattern in enumerate(_EQUATIONS):
            if found := pattern.match(text):
                named, weights, outputs = found.groups()
                spelled = Spelled(named, weights, outputs, inputs.rank - len(named), form == 1)
                break
        else:
            raise ShapeConflict(
                f"{self.keras_name}: {self.equation!r} is no equation of the form 'ab,bc->ac', "
                "'...a,ab->...b' or 'ab...,bc->ac...'",
                f"Invalid einsum equation '{self.equation}'. Equations must be in the form "
                "[X],[Y]->[Z], ...[X],[Y]->...[Z], or [X]...,[Y]->[Z]....",
            )
        self._require_rank(spelled, inputs, found.group() == text)
        return spelled

    def _require_rank(self, spelled: Spelled, inputs: Shape, is_whole: bool) -> None:
        """Refuse an input with fewer axes than are named, in Keras 2 also one with more.

        Keras 3 never runs the equation on symbolic inputs, Keras 2 does so at once.
        """
        if self.era < Era.KERAS_3 and not is_whole:
            raise ShapeConflict(
                f"{self.keras_name}: {self.equation!r} goes on behind the equation",
                "Output subscripts contain a label appearing more than once",
            )
        has_ellipsis = "..." in str(self.equation)
        too_many = spelled.elided > 0 and not has_ellipsis and self.era < Era.KERAS_3
        if spelled.elided < 0 or too_many:
            raise ShapeConflict(
                f"{self.keras_name}: {self.equation!r} names {len(spelled.inputs)} axes of its "
                f"input, and {inputs} is of rank {inputs.rank}",
                "tuple index out of range"
                if spelled.elided < 0
                else "Expected equation to have "
                f"as many subscripts as the rank of its input, {inputs.rank}",
            )

    def _full_output(self, spelled: Spelled, inputs: Shape) -> Shape:
        """The declared sizes with those of the batch and of the axes that are not named."""
        declared = self._declared()
        if spelled.elided > 0 and spelled.is_left:
            # Keras inserts each at the same place, so that they come out in reverse.
            outputs = [inputs[0], *reversed(inputs[1 : spelled.elided]), *declared]
        elif spelled.elided > 0:
            outputs = [inputs[0], *declared, *inputs[inputs.rank - spelled.elided :]]
        else:
            outputs = [inputs[0], *declared]
        if len(outputs) < len(spelled.outputs) + spelled.offset:
            raise ShapeConflict(
                f"{self.keras_name}: {self.equation!r} has {len(spelled.outputs)} axes in its "
                f"output, and `output_shape` {self.partial} with the batch axis gives "
                f"{len(outputs) - spelled.offset}",
                "list index out of range",
            )
        self._require_agreement(spelled, inputs, outputs)
        return Shape(tuple(outputs))

    def _declared(self) -> list[Dim]:
        listed = self.partial if isinstance(self.partial, list | tuple) else [self.partial]
        for size in listed:
            if isinstance(size, float) and self.era < Era.KERAS_3:
                # Keras 2 stumbles over it only where it becomes the size of a weight.
                raise NotKnown(f"a size of {size} in an output shape")
            if isinstance(size, float | str) or (isinstance(size, int) and size < 0):
                raise ShapeConflict(
                    f"{self.keras_name}: `output_shape` must be made of sizes, not {self.partial}",
                    f"Cannot convert '{self.partial}' to a shape. Found invalid dimension "
                    f"'{size}'.",
                )
        return list(sizes_of(self.partial))

    def _require_agreement(self, spelled: Spelled, inputs: Shape, outputs: Sequence[Dim]) -> None:
        for place, axis in enumerate(spelled.inputs):
            if axis not in spelled.outputs:
                continue
            given = inputs[place + spelled.offset]
            declared = outputs[spelled.outputs.rindex(axis) + spelled.offset]
            differs = isinstance(given, Open) and isinstance(declared, int)
            if not isinstance(declared, Open) and (differs or are_equal(given, declared) is False):
                raise ShapeConflict(
                    f"{self.keras_name}: axis {axis!r} has the size {given} in the input {inputs} "
                    f"and {declared} in `output_shape` {self.partial}",
                    "Input shape and output shape do not match at shared dimension "
                    f"'{axis}'. Input shape is {given}, and output shape is {declared}.",
                )
        for axis in spelled.outputs:
            if axis not in spelled.inputs + spelled.weights:
                raise ShapeConflict(
                    f"{self.keras_name}: axis {axis!r} of the output stands neither in the input "
                    "nor in the kernel",
                    f"Dimension '{axis}' was specified in the output '{spelled.outputs}' but has "
                    f"no corresponding dim in the input spec '{spelled.inputs}'",
                )

    def _kernel(self, spelled: Spelled, inputs: Shape, outputs: Shape) -> tuple[Dim, ...]:
        """The sizes of the kernel: Keras 3 looks for them in the output first, Keras 2 last."""
        from_inputs = _places(spelled.inputs, spelled.offset, inputs)
        from_outputs = _places(spelled.outputs, spelled.offset, outputs)
        sizes = (
            from_inputs | from_outputs if self.era is Era.KERAS_3 else from_outputs | from_inputs
        )
        for axis in spelled.weights:
            if axis not in sizes:
                raise ShapeConflict(
                    f"{self.keras_name}: axis {axis!r} of the kernel stands neither in the input "
                    "nor in the output",
                    f"Weight dimension '{axis}' did not have a match in either the input spec "
                    f"'{spelled.inputs}' or the output spec '{spelled.outputs}'.",
                )
        kernel = Shape(tuple(sizes[axis] for axis in spelled.weights))
        require_sizes(f"The kernel of {self.keras_name}", range(kernel.rank), kernel)
        return kernel.dims

    def _bias(self, spelled: Spelled, outputs: Shape) -> tuple[Dim, ...] | None:
        """The sizes of the bias, 1 along the axes that share it."""
        if self.bias_axes is None:
            return None
        if isinstance(self.bias_axes, int | float):
            raise ShapeConflict(
                f"{self.keras_name}: `bias_axes` must be a string, not {self.bias_axes}",
                f"'{type(self.bias_axes).__name__}' object is not iterable",
            )
        if not isinstance(self.bias_axes, str | list | tuple):
            raise NotKnown("the axes of the bias are not known")
        for axis in self.bias_axes:
            if axis not in spelled.outputs:
                raise ShapeConflict(
                    f"{self.keras_name}: the bias is to have axis {axis!r}, and the output has "
                    f"{spelled.outputs!r} only",
                    f"Bias dimension '{axis}' was requested, but is not part of the output spec "
                    f"'{spelled.outputs}'",
                )
        if not self.bias_axes:
            raise ShapeConflict(
                f"{self.keras_name}: `bias_axes` names no axis", "min() arg is an empty sequence"
            )
        first = min(spelled.outputs.find(axis) for axis in self.bias_axes)
        sizes = _places(spelled.outputs, spelled.offset, outputs)
        bias: list[Dim] = [
            sizes[axis] if axis in self.bias_axes else 1 for axis in spelled.outputs[first:]
        ]
        if not spelled.is_left:
            bias += [1] * spelled.elided
        require_sizes(f"The bias of {self.keras_name}", range(len(bias)), Shape(tuple(bias)))
        return tuple(bias)

    def _traced(self, spelled: Spelled, inputs: Shape, outputs: Shape) -> ShapeTree:
        """What `tf.einsum` gives: every size that is known from input or kernel."""
        sizes = _places(spelled.outputs, spelled.offset, outputs)
        sizes |= _places(spelled.inputs, spelled.offset, inputs)
        named = [sizes[axis] for axis in spelled.outputs]
        elided = max(spelled.elided, 0)
        if spelled.is_left:
            return Shape((*inputs[:elided], *named))
        return Shape((*named, *inputs[inputs.rank - elided :]))


def _places(axes: str, offset: int, shape: Shape) -> dict[str, Dim]:
    return {axis: shape[place + offset] for place, axis in enumerate(axes)}
