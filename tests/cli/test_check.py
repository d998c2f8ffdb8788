"""`flatlint check` as a user sees it: reports, exit codes, options."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flatlint import engine
from flatlint.config import OutputFormat
from flatlint.sources import SourceFile
from tests.cli.running import CLEAN, UNFLATTENED, WITHOUT_KERAS, flatlint, write


def codes_in(text: str) -> list[str]:
    return [found["code"] for found in json.loads(text)]


def test_findings_are_shown_and_counted_and_exit_with_one(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check")
    assert run.exit_code == 1
    assert "  --> model.py:5:11" in run.stdout
    assert "Found 2 findings." in run.stdout
    assert run.stderr == ""


def test_a_clean_program_exits_with_zero(project: Path) -> None:
    write(project / "model.py", CLEAN)
    run = flatlint("check", "model.py")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "All checks passed!\n", "")


def test_files_without_keras_get_no_word(project: Path) -> None:
    write(project / "a.py", WITHOUT_KERAS)
    run = flatlint("check", "a.py")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.parametrize("output_format", [one.value for one in OutputFormat])
def test_every_format_reports_and_exits_alike(project: Path, output_format: str) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--output-format", output_format)
    assert run.exit_code == 1
    assert "FL001" in run.stdout


@pytest.mark.parametrize("output_format", ["json", "sarif", "gitlab", "rdjson"])
def test_formats_for_programs_are_nothing_but_json(project: Path, output_format: str) -> None:
    write(project / "model.py", UNFLATTENED)
    write(project / "a.py", WITHOUT_KERAS)
    found = json.loads(flatlint("check", "--output-format", output_format).stdout)
    nothing = json.loads(flatlint("check", "a.py", "--output-format", output_format).stdout)
    assert type(found) is type(nothing)
    assert "Dense(4)" in str(found)
    assert "Dense(4)" not in str(nothing)


def test_json_names_files_absolutely_and_in_order(project: Path) -> None:
    write(project / "b.py", UNFLATTENED)
    write(project / "a.py", UNFLATTENED)
    found = json.loads(flatlint("check", "--output-format", "json").stdout)
    assert [(one["filename"], one["location"]["row"]) for one in found] == [
        (str(project / name), row) for name in ("a.py", "b.py") for row in (5, 6)
    ]


def test_a_report_can_go_to_a_file(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--output-format", "json", "-o", "reports/out.json")
    assert (run.exit_code, run.stdout) == (1, "")
    assert codes_in((project / "reports/out.json").read_text()) == ["FL001", "FL001"]


def test_a_report_file_that_cannot_be_written_is_said(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    write(project / "file", "")
    run = flatlint("check", "-o", "file/out.txt")
    assert run.exit_code == 2
    assert "file/out.txt" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["--select", "FL001"], ["FL001", "FL001"]),
        (["--select", "FL9"], []),
        (["--select", "dense-on-unflattened-input"], ["FL001", "FL001"]),
        (["--ignore", "FL001"], []),
        (["--ignore", "FL9, FL0"], []),
        (["--select", "FL9", "--extend-select", "FL001"], ["FL001", "FL001"]),
    ],
)
def test_rules_are_chosen_on_the_command_line(
    project: Path, arguments: list[str], codes: list[str]
) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--output-format", "json", *arguments)
    assert codes_in(run.stdout) == codes
    assert run.exit_code == (1 if codes else 0)


def test_a_configuration_file_is_followed_and_the_command_line_beats_it(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    write(project / "pyproject.toml", '[tool.flatlint]\nignore = ["FL001"]\n')
    assert flatlint("check").exit_code == 0
    assert flatlint("check", "--isolated").exit_code == 1
    assert flatlint("check", "--select", "FL001").exit_code == 1
    assert flatlint("check", "--config", "ignore = []").exit_code == 1


def test_each_file_follows_the_configuration_of_its_own_project(project: Path) -> None:
    write(project / "one/model.py", UNFLATTENED)
    write(project / "two/model.py", UNFLATTENED)
    write(project / "two/flatlint.toml", 'ignore = ["FL001"]\n')
    found = json.loads(flatlint("check", "--output-format", "json").stdout)
    assert {one["filename"] for one in found} == {str(project / "one/model.py")}


def test_per_file_ignores_leave_other_files_alone(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    write(project / "tests/model.py", UNFLATTENED)
    write(project / "flatlint.toml", '[per-file-ignores]\n"tests/*" = ["FL001"]\n')
    found = json.loads(flatlint("check", "--output-format", "json").stdout)
    assert {one["filename"] for one in found} == {str(project / "model.py")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("selct = ['FL001']\n", ["`selct`", "did you mean `select`?", "flatlint.toml"]),
        ("select = ['FL5xx']\n", ["`select`", "`FL5xx`", "flatlint.toml"]),
        ("[per-file-ignores]\n'a' = ['XX1']\n", ["`per-file-ignores`", "`XX1`"]),
    ],
)
def test_a_broken_configuration_exits_with_two(project: Path, text: str, words: list[str]) -> None:
    write(project / "model.py", UNFLATTENED)
    write(project / "flatlint.toml", text)
    run = flatlint("check")
    assert (run.exit_code, run.stdout) == (2, "")
    for word in words:
        assert word in run.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--select", "FL777"],
        ["--keras-version", "4"],
        ["--keras-version", "new"],
        ["--output-format", "yaml"],
        ["--step-budget", "0"],
        ["--config", "no-such-file.toml"],
        ["--no-such-option"],
    ],
)
def test_bad_usage_exits_with_two_and_says_what_is_wrong(
    project: Path, arguments: list[str]
) -> None:
    write(project / "model.py", CLEAN)
    run = flatlint("check", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert arguments[-1] in run.stderr


def test_exit_zero_reports_and_exits_with_zero(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "--exit-zero")
    assert run.exit_code == 0
    assert "FL001" in run.stdout


def test_quiet_prints_findings_only_and_silent_nothing(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    quiet = flatlint("check", "-q", "--output-format", "concise")
    assert [line.split(":")[0] for line in quiet.stdout.splitlines()] == ["model.py", "model.py"]
    silent = flatlint("check", "-s")
    assert (silent.exit_code, silent.stdout, silent.stderr) == (1, "", "")


def test_statistics_count_findings_by_rule(project: Path) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint("check", "-q", "--statistics")
    assert run.stdout == "2\tFL001\tdense-on-unflattened-input\n"


def test_info_is_shown_on_request_and_never_fails(project: Path) -> None:
    # The statement that cannot be parsed is a finding of severity info.
    write(project / "model.py", f"{CLEAN}x = = 1\n")
    assert flatlint("check", "--output-format", "json").stdout == "[]\n"
    run = flatlint("check", "--info", "--output-format", "json")
    assert [found["severity"] for found in json.loads(run.stdout)] == ["info"]
    assert run.exit_code == 0


@pytest.mark.parametrize(
    ("environment", "arguments", "is_coloured"),
    [
        ({}, [], False),
        ({}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"FORCE_COLOR": "1"}, ["-o", "/dev/stdout"], False),
    ],
)
def test_colours_follow_the_option_then_the_environment(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    arguments: list[str],
    is_coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    write(project / "model.py", UNFLATTENED)
    assert ("\x1b[" in flatlint("check", *arguments).stdout) is is_coloured


def test_an_internal_failure_in_one_file_stops_no_other(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "broken.py", UNFLATTENED)
    write(project / "model.py", UNFLATTENED)
    real = engine.linting.lint

    def failing(source: SourceFile, *others: Any) -> engine.FileReport:
        if "broken" in source.name:
            raise ZeroDivisionError("by zero")
        return real(source, *others)

    monkeypatch.setattr(engine.linting, "lint", failing)
    run = flatlint("check", "--output-format", "json")
    assert run.exit_code == 2
    assert len(codes_in(run.stdout)) == 2
    assert run.stderr == "flatlint: broken.py: internal failure: ZeroDivisionError: by zero\n"


def test_nothing_is_written_without_fix(project: Path) -> None:
    file = write(project / "model.py", UNFLATTENED)
    for arguments in ([], ["--unsafe-fixes"], ["--diff", "--unsafe-fixes"], ["--show-fixes"]):
        flatlint("check", *arguments)
        assert file.read_text() == UNFLATTENED
    assert sorted(path.name for path in project.iterdir()) == [".git", "model.py"]


def test_help_names_every_command() -> None:
    text = flatlint("--help").stdout
    for command in ("check", "summary", "why", "rule", "config", "clean", "server"):
        assert re.search(rf"^  {command} ", text, re.MULTILINE)


def test_an_unknown_command_exits_with_two() -> None:
    assert flatlint("chekc").exit_code == 2
