"""The example programs on every rule's page are linted: the bad one is found, the good one not."""

from __future__ import annotations

import re
import textwrap

import pytest

import flatlint
from flatlint.rules.base import Rule
from flatlint.rules.registry import all_rules

_EXAMPLE = re.compile(r"^(Bad|Good):\n((?:    .*\n|\n)+)", re.MULTILINE)


def examples(rule: type[Rule]) -> dict[str, list[str]]:
    """The programs on a rule's page, by the word above them."""
    found: dict[str, list[str]] = {"Bad": [], "Good": []}
    for word, program in _EXAMPLE.findall(rule.documentation() + "\n"):
        found[word].append(textwrap.dedent(program))
    return found


def rows_of_findings(rule: type[Rule], program: str) -> set[int]:
    return {
        found.place.start.row for found in flatlint.lint_text(program) if found.code == rule.code
    }


CASES = [
    pytest.param(rule, word, program, id=f"{rule.name()}-{word}-{number}")
    for rule in all_rules()
    for word, programs in examples(rule).items()
    for number, program in enumerate(programs)
]


@pytest.mark.parametrize(("rule", "word", "program"), CASES)
def test_examples_show_what_the_rule_finds(rule: type[Rule], word: str, program: str) -> None:
    marked = {
        row for row, line in enumerate(program.splitlines(), start=1) if line.endswith("# finding")
    }
    assert bool(marked) is (word == "Bad")
    assert rows_of_findings(rule, program) == marked


@pytest.mark.parametrize(
    "rule",
    [rule for rule in all_rules() if rule.code < "FL9"],
    ids=lambda rule: rule.name(),
)
def test_every_rule_has_an_example_of_each_kind(rule: type[Rule]) -> None:
    assert all(examples(rule).values())


def test_codes_and_names_belong_to_one_rule_each() -> None:
    codes = [rule.code for rule in all_rules()]
    names = [rule.name() for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
