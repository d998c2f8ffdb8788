"""Identifiers: the words that Keras takes in place of a function, per era (`'relu'`, `'zeros'`)."""

from __future__ import annotations

from difflib import get_close_matches
from enum import Enum
from functools import cache

from flatlint.catalogue.data import read_table
from flatlint.catalogue.eras import Era


class IdentifierKind(Enum):
    """A registry of Keras in which a word is looked up."""

    ACTIVATION = "activations"
    INITIALIZER = "initializers"
    REGULARIZER = "regularizers"
    CONSTRAINT = "constraints"

    @property
    def noun(self) -> str:
        """What one entry of the registry is called."""
        return self.value.removesuffix("s")


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = read_table("identifiers")
    return table


@cache
def identifiers(kind: IdentifierKind, era: Era) -> frozenset[str]:
    """The words of a kind that an era knows, spelled as the lookup needs them."""
    return frozenset(_table()[era.label][kind.value])


def similar_identifiers(word: str, kind: IdentifierKind, era: Era) -> list[str]:
    """Known words that one may have meant by `word`, the likeliest first."""
    known = identifiers(kind, era)
    same = [name for name in sorted(known) if name.lower() == word.lower()]
    return same or get_close_matches(word.lower(), sorted(known), n=3)
