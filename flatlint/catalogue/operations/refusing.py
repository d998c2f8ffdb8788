"""Operations that take no symbolic tensors at all: they look at the numbers."""

from __future__ import annotations

from typing import Any, NoReturn

from flatlint.catalogue.conflict import ShapeConflict
from flatlint.catalogue.operations.registry import Operation, register_all

NAMES = ("bartlett", "blackman", "hamming", "hanning", "kaiser", "convert_to_numpy", "arange")
"""Windows of a length, ranges up to a number, and what makes an array of numpy's."""


def _refusing(name: str) -> Operation:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise ShapeConflict(
            f"{name} looks at numbers, and a symbolic tensor has none yet",
            f"{name} does not support symbolic tensors.",
        )

    return refuse


register_all(NAMES, _refusing)
