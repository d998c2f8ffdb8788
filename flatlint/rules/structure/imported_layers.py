"""Importing a layer beside another that the program imports already."""

from __future__ import annotations

import libcst as cst

from flatlint.graph import Site
from flatlint.parsing.nodes import nodes_within
from flatlint.rules.edits import NodeEdit, Where
from flatlint.rules.structure.written_layers import code


def imported_beside(site: Site, known: str, wanted: str) -> list[NodeEdit] | None:
    """The edits that make the name `wanted` mean the layer; `None` where that is not clear.

    `known` is the name of a layer at `site`, which says where layers are imported from.
    """
    beside: cst.CSTNode | None = None
    for statement in nodes_within(site.source.module):
        if not isinstance(statement, cst.ImportFrom):
            continue
        if isinstance(statement.names, cst.ImportStar):
            if _is_keras(statement):
                return []
            continue
        for alias in statement.names:
            if _bound(alias) == wanted:
                return [] if _is_keras(statement) and alias.asname is None else None
            if beside is None and _bound(alias) == known:
                beside = alias.asname.name if alias.asname is not None else alias.name
    return (
        None
        if beside is None
        else [NodeEdit(Site(site.source, beside), Where.AFTER, f", {wanted}")]
    )


def _is_keras(statement: cst.ImportFrom) -> bool:
    return statement.module is not None and "keras" in code(statement.module)


def _bound(alias: cst.ImportAlias) -> str:
    name = alias.asname.name if alias.asname is not None else alias.name
    return name.value if isinstance(name, cst.Name) else ""
