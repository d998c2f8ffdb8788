"""Arguments of random layers: a seed, and factors that bound what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import UnknownArgument, dialect_of, is_symbolic, refuse
from flatlint.catalogue.eras import Era
from flatlint.catalogue.numpy_integers import NumpyInteger


def seed(value: object, info: ValidationInfo) -> object:
    """A whole number or a generator; Keras 2 checks nothing, and nobody looks where nothing drops.

    Source: `SeedGenerator` in keras/src/random/seed_generator.py.
    """
    is_used = all(info.data.get(name) != 0 for name in ("rate", "stddev"))
    is_number = not isinstance(value, str | float | list | tuple | NumpyInteger)
    if dialect_of(info).era is Era.KERAS_3 and is_used and not is_number:
        refuse(
            info, "an integer", value, f"Argument `seed` must be an integer. Received: seed={value}"
        )
    return value


Seed: TypeAlias = Annotated[object, PlainValidator(seed)]


@dataclass(frozen=True)
class Factor:
    """What an era demands of a factor: a number, or the two numbers that bound what is drawn.

    Keras 3 wants a pair of two and no more; where `reaches_across`, it holds the first number
    against the upper bound and the second against the lower one (`_set_factor` in keras/src/layers/
    preprocessing/image_preprocessing/base_image_preprocessing_layer.py). Keras 2 reads the first
    two of any sequence, and makes `(-x, x)` of a number (tf_keras/.../image_preprocessing.py).
    """

    low: float = -inf
    high: float = inf
    above: bool = False
    """Whether `low` itself is refused."""
    reaches_across: bool = False
    around_zero: bool = False
    """Whether a number stands for the pair `(-x, x)`, and a pair may be longer than two."""
    ordered: bool = False
    """Whether the second number must not be smaller than the first."""

    def accepts(self, value: object) -> bool:
        """Whether the era takes it; what the source does not fix is taken."""
        listed = value if isinstance(value, list | tuple) else [value]
        if any(isinstance(part, UnknownArgument) or is_symbolic(part) for part in listed):
            return True
        numbers = [part for part in listed if isinstance(part, int | float)]
        if len(numbers) < len(listed):
            return False
        if isinstance(value, list | tuple):
            return self._accepts_pair(numbers)
        return self._accepts_pair([-numbers[0], numbers[0]] if self.around_zero else numbers * 2)

    def _accepts_pair(self, pair: Sequence[float]) -> bool:
        if len(pair) < 2 or (len(pair) > 2 and not self.around_zero):
            return False
        first, second = pair[0], pair[1]
        if self.reaches_across and first != second:
            return first <= self.high and second >= self.low
        if self.ordered and second < first:
            return False
        return all(self._is_within(part) for part in (first, second))

    def _is_within(self, number: float) -> bool:
        return number <= self.high and (number > self.low if self.above else number >= self.low)


def factor(keras_3: Factor, keras_2: Factor | None = None) -> PlainValidator:
    """An argument of which each era demands its own."""

    def check(value: object, info: ValidationInfo) -> object:
        wanted = keras_3 if dialect_of(info).era is Era.KERAS_3 else keras_2
        return value if wanted is None else checked(value, wanted, info)

    return PlainValidator(check)


def checked(value: object, wanted: Factor, info: ValidationInfo) -> object:
    """The factor, if it is what the era wants."""
    if wanted.accepts(value):
        return value
    bounds = f"in the range [{wanted.low:g}, {wanted.high:g}]"
    return refuse(
        info,
        f"a number {bounds}, or two of them",
        value,
        f"The `{info.field_name}` argument should be a number (or a list of two numbers) "
        f"{bounds}. Received: {info.field_name}={value}",
    )


def optional(keras_3: Factor) -> PlainValidator:
    """A factor that may be `None`: then the effect is left out."""

    def check(value: object, info: ValidationInfo) -> object:
        return value if value is None else checked(value, keras_3, info)

    return PlainValidator(check)


def value_range(value: object, info: ValidationInfo) -> object:
    """The smallest and the largest value of a pixel."""
    if isinstance(value, UnknownArgument) or is_symbolic(value):
        return value
    if not isinstance(value, list | tuple) or len(value) != 2:
        refuse(
            info,
            "a pair of numbers",
            value,
            "The `value_range` argument should be a list of two numbers. Received: "
            f"value_range={value}",
        )
    return value


ValueRange: TypeAlias = Annotated[object, PlainValidator(value_range)]


def used_seed(value: object, info: ValidationInfo) -> object:
    """A seed that Keras 3 looks at only where the `dropout` of the same layer is above 0."""
    dropout = info.data.get("dropout")
    is_used = isinstance(dropout, int | float) and dropout > 0
    return seed(value, info) if is_used else value


UsedSeed: TypeAlias = Annotated[object, PlainValidator(used_seed)]
