"""Code from stdin, and --fix: what is written where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import CLEAN, UNFLATTENED, WITHOUT_KERAS, flatlint, write
from tests.reporting.notebook import NOTEBOOK

FIX = ("check", "--fix", "--unsafe-fixes")


def test_stdin_is_checked_under_the_name_that_is_given(project: Path) -> None:
    run = flatlint(
        "check", "-", "--stdin-filename", "model.py", "--output-format", "json", stdin=UNFLATTENED
    )
    assert run.exit_code == 1
    assert {found["filename"] for found in json.loads(run.stdout)} == {str(project / "model.py")}


def test_stdin_without_a_name_can_be_checked(project: Path) -> None:
    run = flatlint("check", "-", "--output-format", "concise", "-q", stdin=UNFLATTENED)
    assert run.exit_code == 1
    assert run.stdout.startswith("<stdin>:5:11: FL001 warning: ")


def test_a_notebook_can_come_from_stdin(project: Path) -> None:
    run = flatlint("check", "-", "--stdin-filename", "m.ipynb", stdin=NOTEBOOK)
    assert (run.exit_code, run.stderr) == (0, "")


def test_stdin_that_cannot_be_decoded_is_a_finding(project: Path) -> None:
    run = flatlint("check", "-", "--output-format", "json", stdin=b"import keras\n\xff")
    assert run.exit_code == 1
    assert len(json.loads(run.stdout)) == 1


def test_stdin_follows_the_configuration_of_the_file_it_stands_for(project: Path) -> None:
    write(project / "part/flatlint.toml", 'ignore = ["FL001"]\n')
    run = flatlint("check", "-", "--stdin-filename", "part/model.py", stdin=UNFLATTENED)
    assert run.exit_code == 0


def test_fixing_stdin_prints_the_code_and_reports_beside_it(project: Path) -> None:
    run = flatlint(*FIX, "-", stdin=UNFLATTENED)
    assert "Flatten(input_shape=(3, 2))" in run.stdout
    assert "FL001" not in run.stdout
    assert flatlint("check", "-", stdin=run.stdout).exit_code == 0


@pytest.mark.parametrize("text", [CLEAN, WITHOUT_KERAS, "", "x = = keras\n"])
def test_fixing_stdin_with_nothing_to_fix_prints_it_as_it_was(project: Path, text: str) -> None:
    assert flatlint(*FIX, "-", stdin=text).stdout == text


def test_excluded_stdin_comes_out_as_it_was(project: Path) -> None:
    arguments = ("-", "--stdin-filename", "build/model.py", "--force-exclude")
    assert flatlint(*FIX, *arguments, stdin=UNFLATTENED).stdout == UNFLATTENED
    run = flatlint("check", *arguments, stdin=UNFLATTENED)
    assert (run.exit_code, run.stdout) == (0, "")


def test_unsafe_fixes_are_applied_when_asked_for_and_only_then(project: Path) -> None:
    file = write(project / "model.py", UNFLATTENED)
    assert flatlint("check", "--fix").exit_code == 1
    assert file.read_text() == UNFLATTENED
    run = flatlint(*FIX)
    assert "1 fixed, 0 remaining" in run.stdout
    assert run.exit_code == 0
    assert flatlint("check").exit_code == 0


def test_a_fixed_file_is_not_changed_again(project: Path) -> None:
    file = write(project / "model.py", UNFLATTENED)
    flatlint(*FIX)
    once = file.read_bytes()
    flatlint(*FIX)
    assert file.read_bytes() == once


def test_exit_non_zero_on_fix_fails_when_files_were_mended(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    assert flatlint(*FIX, "--exit-non-zero-on-fix").exit_code == 1
    assert flatlint(*FIX, "--exit-non-zero-on-fix").exit_code == 0


def test_show_fixes_names_files_and_rules(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint(*FIX, "--show-fixes")
    assert "- model.py:\n    1 × FL001 (dense-on-unflattened-input)\n" in run.stdout


def test_rules_that_are_unfixable_are_not_mended(project: Path) -> None:
    file = write(project / "model.py", UNFLATTENED)
    assert flatlint(*FIX, "--unfixable", "FL001").exit_code == 1
    assert file.read_text() == UNFLATTENED


def test_diff_shows_what_would_change_and_exits_with_one(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--diff", "--unsafe-fixes")
    assert run.exit_code == 1
    assert run.stdout.startswith("--- model.py\n+++ model.py\n@@ ")
    assert "+model.add(Flatten(input_shape=(3, 2)))\n" in run.stdout
    assert "would fix 1 finding" in run.stderr


def test_diff_of_nothing_to_change_is_empty(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--diff")
    assert (run.exit_code, run.stdout) == (0, "")


def test_mendable_findings_are_marked_as_ruff_marks_them(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    plain = flatlint("check", "--output-format", "concise").stdout
    assert "[*]" not in plain
    assert "1 fixable with the options `--fix --unsafe-fixes`." in plain
    marked = flatlint("check", "--unsafe-fixes", "--output-format", "concise").stdout
    assert marked.count(": [*] ") == 1
    assert "[*] 1 fixable with the `--fix` option." in marked


def test_a_notebook_is_mended_in_its_cell(project: Path) -> None:
    notebook = json.loads(NOTEBOOK)
    notebook["cells"][1]["source"] = UNFLATTENED.splitlines(keepends=True)
    file = write(project / "model.ipynb", json.dumps(notebook, indent=1))
    assert flatlint(*FIX).exit_code == 0
    changed = json.loads(file.read_text())
    assert "model.add(Flatten(input_shape=(3, 2)))\n" in changed["cells"][1]["source"]
    changed["cells"][1]["source"] = notebook["cells"][1]["source"]
    assert changed == notebook


def test_a_file_that_cannot_be_written_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "model.py", UNFLATTENED)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    run = flatlint(*FIX)
    assert run.exit_code == 2
    assert "model.py: cannot be written: Permission denied" in run.stderr
