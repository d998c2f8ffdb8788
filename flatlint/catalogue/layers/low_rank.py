"""Low-rank adaptation: a frozen kernel and two thin matrices whose product is added to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeAlias

from pydantic import PlainValidator, ValidationInfo

from flatlint.catalogue.arguments import UnknownArgument, as_size, dialect_of, is_symbolic, refuse
from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Dim


def lora_rank(value: object, info: ValidationInfo) -> object:
    """The width of the thin matrices; Keras 3 has none beside a constraint of the kernel."""
    if isinstance(value, UnknownArgument) or is_symbolic(value) or not value:
        return value
    if not isinstance(value, int) or value < 0:
        refuse(info, "a positive integer", value, f"Cannot convert '(…, {value})' to a shape.")
    for name in ("kernel_constraint", "embeddings_constraint"):
        if info.data.get(name) is not None:
            what = name.replace("_", " ")
            raise ShapeConflict(
                f"{dialect_of(info).layer}: `lora_rank` and `{name}` exclude each other",
                f"Lora is incompatible with {what}s. In order to enable lora on this layer, "
                f"remove the `{name}` argument.",
            )
    return value


LoraRank: TypeAlias = Annotated[object, PlainValidator(lora_rank)]


def low_rank_weights(kernel: Sequence[Dim], rank: object) -> Iterable[Weight]:
    """The two matrices that `lora_rank` adds; none where it is `None` or 0.

    Source: `enable_lora` of the layers of Keras 3, keras/src/layers/core/dense.py and others.
    """
    if rank:
        size = as_size(rank)
        yield Weight("lora_kernel_a", (*kernel[:-1], size))
        yield Weight("lora_kernel_b", (size, kernel[-1]))
