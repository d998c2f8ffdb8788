"""Which file of a project a module name means, as Python would find it from another file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT_MARKS = (".git", ".hg", "pyproject.toml", "setup.py", "setup.cfg")
LIBRARIES = frozenset({"site-packages", "dist-packages"})
"""Folders of what is installed: what stands there is no part of anybody's project."""
MAX_LEVELS = 6
"""Folders above a file that are looked into where nothing marks the root of its project."""


@cache
def roots_of(folder: Path) -> tuple[Path, ...]:
    """The folders that absolute imports of a file in `folder` may start from, the nearest first.

    Python starts at the script's own folder; packages start at the root of the project or its
    `src`.
    """
    roots: list[Path] = []
    for level, current in enumerate((folder, *folder.parents)):
        if current.name in LIBRARIES:
            break
        roots += [current, current / "src"]
        if level == MAX_LEVELS or any((current / mark).exists() for mark in ROOT_MARKS):
            break
    return tuple(root for root in roots if root.is_dir())


def module_file(importer: Path, name: str) -> Path | None:
    """The file of an absolute module name, or `None` if it is no module of the project."""
    if name.partition(".")[0] in sys.stdlib_module_names:
        return None
    parts = name.split(".")
    for root in roots_of(importer.absolute().parent):
        found = next((path for path in _candidates(root, parts) if path.is_file()), None)
        if found is not None:
            return found
    return None


def package_of(path: Path) -> str:
    """The package that a file belongs to, by the `__init__.py` files around it."""
    folder = path.absolute().parent
    names: list[str] = []
    while (folder / "__init__.py").is_file() and folder != folder.parent:
        names.insert(0, folder.name)
        folder = folder.parent
    return ".".join(names)


def _candidates(root: Path, parts: list[str]) -> Iterator[Path]:
    base = root.joinpath(*parts)
    yield base.with_name(f"{base.name}.py")
    yield base / "__init__.py"
