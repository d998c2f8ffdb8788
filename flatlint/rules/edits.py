"""Edits in terms of syntax: what a rule's fix changes, before it is text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from flatlint.diagnostics import Applicability
from flatlint.graph import Site


class Where(Enum):
    """Where an edit puts its text, seen from its node."""

    BEFORE = auto()
    AFTER = auto()
    INSTEAD = auto()
    LINE_BEFORE = auto()
    """On a line of its own before the line where the node's statement begins, indented like it;
    on the same line if another statement begins that line."""
    ELEMENT_BEFORE = auto()
    """As an element before an element of a list, on a line of its own if that one stands so."""


@dataclass(frozen=True)
class NodeEdit:
    """Text to be put before, after or in place of a node."""

    site: Site
    where: Where
    text: str


@dataclass(frozen=True)
class NodeFix:
    """Edits that belong together, and how far to trust them."""

    applicability: Applicability
    message: str
    edits: tuple[NodeEdit, ...]
