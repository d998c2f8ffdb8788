"""Options that several commands share, and the configuration that they make up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from flatlint.config import CommandLine, Configurations, OutputFormat, RuleChoice
from flatlint.config.configuration import existing_file, is_inline
from flatlint.config.settings import checked_keras_version

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Names(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """A list of names with commas between, as ruff takes rules and patterns."""

    name = "list"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Split at commas; blanks around a name do not count."""
        return tuple(part.strip() for part in str(value).split(",") if part.strip())


def flattened(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The names of an option that was given several times."""
    return tuple(name for group in groups for name in group)


def configuration_options(command: Decorated) -> Decorated:
    """Add the options that choose files and settings, spelled as in ruff."""
    for option in reversed(_CONFIGURATION_OPTIONS):
        command = option(command)
    return command


_LIST = Names()
_CONFIGURATION_OPTIONS = [
    click.option(
        "--config",
        "config",
        multiple=True,
        metavar="FILE|TOML",
        help="A configuration file, or a `key = value` that overrides one.",
    ),
    click.option("--isolated", is_flag=True, help="Ignore all configuration files."),
    click.option(
        "--keras-version",
        metavar="VERSION",
        help="The Keras that the code is for: 1, 2, 3, or a version such as 2.15.",
    ),
    click.option(
        "--exclude", type=_LIST, multiple=True, metavar="PATTERNS", help="Leave out such files."
    ),
    click.option(
        "--extend-exclude",
        type=_LIST,
        multiple=True,
        metavar="PATTERNS",
        help="Leave out such files too.",
    ),
    click.option(
        "--force-exclude/--no-force-exclude",
        default=None,
        help="Leave out excluded files even where they are named.",
    ),
    click.option(
        "--respect-gitignore/--no-respect-gitignore",
        default=None,
        help="Leave out what git ignores.",
    ),
    click.option(
        "--step-budget",
        type=click.IntRange(min=1),
        metavar="STEPS",
        help="Give a file up after so many evaluation steps.",
    ),
    click.option(
        "-n", "--no-cache", is_flag=True, help="Neither read nor write the cache of results."
    ),
]


@dataclass(frozen=True)
class RuleOptions:
    """The options of `check` that choose rules."""

    select: Sequence[tuple[str, ...]] = ()
    extend_select: Sequence[tuple[str, ...]] = ()
    ignore: Sequence[tuple[str, ...]] = ()

    def as_choice(self) -> RuleChoice:
        """The layer of configuration that the command line makes up."""
        return RuleChoice(
            flattened(self.select) if self.select else None,
            flattened(self.extend_select),
            flattened(self.ignore),
        )


def configurations(
    *,
    config: tuple[str, ...],
    isolated: bool,
    keras_version: str | None,
    no_cache: bool,
    rules: RuleOptions | None = None,
    output_format: str | None = None,
    **values: Any,
) -> Configurations:
    """The configurations of a run with these options; raises ConfigurationError."""
    given = {
        name: flattened(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in (None, ())
    }
    if keras_version is not None:
        given["keras_version"] = checked_keras_version(keras_version, "--keras-version")
    if output_format is not None:
        given["output_format"] = OutputFormat(output_format)
    if no_cache:
        given["use_cache"] = False
    files = [existing_file(text) for text in config if not is_inline(text)]
    if len(files) > 1:
        raise click.UsageError("only one configuration file can be given with --config")
    return Configurations(
        CommandLine(
            values=given,
            rules=(rules or RuleOptions()).as_choice(),
            config_file=files[0] if files else None,
            inline=tuple(text for text in config if is_inline(text)),
            isolated=isolated,
        )
    )


text_or_json = click.option(
    "--output-format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the answer.",
)


def paths_argument(command: Decorated) -> Decorated:
    """Add the paths that a command works on."""
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path))(command)
