"""Unknown: a value that flatlint does not know, and why; no rule ever reports on one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flatlint.graph.site import Site


class WhyUnknown(Enum):
    """Why a value is not known, in words that continue with the particular."""

    NOT_MODELLED = "flatlint does not model"
    NOT_IN_PROJECT = "not in this project:"
    FROM_OUTSIDE = "read from outside the program:"
    PARAMETER = "passed by a caller that is not in this file:"
    OMITTED = "left at `None` unless a caller that is not in this file passes it:"
    BRANCHES_DIFFER = "the branches before it differ:"
    LOOP = "changes in a loop whose length is not known:"
    ARGUMENT = "depends on an argument that is not known:"
    NOT_DEFINED = "not defined before it is used:"
    REFUSED = "Keras raises before it:"
    REFUSED_BY_NUMPY = "numpy raises here:"
    UNREADABLE = "the source cannot be read here:"
    TOO_LARGE = "beyond the bound on constants:"
    TOO_DEEP = "beyond the bound on nested calls:"
    BUDGET = "the step budget of the file ended:"


@dataclass(frozen=True)
class Unknown:
    """A value that the source does not give, with the reason and where the trail was lost."""

    why: WhyUnknown
    what: str = ""
    site: Site | None = None

    @property
    def reason(self) -> str:
        """The reason in words."""
        return f"{self.why.value} {self.what}".rstrip(" :")
