"""Which files under the given paths are to be checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flatlint.sources.exclusion import Exclusion
from flatlint.sources.gitignore import GitIgnores

# The folders that ruff leaves out by default, https://docs.astral.sh/ruff/settings/#exclude
DEFAULT_EXCLUDE: tuple[str, ...] = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)
SUFFIXES = frozenset((".py", ".pyi", ".ipynb"))


def find_sources(
    paths: Iterable[Path],
    *,
    exclude: Iterable[str] = DEFAULT_EXCLUDE,
    root: Path | None = None,
    respect_gitignore: bool = True,
    force_exclude: bool = False,
) -> Iterator[Path]:
    """Every source under the paths, each once, sorted within each folder.

    A file that is named is taken as it is, even when missing, unless `force_exclude`; `-` is
    stdin. Links to folders are not followed, so no loop of links can hold us.
    `root` is the folder that patterns with a `/` start from: the working directory by default.
    """
    exclusion = Exclusion(exclude, root or Path.cwd())
    ignores = GitIgnores() if respect_gitignore else None
    seen: set[str] = set()
    for path in paths:
        if path.is_dir():
            excluded = force_exclude and exclusion.covers(path)
            found = iter(()) if excluded else _walk(path, exclusion, ignores)
        else:
            found = iter(() if force_exclude and exclusion.covers(path) else (path,))
        for file in found:
            key = os.path.abspath(file)  # noqa: PTH100 - Path.absolute keeps `..`, resolve follows links
            if key not in seen:
                seen.add(key)
                yield file


def _walk(folder: Path, exclusion: Exclusion, ignores: GitIgnores | None) -> Iterator[Path]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if not is_folder and path.suffix not in SUFFIXES:
            continue
        if exclusion.matches(path) or (ignores is not None and ignores.cover(path, is_folder)):
            continue
        if is_folder:
            yield from _walk(path, exclusion, ignores)
        elif _is_file(entry):
            yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
