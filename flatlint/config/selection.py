"""Which rules run where: codes, prefixes and names against select, ignore and per-file-ignores."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from flatlint.config.settings import RuleChoice, Settings
from flatlint.sources.exclusion import Exclusion

NOT_MATCHED = -1
EXACT = 1_000


def specificity(selector: str, code: str, name: str) -> int:
    """How closely `selector` names the rule: the exact code or name most, `ALL` least.

    >>> specificity("FL", "FL001", "dense-on-unflattened-input")
    2
    """
    if selector in (code, name):
        return EXACT
    if selector == "ALL":
        return 0
    return len(selector) if selector and code.startswith(selector) else NOT_MATCHED


def closest(selectors: Iterable[str], code: str, name: str) -> int:
    """The specificity of the selector that names the rule best."""
    return max((specificity(s, code, name) for s in selectors), default=NOT_MATCHED)


@lru_cache(maxsize=1024)
def is_chosen(layers: tuple[RuleChoice, ...], code: str, name: str) -> bool:
    """Whether the layers leave the rule on: a higher layer wins, in it the closer selector.

    As in ruff, `ignore` wins over a `select` that is as close, and a `select` on the command
    line starts afresh.
    """
    chosen = False
    for layer in layers:
        wanted = closest((*(layer.select or ()), *layer.extend_select), code, name)
        unwanted = closest(layer.ignore, code, name)
        if layer.select is not None or max(wanted, unwanted) > NOT_MATCHED:
            chosen = wanted > unwanted
    return chosen


class RuleSelection:
    """The answer, for the settings of one project, to which rule counts in which file."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._choices = settings.rule_choices

    def includes(self, code: str, name: str, path: Path | None = None) -> bool:
        """Whether findings of the rule are wanted, in the file at `path` if one is given."""
        chosen = is_chosen(self._choices, code, name)
        return chosen and not (path and self._is_ignored_in(path, code, name))

    def is_fixable(self, code: str, name: str) -> bool:
        """Whether the settings let fixes of the rule be applied."""
        layer = RuleChoice(self.settings.fixable, (), self.settings.unfixable)
        return is_chosen((layer,), code, name)

    def _is_ignored_in(self, path: Path, code: str, name: str) -> bool:
        return any(
            closest(selectors, code, name) > NOT_MATCHED and pattern.matches(path)
            for pattern, selectors in self._per_file
        )

    @cached_property
    def _per_file(self) -> list[tuple[FilePattern, tuple[str, ...]]]:
        settings = self.settings
        both = (settings.per_file_ignores, settings.extend_per_file_ignores)
        return [
            (FilePattern(pattern, settings.root), tuple(selectors))
            for patterns in both
            for pattern, selectors in patterns.items()
        ]


class FilePattern:
    """A pattern of `per-file-ignores`, read as one of `exclude`; `!` in front turns it round."""

    def __init__(self, pattern: str, root: Path) -> None:
        self.is_negated = pattern.startswith("!")
        self._inside = Exclusion([pattern.removeprefix("!")], root)

    def matches(self, path: Path) -> bool:
        """Whether the pattern speaks of the file at `path`."""
        return self._inside.covers(path) is not self.is_negated


def unknown_selectors(
    selectors: Iterable[str], rules: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """Those selectors that name no rule; `rules` are pairs of code and name."""
    known = tuple(rules)
    return tuple(
        selector
        for selector in selectors
        if selector != "ALL"
        and not any(specificity(selector, code, name) > NOT_MATCHED for code, name in known)
    )
