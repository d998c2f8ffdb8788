"""Importing a layer beside another that the program imports already."""

from __future__ import annotations

import libcst as cst

from flatlint.graph import Site
from flatlint.rules.edits import NodeEdit, Where
from flatlint.rules.structure.written_layers import code


def imported_beside(site: Site, known: str, wanted: str) -> list[NodeEdit] | None:
    """The edits that make the name `wanted` mean the layer; `None` where that is not clear.

    `known` is the name of a layer at `site`, which says where layers are imported from.
    """
    collector = _Imports()
    site.source.module.visit(collector)
    beside: cst.CSTNode | None = None
    for statement, names in collector.found:
        if isinstance(names, cst.ImportStar):
            if _is_keras(statement):
                return []
            continue
        for alias in names:
            if _bound(alias) == wanted:
                return [] if _is_keras(statement) and alias.asname is None else None
            if beside is None and _bound(alias) == known:
                beside = alias.asname.name if alias.asname is not None else alias.name
    return (
        None
        if beside is None
        else [NodeEdit(Site(site.source, beside), Where.AFTER, f", {wanted}")]
    )


class _Imports(cst.CSTVisitor):
    """Collects `from … import …`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[cst.ImportFrom, list[cst.ImportAlias] | cst.ImportStar]] = []

    def visit_ImportFrom(self, node: cst.ImportFrom) -> None:  # noqa: N802 (libcst calls it so)
        names = node.names
        self.found.append((node, names if isinstance(names, cst.ImportStar) else list(names)))


def _is_keras(statement: cst.ImportFrom) -> bool:
    return statement.module is not None and "keras" in code(statement.module)


def _bound(alias: cst.ImportAlias) -> str:
    name = alias.asname.name if alias.asname is not None else alias.name
    return name.value if isinstance(name, cst.Name) else ""
