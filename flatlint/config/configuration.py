"""Layers put together: defaults, then the nearest configuration file, then the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from flatlint.config.errors import ConfigurationError
from flatlint.config.files import nearest_configuration, parse_toml, read_table
from flatlint.config.settings import NO_CHOICE, RuleChoice, Settings, kebab_case

COMMAND_LINE = "command line"


@dataclass(frozen=True)
class CommandLine:
    """What the command line says about settings; None and nothing where it is silent."""

    values: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Fields of Settings, already converted."""
    rules: RuleChoice = NO_CHOICE
    config_file: Path | None = None
    inline: tuple[str, ...] = ()
    """TOML fragments given with `--config "key = value"`."""
    isolated: bool = False


@dataclass(frozen=True)
class Configuration:
    """The settings in force for one folder, and for each key who set it."""

    settings: Settings
    origins: Mapping[str, str]
    """Key as written in the file -> path of the file or `command line`; defaults are absent."""


class Configurations:
    """Finds the configuration of each file of a run; folders are looked up once."""

    def __init__(self, command_line: CommandLine | None = None, cwd: Path | None = None) -> None:
        self.command_line = command_line or CommandLine()
        self.cwd = (cwd or Path.cwd()).absolute()
        self._by_folder: dict[Path, Configuration] = {}
        self._by_file: dict[Path | None, Configuration] = {}

    def for_run(self) -> Configuration:
        """What holds for the run as a whole, such as the output format."""
        return self.for_folder(self.cwd)

    def for_file(self, path: Path) -> Configuration:
        """What holds for the file at `path`."""
        return self.for_folder(path.absolute().parent)

    def for_folder(self, folder: Path) -> Configuration:
        """What holds for the files directly in `folder`; raises ConfigurationError."""
        if folder not in self._by_folder:
            found = self._configuration_file(folder)
            if found not in self._by_file:
                self._by_file[found] = combine(found, self.command_line, self.cwd)
            self._by_folder[folder] = self._by_file[found]
        return self._by_folder[folder]

    def used(self) -> tuple[Configuration, ...]:
        """The configurations that this run has come upon."""
        return tuple(self._by_file.values())

    def _configuration_file(self, folder: Path) -> Path | None:
        given = self.command_line
        if given.isolated:
            return None
        return given.config_file or nearest_configuration(folder)


def combine(config_file: Path | None, command_line: CommandLine, cwd: Path) -> Configuration:
    """One Configuration out of a configuration file and the command line.

    `root` is the folder of the configuration file where one was found, else `cwd`; a file
    that is given by name speaks about `cwd`, as in ruff.
    """
    from_file = {} if config_file is None else _validated(read_table(config_file), str(config_file))
    from_inline = _inline(command_line.inline)
    found_by_itself = config_file is not None and config_file != command_line.config_file
    root = config_file.parent if config_file is not None and found_by_itself else cwd
    settings = replace(
        Settings(),
        **{**from_file, **from_inline, **command_line.values},
        root=root,
        command_line=command_line.rules,
    )
    origins = {kebab_case(name): str(config_file) for name in from_file}
    origins |= dict.fromkeys(map(kebab_case, from_inline), COMMAND_LINE)
    origins |= dict.fromkeys(map(kebab_case, command_line.values), COMMAND_LINE)
    origins |= dict.fromkeys(_chosen_keys(command_line.rules), COMMAND_LINE)
    return Configuration(settings, MappingProxyType(origins))


def _chosen_keys(rules: RuleChoice) -> Iterable[str]:
    if rules.select is not None:
        yield "select"
    if rules.extend_select:
        yield "extend-select"
    if rules.ignore:
        yield "ignore"


def _inline(fragments: Iterable[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for fragment in fragments:
        origin = f"--config '{fragment}'"
        values |= _validated(parse_toml(fragment, origin), origin)
    return values


def _validated(table: Mapping[str, Any], origin: str) -> dict[str, Any]:
    if not table:
        return {}
    from flatlint.config.validation import validated

    return validated(table, origin)


def is_inline(text: str) -> bool:
    """Whether the argument of `--config` is TOML rather than the name of a file."""
    return "=" in text and not Path(text).exists()


def existing_file(text: str) -> Path:
    """The configuration file named on the command line; raises ConfigurationError."""
    path = Path(text).expanduser()
    if not path.is_file():
        raise ConfigurationError(f"{text}: there is no such configuration file")
    return path.absolute()
