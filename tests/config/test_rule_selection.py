"""Which rules run: select, ignore and per-file-ignores, as ruff understands them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import RuleChoice, RuleSelection, Settings, unknown_selectors

DENSE = ("FL001", "dense-on-unflattened-input")
LOSS = ("FL201", "loss-against-labels")
RULES = [DENSE, LOSS]


def chosen(settings: Settings) -> set[str]:
    selection = RuleSelection(settings)
    return {code for code, name in RULES if selection.includes(code, name)}


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (Settings(), {"FL001", "FL201"}),
        (Settings(select=("ALL",)), {"FL001", "FL201"}),
        (Settings(select=("FL2",)), {"FL201"}),
        (Settings(select=("loss-against-labels",)), {"FL201"}),
        (Settings(select=("dense-on",)), set()),
        (Settings(select=()), set()),
        (Settings(ignore=("FL0",)), {"FL201"}),
        (Settings(extend_ignore=("dense-on-unflattened-input",)), {"FL201"}),
        (Settings(select=("FL001",), ignore=("FL0",)), {"FL001"}),
        (Settings(select=("FL0",), ignore=("FL001",)), set()),
        (Settings(select=("FL001",), ignore=("FL001",)), set()),
        (Settings(select=("FL0",), extend_select=("FL2",)), {"FL001", "FL201"}),
    ],
)
def test_the_closer_selector_wins_and_ignore_wins_a_tie(
    settings: Settings, codes: set[str]
) -> None:
    assert chosen(settings) == codes


@pytest.mark.parametrize(
    ("command_line", "codes"),
    [
        (RuleChoice(), {"FL201"}),
        (RuleChoice(select=("FL001",)), {"FL001"}),
        (RuleChoice(select=("FL",)), {"FL001", "FL201"}),
        (RuleChoice(extend_select=("FL001",)), {"FL001", "FL201"}),
        (RuleChoice(ignore=("FL2",)), set()),
    ],
)
def test_the_command_line_is_a_layer_above_the_file(
    command_line: RuleChoice, codes: set[str]
) -> None:
    file = {"select": ("FL",), "ignore": ("FL001",)}
    assert chosen(Settings(**file, command_line=command_line)) == codes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "path", "is_ignored"),
    [
        ("model.py", "deep/in/model.py", True),
        ("tests/*", "tests/test_model.py", True),
        ("tests/*", "other/tests.py", False),
        ("tests", "tests/deep/model.py", True),
        ("*_test.py", "a/model_test.py", True),
        ("!tests/*", "tests/test_model.py", False),
        ("!tests/*", "model.py", True),
    ],
)
def test_rules_are_ignored_in_files_that_a_pattern_names(
    tmp_path: Path, pattern: str, path: str, is_ignored: bool
) -> None:
    settings = Settings(per_file_ignores={pattern: ("FL001",)}, root=tmp_path)
    selection = RuleSelection(settings)
    assert selection.includes(*DENSE, tmp_path / path) is not is_ignored
    assert selection.includes(*LOSS, tmp_path / path)


def test_per_file_ignores_beat_any_select(tmp_path: Path) -> None:
    settings = Settings(select=("FL001",), extend_per_file_ignores={"m.py": ("FL",)}, root=tmp_path)
    assert not RuleSelection(settings).includes(*DENSE, tmp_path / "m.py")


def test_fixes_can_be_kept_to_some_rules() -> None:
    assert RuleSelection(Settings()).is_fixable(*DENSE)
    assert not RuleSelection(Settings(unfixable=("FL001",))).is_fixable(*DENSE)
    assert not RuleSelection(Settings(fixable=("FL2",))).is_fixable(*DENSE)


def test_selectors_without_a_rule_are_found() -> None:
    given = ("ALL", "FL", "FL2", "FL9", "loss-against-labels", "loss", "E501")
    assert unknown_selectors(given, RULES) == ("FL9", "loss", "E501")
