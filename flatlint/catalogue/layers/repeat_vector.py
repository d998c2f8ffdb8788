"""RepeatVector: one vector as a sequence of equal vectors."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import as_size, dialect_of, is_symbolic, refuse
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.eras import Era
from flatlint.catalogue.numpy_integers import is_python_integer
from flatlint.catalogue.spec import LayerSpec
from flatlint.shapes import OPEN, Dim, Shape


def repetitions(value: object, info: ValidationInfo) -> Dim:
    """How often; Keras 2 takes any integer here."""
    if is_symbolic(value):
        return as_size(value)
    newest = dialect_of(info).era is Era.KERAS_3
    if not is_python_integer(value) or (newest and isinstance(value, bool)):
        keras = f"Expected an integer value for `n`, got {type(value)}."
        refuse(info, "a positive integer", value, keras)
    elif newest and value <= 0:
        keras = f"Argument `n` should be a positive integer. Received: n={value}"
        refuse(info, "a positive integer", value, keras)
    return int(value)


class RepeatVector(LayerSpec):
    """A vector `n` times.

    Sources: keras/src/layers/reshaping/repeat_vector.py; in Keras 2, whose namesake checks less,
    -1 leaves the number open.

    (None, 8)         -> RepeatVector(3) -> (None, 3, 8)
    (None, 8, 8)      -> RepeatVector(3) -> conflict: rank 2
    keras3: (None, 8) -> RepeatVector(0) -> conflict: positive integer
    keras2: (None, 8) -> RepeatVector(0) -> (None, 0, 8)
    """

    input_rank: ClassVar[int | None] = 2

    n: Annotated[Dim, PlainValidator(repetitions)]

    def output_shape(self, inputs: Shape) -> Shape:
        """The vector along a new axis of size `n`."""
        self.require_rank(inputs, 2)
        if isinstance(self.n, int) and self.n < -1:
            raise ShapeConflict(
                f"{self.keras_name}: `n` must not be negative, and it is {self.n}",
                "Invalid value in tensor used for shape: the size must be non-negative",
            )
        return Shape((inputs[0], OPEN if self.n == -1 else self.n, inputs[1]))
