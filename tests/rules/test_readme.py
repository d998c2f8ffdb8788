"""What the README shows is what flatlint prints, and its table of rules is what the rules say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flatlint.rules.base import Rule
from flatlint.rules.registry import all_rules
from tests.cli.running import flatlint, write

README = Path(__file__).parents[2] / "README.md"
_PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def row(rule: type[Rule]) -> str:
    """One row of the table: code, name, severity, the first sentence of the page."""
    sentence = " ".join(rule.documentation().partition("\n\n")[0].split())
    return f"| {rule.code} | `{rule.name()}` | {rule.severity.value} | {sentence} |"


def test_the_table_has_a_row_for_every_rule_and_no_other() -> None:
    wanted = [row(rule) for rule in all_rules()]
    found = [line for line in README.read_text().splitlines() if line.startswith("| FL")]
    assert found == wanted, "write these rows:\n" + "\n".join(wanted)


def test_the_first_program_gets_what_stands_below_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = README.read_text()
    program, console = _PROGRAM.search(text), _CONSOLE.search(text)
    assert program is not None
    assert console is not None
    write(tmp_path / "question.py", program[1])
    monkeypatch.chdir(tmp_path)
    shown = ""
    for command in re.findall(r"^\$ flatlint (.*)$", console[1], re.MULTILINE):
        shown += f"$ flatlint {command}\n{flatlint(*command.split()).stdout.rstrip()}\n\n"
    assert console[1].rstrip() == shown.rstrip()


def test_every_rule_has_a_code_a_name_and_a_page() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule.documentation().splitlines()) > 2, rule.code
