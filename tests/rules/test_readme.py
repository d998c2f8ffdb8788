"""The README's table of rules is what the rules say of themselves."""

from __future__ import annotations

from pathlib import Path

from flatlint.rules.base import Rule
from flatlint.rules.registry import all_rules

README = Path(__file__).parents[2] / "README.md"


def row(rule: type[Rule]) -> str:
    """One row of the table: code, name, severity, the first sentence of the page."""
    sentence = " ".join(rule.documentation().partition("\n\n")[0].split())
    return f"| {rule.code} | `{rule.name()}` | {rule.severity.value} | {sentence} |"


def test_the_table_has_a_row_for_every_rule_and_no_other() -> None:
    wanted = [row(rule) for rule in all_rules()]
    found = [line for line in README.read_text().splitlines() if line.startswith("| FL")]
    assert found == wanted, "write these rows:\n" + "\n".join(wanted)


def test_every_rule_has_a_code_a_name_and_a_page() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule.documentation().splitlines()) > 2, rule.code
