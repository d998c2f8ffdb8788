"""The eras that a project admits, as the numbers 1, 2 and 3."""

from __future__ import annotations

from dataclasses import dataclass

Eras = frozenset[int]


@dataclass(frozen=True)
class ProjectEras:
    """The eras that a project admits; None where it says nothing.

    The two differ: `keras==2.3.1` beside `tensorflow>=2.16` is odd, but it can be written.
    """

    keras: Eras | None = None
    """Of `import keras`."""
    tf_keras: Eras | None = None
    """Of `tensorflow.keras`."""
