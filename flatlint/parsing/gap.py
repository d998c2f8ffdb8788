"""What would have happened in the place of a statement that was left out."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Gap:
    """What the words of a statement tell, one name too many rather than one too few."""

    sets: set[str] = field(default_factory=set)
    """Names and attributes that get another value: `model`, `self.units`."""
    changes: set[str] = field(default_factory=set)
    """What gets another item: `settings` of `settings["units"] = 5`."""
    calls: set[str] = field(default_factory=set)
    """Methods that may change their objects: `model.add`."""
    reads: set[str] = field(default_factory=set)
    """Every name that it mentions."""
    leaves: bool = False
    """Whether a function, or a round of a loop, may end here."""
