"""Which configurations are tried: one module per family of layers, each with a list `LAYERS`."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.oracle.options import LayerOptions


def families() -> dict[str, list[LayerOptions]]:
    """The options of every layer by module of this package; nothing to register."""
    found = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        family = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(family, "LAYERS"):
            found[module.name] = list(family.LAYERS)
    return found


def all_layers() -> list[LayerOptions]:
    """The options of every layer, family by family."""
    return [options for family in families().values() for options in family]


def family_of(subject: str) -> str:
    """The family that a layer or alias belongs to; what is no layer is its own family."""
    for family, layers in families().items():
        for options in layers:
            if subject == options.name or subject in options.aliases:
                return family
    return subject
