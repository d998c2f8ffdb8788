"""The files that a command works on, and a plain word where there are none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from flatlint.cli.output import complain
from flatlint.config import Configurations, Settings
from flatlint.sources.discovery import find_sources
from flatlint.sources.exclusion import Exclusion

STDIN = Path("-")


def files_to_check(paths: tuple[Path, ...], configurations: Configurations) -> list[Path]:
    """Every source under `paths`, by default under the working folder.

    Raises click's UsageError for paths that do not exist; warns where nothing is found.
    """
    wanted = paths or (Path(),)
    if missing := [str(path) for path in wanted if not os.path.lexists(path)]:
        raise click.UsageError("there is no such file or folder: " + ", ".join(missing))
    files = list(_not_excluded(wanted, configurations))
    if not files:
        complain("warning: no Python files found under the given path(s)")
    return files


def is_excluded(path: Path, settings: Settings) -> bool:
    """Whether the settings leave the file out."""
    return _exclusion(settings).covers(path)


def _not_excluded(paths: Iterable[Path], configurations: Configurations) -> Iterator[Path]:
    run = configurations.for_run().settings
    found = find_sources(
        paths,
        exclude=_patterns(run),
        root=run.root,
        respect_gitignore=run.respect_gitignore,
        force_exclude=run.force_exclude,
    )
    named = {path.absolute() for path in paths}
    for file in found:
        own = configurations.for_file(file).settings
        is_free = own.root == run.root or (file.absolute() in named and not own.force_exclude)
        if is_free or not is_excluded(file, own):
            yield file


def _patterns(settings: Settings) -> tuple[str, ...]:
    return (*settings.exclude, *settings.extend_exclude)


def _exclusion(settings: Settings) -> Exclusion:
    return Exclusion(_patterns(settings), settings.root)
