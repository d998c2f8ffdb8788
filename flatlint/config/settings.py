"""Settings: everything that a user can choose, with its default."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar

from flatlint.config.errors import ConfigurationError
from flatlint.sources.discovery import DEFAULT_EXCLUDE


class OutputFormat(Enum):
    """The forms in which `check` can report."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    JSON_LINES = "json-lines"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    PYLINT = "pylint"
    RDJSON = "rdjson"
    GROUPED = "grouped"


KERAS_VERSION = re.compile(r"[123](\.\d+)*")

DEFAULT_STEP_BUDGET = 200_000
"""Evaluation steps after which a file is given up: a bound against loops, not a target."""


def kebab_case(field_name: str) -> str:
    """The spelling of a field in a configuration file."""
    return field_name.replace("_", "-")


@dataclass(frozen=True)
class RuleChoice:
    """Selectors of one layer of configuration; `select=None` builds on the layer below."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


NO_CHOICE = RuleChoice()


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a run of flatlint is told, for the files of one project.

    A plain dataclass that pydantic validates when a configuration file is there: a commit
    without one should not pay for importing pydantic.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "alias_generator": kebab_case,
    }

    select: tuple[str, ...] = ("FL",)
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extend_per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixable: tuple[str, ...] = ("ALL",)
    unfixable: tuple[str, ...] = ()
    unsafe_fixes: bool = False
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    keras_version: str | None = None
    output_format: OutputFormat = OutputFormat.FULL
    info: bool = False
    step_budget: int = DEFAULT_STEP_BUDGET
    cache_dir: Path = Path(".flatlint_cache")

    root: Path = Path()
    """The folder that patterns are relative to: where the configuration file stands."""
    command_line: RuleChoice = NO_CHOICE
    """Rules chosen on the command line: a layer above those of the file."""
    use_cache: bool = True
    """Whether results may be kept in `cache_dir` and taken from there."""

    @property
    def keras_major(self) -> int | None:
        """The era that the user asks for: 1, 2 or 3."""
        return None if self.keras_version is None else int(self.keras_version.split(".")[0])

    @property
    def keras_release(self) -> tuple[int, ...]:
        """The release that the user asks for: `(3, 15)`; empty if it is only an era, or nothing."""
        numbers = tuple(int(part) for part in (self.keras_version or "").split(".") if part)
        return numbers if len(numbers) > 1 else ()

    @property
    def is_keras_within_tensorflow(self) -> bool:
        """Whether the release that the user asks for came when `keras` was `tf.keras` already."""
        return (2, 4) <= self.keras_release < (3,)

    @property
    def rule_choices(self) -> tuple[RuleChoice, RuleChoice]:
        """The layers in which rules are chosen, lowest first."""
        from_file = RuleChoice(self.select, self.extend_select, (*self.ignore, *self.extend_ignore))
        return from_file, self.command_line


NOT_IN_FILES = frozenset({"root", "command_line", "use_cache"})
"""Fields that say where the configuration came from and cannot stand in it."""

KEYS = tuple(kebab_case(f.name) for f in fields(Settings) if f.name not in NOT_IN_FILES)
"""The keys of `[tool.flatlint]`, as they are written."""


def checked_keras_version(text: str, origin: str) -> str:
    """`text` if it is a version of Keras that flatlint knows; else raises ConfigurationError."""
    if not KERAS_VERSION.fullmatch(text):
        raise ConfigurationError(
            f'{origin}: {text!r} is not a version of Keras: write "1", "2", "3" or one like "2.15"'
        )
    return text
