"""All programs of an era by subject, and the record files that hold their verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.configurations import all_layers
from tests.oracle.generation import generate_all

if TYPE_CHECKING:
    from tests.oracle.programs import Era, Program


def programs_of(era: Era, seed: int = 0) -> dict[str, list[Program]]:
    """Subject -> programs: every layer, every alias."""
    return generate_all(all_layers(), era, seed)
