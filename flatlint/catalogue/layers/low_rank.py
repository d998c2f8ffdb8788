"""Low-rank adaptation: a frozen kernel and two thin matrices whose product is added to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flatlint.catalogue.arguments import as_size
from flatlint.catalogue.spec import Weight
from flatlint.shapes import Dim


def low_rank_weights(kernel: Sequence[Dim], rank: object) -> Iterable[Weight]:
    """The two matrices that `lora_rank` adds; none where it is `None` or 0.

    Source: `enable_lora` of the layers of Keras 3, keras/src/layers/core/dense.py and others.
    """
    if rank:
        size = as_size(rank)
        yield Weight("lora_kernel_a", (*kernel[:-1], size))
        yield Weight("lora_kernel_b", (size, kernel[-1]))
