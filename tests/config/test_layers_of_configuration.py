"""Defaults, then the nearest configuration file, then the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import (
    CommandLine,
    ConfigurationError,
    Configurations,
    OutputFormat,
    Settings,
)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def settings_for(path: Path, command_line: CommandLine | None = None) -> Settings:
    return Configurations(command_line, cwd=path.parent).for_file(path).settings


def test_without_any_configuration_the_defaults_hold(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "model.py")
    assert settings == Settings(root=tmp_path)
    assert settings.output_format is OutputFormat.FULL


def test_the_command_line_beats_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    write(
        tmp_path / "pyproject.toml",
        '[tool.flatlint]\nkeras-version = "2.15"\ninfo = true\nstep-budget = 7\n',
    )
    settings = settings_for(tmp_path / "model.py", CommandLine({"step_budget": 9}))
    assert (settings.keras_major, settings.info, settings.step_budget) == (2, True, 9)


def test_the_nearest_file_counts_and_those_above_it_do_not(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.flatlint]\ninfo = true\nstep-budget = 7\n")
    write(tmp_path / "part/flatlint.toml", "step-budget = 8\n")
    near = settings_for(tmp_path / "part/deep/model.py")
    assert (near.step_budget, near.info) == (8, False)
    assert settings_for(tmp_path / "model.py").step_budget == 7


def test_a_pyproject_without_our_table_does_not_hide_the_one_above(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.flatlint]\nstep-budget = 7\n")
    write(tmp_path / "part/pyproject.toml", '[project]\nname = "part"\n')
    assert settings_for(tmp_path / "part/model.py").step_budget == 7


@pytest.mark.parametrize("name", ["flatlint.toml", ".flatlint.toml"])
def test_our_own_file_wins_over_pyproject_beside_it(tmp_path: Path, name: str) -> None:
    write(tmp_path / "pyproject.toml", "[tool.flatlint]\nstep-budget = 7\n")
    write(tmp_path / name, "step-budget = 8\n")
    assert settings_for(tmp_path / "model.py").step_budget == 8


def test_isolated_ignores_every_file(tmp_path: Path) -> None:
    write(tmp_path / "flatlint.toml", "step-budget = 8\n")
    settings = settings_for(tmp_path / "model.py", CommandLine(isolated=True))
    assert settings == Settings(root=tmp_path)


def test_a_given_file_replaces_those_that_would_be_found(tmp_path: Path) -> None:
    write(tmp_path / "flatlint.toml", "step-budget = 8\ninfo = true\n")
    given = write(tmp_path / "other/ci.toml", "step-budget = 9\n")
    settings = settings_for(tmp_path / "model.py", CommandLine(config_file=given))
    assert (settings.step_budget, settings.info, settings.root) == (9, False, tmp_path)


def test_a_fragment_of_toml_beats_the_file(tmp_path: Path) -> None:
    write(tmp_path / "flatlint.toml", "step-budget = 8\ninfo = true\n")
    settings = settings_for(tmp_path / "model.py", CommandLine(inline=("step-budget = 9",)))
    assert (settings.step_budget, settings.info) == (9, True)


def test_each_setting_knows_who_set_it(tmp_path: Path) -> None:
    file = write(tmp_path / "flatlint.toml", "step-budget = 8\ninfo = true\n")
    found = Configurations(CommandLine({"info": False}), cwd=tmp_path).for_run()
    assert dict(found.origins) == {"step-budget": str(file), "info": "command line"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("stepbudget = 3", ["`stepbudget`", "did you mean `step-budget`?"]),
        ("step_budget = 3", ["`step_budget`", "did you mean `step-budget`?"]),
        ("root = 'x'", ["unknown key `root`"]),
        ("select = 'FL001'", ["`select`", "'FL001'", "list of strings"]),
        ("select = [1]", ["`select.0`", "string"]),
        ("info = 'perhaps'", ["`info`", "'perhaps'", "true or false"]),
        ("step-budget = 'many'", ["`step-budget`", "whole number"]),
        ("step-budget = 0", ["`step-budget`", "at least 1"]),
        ("output-format = 'jsn'", ["`output-format`", "'jsn'", "did you mean `json`?"]),
        ("keras-version = '4'", ["`keras-version`", "'4'", "2.15"]),
        ("keras-version = 2.15", ["`keras-version`", "in quotes"]),
        ("per-file-ignores = ['FL001']", ["`per-file-ignores`", "table"]),
        ("info = ", ["not valid TOML"]),
    ],
)
def test_a_mistake_is_named_with_its_file_and_key(
    tmp_path: Path, line: str, words: list[str]
) -> None:
    file = write(tmp_path / "flatlint.toml", f"{line}\n")
    with pytest.raises(ConfigurationError) as raised:
        settings_for(tmp_path / "model.py")
    for word in [str(file), *words]:
        assert word in str(raised.value)


def test_a_table_of_another_type_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool]\nflatlint = 3\n")
    with pytest.raises(ConfigurationError, match=r"`tool\.flatlint` must be a table"):
        settings_for(tmp_path / "model.py")


def test_a_configuration_that_is_not_utf8_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "flatlint.toml").write_bytes(b'cache-dir = "\xe9"\n')
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        settings_for(tmp_path / "model.py")


def test_every_key_can_be_set_in_a_file(tmp_path: Path) -> None:
    write(
        tmp_path / "flatlint.toml",
        """
        select = ["FL0"]
        extend-select = ["FL2"]
        ignore = ["FL001"]
        extend-ignore = ["FL002"]
        fixable = ["FL001"]
        unfixable = ["FL002"]
        unsafe-fixes = true
        exclude = ["a"]
        extend-exclude = ["b"]
        force-exclude = true
        respect-gitignore = false
        keras-version = "3"
        output-format = "json-lines"
        info = true
        step-budget = 10
        cache-dir = "elsewhere"
        [per-file-ignores]
        "tests/*" = ["FL0"]
        [extend-per-file-ignores]
        "docs/*" = ["FL0"]
        """,
    )
    assert settings_for(tmp_path / "model.py") == Settings(
        select=("FL0",),
        extend_select=("FL2",),
        ignore=("FL001",),
        extend_ignore=("FL002",),
        fixable=("FL001",),
        unfixable=("FL002",),
        unsafe_fixes=True,
        exclude=("a",),
        extend_exclude=("b",),
        force_exclude=True,
        respect_gitignore=False,
        keras_version="3",
        output_format=OutputFormat.JSON_LINES,
        info=True,
        step_budget=10,
        cache_dir=Path("elsewhere"),
        per_file_ignores={"tests/*": ("FL0",)},
        extend_per_file_ignores={"docs/*": ("FL0",)},
        root=tmp_path,
    )
