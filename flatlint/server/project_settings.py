"""The settings that hold for a document, read afresh for each look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flatlint.config import ConfigurationError, Configurations, Settings
from flatlint.sources.exclusion import Exclusion


@dataclass(frozen=True)
class DocumentSettings:
    """What holds for one document, and what is wrong with its configuration."""

    settings: Settings
    is_excluded: bool = False
    problem: str | None = None


def settings_for(path: Path | None, workspace: Path) -> DocumentSettings:
    """The settings for the file at `path`; for a text without a file those of the workspace.

    Nothing is remembered: editors need not tell when a configuration file changes. A broken
    configuration leaves the defaults in force.
    """
    chosen = Configurations(cwd=workspace)
    try:
        found = chosen.for_run() if path is None else chosen.for_file(path)
    except ConfigurationError as error:
        return DocumentSettings(Settings(root=workspace), problem=str(error))
    settings = found.settings
    return DocumentSettings(settings, path is not None and is_excluded(path, settings))


def is_excluded(path: Path, settings: Settings) -> bool:
    """Whether a project leaves out this file of its own.

    A file elsewhere is open because somebody wants to see it, whatever its folders are called.
    """
    if not path.absolute().is_relative_to(settings.root.absolute()):
        return False
    return Exclusion((*settings.exclude, *settings.extend_exclude), settings.root).covers(path)
