"""All rules, found by walking this package: a new rule needs no list to be extended."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from flatlint import rules
from flatlint.rules.base import Rule


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule, by code."""
    found: set[type[Rule]] = set()
    for module in walk_packages(rules.__path__, f"{rules.__name__}."):
        if not module.ispkg:
            found.update(_rules_in(module.name))
    return tuple(sorted(found, key=lambda rule: rule.code))


def _rules_in(module_name: str) -> Iterator[type[Rule]]:
    for thing in vars(import_module(module_name)).values():
        if isinstance(thing, type) and issubclass(thing, Rule) and hasattr(thing, "code"):
            yield thing


def rule_named(code_or_name: str) -> type[Rule] | None:
    """The rule with a code (`FL001`) or name (`dense-on-unflattened-input`)."""
    wanted = code_or_name.lower()
    for rule in all_rules():
        if wanted in (rule.code.lower(), rule.name()):
            return rule
    return None
