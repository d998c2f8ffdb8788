"""Input that is missing, empty, binary, badly encoded: a word, and the promised exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.running import CLEAN, UNFLATTENED, flatlint, write


@pytest.mark.parametrize("command", ["check", "summary"])
def test_a_missing_path_is_named(project: Path, command: str) -> None:
    write(project / "model.py", UNFLATTENED)
    run = flatlint(command, "model.py", "nowhere/at_all.py")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "nowhere/at_all.py" in run.stderr


def test_a_folder_without_python_is_said_and_is_no_failure(project: Path) -> None:
    write(project / "README.md", "keras")
    run = flatlint("check")
    assert (run.exit_code, run.stdout) == (0, "")
    assert "no Python files" in run.stderr


def test_an_empty_file_has_nothing_to_report(project: Path) -> None:
    write(project / "empty.py", "")
    run = flatlint("check", "empty.py")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"import keras\n\x00\x01\x02", "NUL"),
        (b"import keras\nx = '\xff\xfe'\n", "UTF-8"),
        (b"# -*- coding: no-such-codec -*-\nimport keras\n", "no-such-codec"),
    ],
)
def test_a_file_that_cannot_be_decoded_is_a_finding(project: Path, data: bytes, word: str) -> None:
    (project / "odd.py").write_bytes(data)
    write(project / "model.py", CLEAN)
    run = flatlint("check", "--output-format", "json")
    (found,) = json.loads(run.stdout)
    assert run.exit_code == 1
    assert found["filename"] == str(project / "odd.py")
    assert word in found["message"]
    assert flatlint("check").exit_code == 1


def test_a_notebook_that_is_no_json_is_a_finding(project: Path) -> None:
    write(project / "broken.ipynb", "import keras {")
    run = flatlint("check", "--output-format", "json")
    assert run.exit_code == 1
    assert len(json.loads(run.stdout)) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_a_finding(project: Path) -> None:
    write(project / "secret.py", UNFLATTENED).chmod(0)
    assert flatlint("check").exit_code == 1


def test_a_link_to_nowhere_is_a_finding(project: Path) -> None:
    (project / "dangling.py").symlink_to(project / "gone.py")
    run = flatlint("check", "dangling.py", "--output-format", "json")
    assert run.exit_code == 1
    assert len(json.loads(run.stdout)) == 1


def test_excluded_and_ignored_files_are_left_out_unless_they_are_named(project: Path) -> None:
    write(project / "build/model.py", UNFLATTENED)
    write(project / "mine/model.py", UNFLATTENED)
    write(project / "ignored.py", UNFLATTENED)
    write(project / ".gitignore", "ignored.py\n")
    everything = ("check", "--extend-exclude", "mine")
    assert flatlint(*everything).exit_code == 0
    assert flatlint(*everything, "build/model.py").exit_code == 1
    assert flatlint(*everything, "--force-exclude", "build/model.py").exit_code == 0
    assert flatlint(*everything, "--no-respect-gitignore").exit_code == 1
