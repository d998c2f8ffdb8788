"""Selectors that name no rule: a mistake that would silently check too little or too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flatlint.config import (
    Configuration,
    ConfigurationError,
    Configurations,
    RuleChoice,
    unknown_selectors,
)
from flatlint.config.errors import suggestion

FILE_KEYS = ("select", "extend-select", "ignore", "extend-ignore", "fixable", "unfixable")


def refuse_unknown_on_command_line(choice: RuleChoice) -> None:
    """Raise ConfigurationError for a selector on the command line that names no rule."""
    given = {
        "--select": choice.select or (),
        "--extend-select": choice.extend_select,
        "--ignore": choice.ignore,
    }
    if any(given.values()):
        _refuse(given.items())


def refuse_unknown_in_files(chosen: Configurations) -> None:
    """Raise ConfigurationError for a selector in a configuration file that was used."""
    for configuration in chosen.used():
        if configuration.origins:
            _refuse(_selectors_in(configuration))


def _selectors_in(configuration: Configuration) -> Iterator[tuple[str, tuple[str, ...]]]:
    settings = configuration.settings
    for key in FILE_KEYS:
        if origin := configuration.origins.get(key):
            yield f"{origin}: `{key}`", getattr(settings, key.replace("-", "_"))
    for key in ("per-file-ignores", "extend-per-file-ignores"):
        if origin := configuration.origins.get(key):
            for pattern, selectors in getattr(settings, key.replace("-", "_")).items():
                yield f"{origin}: `{key}` of {pattern!r}", selectors


def _refuse(given: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    from flatlint.rules.registry import all_rules

    rules = [(rule.code, rule.name()) for rule in all_rules()]
    for origin, selectors in given:
        for unknown in unknown_selectors(selectors, rules):
            known = [word for rule in rules for word in rule]
            raise ConfigurationError(
                f"{origin}: there is no rule `{unknown}`{suggestion(unknown, known)}"
            )
