"""Configuration files: which one holds for a folder, and what stands in it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flatlint.config.errors import ConfigurationError

OWN_FILES = (".flatlint.toml", "flatlint.toml")
PYPROJECT = "pyproject.toml"


def nearest_configuration(folder: Path) -> Path | None:
    """The configuration file of `folder` or of the nearest folder above it.

    A pyproject.toml without `[tool.flatlint]` does not count, as with ruff.
    """
    for candidate in (folder, *folder.parents):
        for name in OWN_FILES:
            if (candidate / name).is_file():
                return candidate / name
        pyproject = candidate / PYPROJECT
        if pyproject.is_file() and _mentions_flatlint(pyproject) and read_table(pyproject):
            return pyproject
    return None


def _mentions_flatlint(pyproject: Path) -> bool:
    """A cheap look that spares most projects the TOML parser."""
    try:
        return b"flatlint" in pyproject.read_bytes()
    except OSError:
        return False


def read_table(path: Path) -> Mapping[str, Any]:
    """The keys of `[tool.flatlint]`, or of the whole file where the file is flatlint's own.

    Raises ConfigurationError where the file cannot be read or is no TOML.
    """
    try:
        document = parse_toml(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is not UTF-8") from error
    if path.name != PYPROJECT:
        return document
    tools = document.get("tool", {})
    table = tools.get("flatlint", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise ConfigurationError(f"{path}: `tool.flatlint` must be a table")
    return table


def parse_toml(text: str, origin: str) -> dict[str, Any]:
    """A TOML document; raises ConfigurationError naming `origin` where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{origin}: is not valid TOML: {error}") from error
