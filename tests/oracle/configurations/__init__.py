"""Which configurations are tried: one module per family of layers, each with a list `LAYERS`."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.options import LayerOptions


def all_layers() -> list[LayerOptions]:
    """The options of every layer, from every module of this package; nothing to register."""
    found: list[LayerOptions] = []
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        family = importlib.import_module(f"{__name__}.{module.name}")
        found.extend(getattr(family, "LAYERS", ()))
    return found
