"""`flatlint config`: the settings in force, and who set each of them."""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path
from typing import Any

import click

from flatlint.cli.options import configuration_options, configurations, text_or_json
from flatlint.cli.output import Output, color_option
from flatlint.config import KEYS, Configuration

DEFAULT = "default"


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=".")
@text_or_json
@configuration_options
@color_option
def config(path: Path, form: str, color: str, **options: Any) -> int:
    """Show the settings in force for PATH, and where each of them was set."""
    chosen = configurations(**options)
    found = chosen.for_folder(path.absolute()) if path.is_dir() else chosen.for_file(path)
    output = Output(color)
    output.write(as_json(found) if form == "json" else as_lines(found, output))
    output.finish()
    return 0


def as_lines(found: Configuration, output: Output) -> str:
    """A setting a line, as TOML, with its origin as a comment."""
    paint = output.paint
    width = max(map(len, KEYS))
    lines = [
        f"{paint.bold(key.ljust(width))} = {toml(value(found, key))}"
        f"  {paint.dim('# ' + found.origins.get(key, DEFAULT))}"
        for key in KEYS
    ]
    return "\n".join(lines) + "\n"


def as_json(found: Configuration) -> str:
    """Key -> value and origin."""
    settings = {
        key: {"value": plain(value(found, key)), "origin": found.origins.get(key, DEFAULT)}
        for key in KEYS
    }
    return json.dumps({"version": 1, "settings": settings}, indent=2) + "\n"


def value(found: Configuration, key: str) -> Any:
    """The value in force for a key; rules chosen on the command line come after the file's."""
    rules = found.settings.command_line
    own = getattr(found.settings, key.replace("-", "_"))
    if key == "select":
        return own if rules.select is None else rules.select
    if key == "extend-select":
        return (*own, *rules.extend_select)
    return (*own, *rules.ignore) if key == "ignore" else own


def plain(setting: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(setting, Enum):
        return setting.value
    if isinstance(setting, Path):
        return str(setting)
    if isinstance(setting, tuple):
        return list(setting)
    return setting


def toml(setting: Any) -> str:
    """A value as TOML has it; a value that is not set is named so."""
    return "(not set)" if setting is None else _toml(plain(setting))


def _toml(setting: Any) -> str:
    if isinstance(setting, dict):
        inner = ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in setting.items())
        return f"{{{inner}}}"
    return json.dumps(setting, ensure_ascii=False)
