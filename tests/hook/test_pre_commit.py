"""The hooks in the real pre-commit, on git repositories made here."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import CLEAN, UNFLATTENED, WITHOUT_KERAS, write
from tests.hook.repositories import (
    CHECKOUT,
    git,
    hooks,
    local_configuration,
    new_repository,
    pre_commit,
)
from tests.reporting.notebook import NOTEBOOK


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose hooks run the code of this checkout."""
    folder = new_repository(tmp_path / "repository")
    write(folder / ".pre-commit-config.yaml", local_configuration())
    git(folder, "add", ".")
    return folder


def run_hook(repository: Path, hook: str = "flatlint") -> tuple[int, str]:
    git(repository, "add", ".")
    done = pre_commit(repository, hook, home=repository.parent / "home")
    assert not done.stderr
    return done.returncode, done.stdout


def own_words(output: str) -> str:
    """What the hook itself printed: everything but pre-commit's own lines."""
    ours = [
        line
        for line in output.splitlines()
        if not re.match(r"flatlint.*\.\.+(Passed|Failed|Skipped|\(no files)|- \w+ ?\w*: ", line)
    ]
    return "\n".join(ours).strip()


def test_a_commit_with_a_finding_fails_and_shows_it(repository: Path) -> None:
    write(repository / "model.py", UNFLATTENED)
    code, output = run_hook(repository)
    assert code == 1
    assert "model.py:5:11" in output
    assert "FL001" in output


def test_a_clean_commit_passes(repository: Path) -> None:
    write(repository / "model.py", CLEAN)
    code, output = run_hook(repository)
    assert code == 0
    assert "Passed" in output


def test_a_commit_without_keras_gets_no_word(repository: Path) -> None:
    write(repository / "a.py", WITHOUT_KERAS)
    code, output = run_hook(repository)
    assert code == 0
    assert "Passed" in output
    assert own_words(output) == ""


def test_a_commit_without_python_does_not_start_it(repository: Path) -> None:
    write(repository / "README.md", "import keras\n")
    code, output = run_hook(repository)
    assert code == 0
    assert "Skipped" in output


def test_excluded_files_are_left_out_though_pre_commit_names_them(repository: Path) -> None:
    write(repository / "old/model.py", UNFLATTENED)
    write(repository / "pyproject.toml", '[tool.flatlint]\nextend-exclude = ["old"]\n')
    code, output = run_hook(repository)
    assert code == 0
    assert "FL001" not in output


def test_notebooks_and_stubs_are_checked(repository: Path) -> None:
    notebook = json.loads(NOTEBOOK)
    notebook["cells"][1]["source"] = UNFLATTENED
    write(repository / "model.ipynb", json.dumps(notebook))
    code, output = run_hook(repository)
    assert code == 1
    assert "model.ipynb:cell 2:5:11" in output


def test_many_files_are_checked_by_one_process(repository: Path) -> None:
    for number in range(24):
        write(repository / f"model_{number}.py", CLEAN if number else UNFLATTENED)
    _, output = run_hook(repository)
    assert output.count("Found ") == 1


def test_fix_leaves_what_is_unsafe_alone(repository: Path) -> None:
    file = write(repository / "model.py", UNFLATTENED)
    code, _ = run_hook(repository, "flatlint-fix")
    assert code == 1
    assert file.read_text() == UNFLATTENED


def test_fix_mends_when_the_project_allows_unsafe_fixes(repository: Path) -> None:
    file = write(repository / "model.py", UNFLATTENED)
    write(repository / "pyproject.toml", "[tool.flatlint]\nunsafe-fixes = true\n")
    code, output = run_hook(repository, "flatlint-fix")
    assert code == 1
    assert "files were modified by this hook" in output
    assert "Flatten" in file.read_text()
    assert run_hook(repository, "flatlint-fix")[0] == 0


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A repository with what this checkout holds, as pre-commit would clone it."""
    origin = new_repository(tmp_path / "origin")
    # The package names its readme, which a checkout in the making may lack.
    (origin / "README.md").touch()
    wanted = ("flatlint", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
    for name in git(CHECKOUT, "ls-files", "-z", "--", *wanted).split("\0"):
        if (CHECKOUT / name).is_file():
            target = origin / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((CHECKOUT / name).read_bytes())
    git(origin, "add", "-A")
    git(origin, "commit", "-q", "-m", "flatlint")
    return origin


@pytest.mark.network
def test_pre_commit_installs_flatlint_from_its_repository_and_runs_it(
    tmp_path: Path, published: Path
) -> None:
    repository = new_repository(tmp_path / "repository")
    revision = git(published, "rev-parse", "HEAD").strip()
    write(
        repository / ".pre-commit-config.yaml",
        f"repos:\n- repo: {published}\n  rev: {revision}\n  hooks:\n  - id: flatlint\n",
    )
    write(repository / "model.py", UNFLATTENED)
    code, output = run_hook_installed(repository)
    assert code == 1, output
    assert "model.py:5:11" in output
    write(repository / "model.py", CLEAN)
    code, output = run_hook_installed(repository)
    assert code == 0, output


def run_hook_installed(repository: Path) -> tuple[int, str]:
    """Run the hook in the environment that pre-commit makes, with nothing of this checkout."""
    git(repository, "add", ".")
    done = pre_commit(repository, "flatlint", home=repository.parent / "home", installed=True)
    return done.returncode, done.stdout + done.stderr


def test_both_hooks_take_the_same_kinds_of_files() -> None:
    assert [hook["id"] for hook in hooks()] == ["flatlint", "flatlint-fix"]
    assert all(hook["types_or"] == ["python", "pyi", "jupyter"] for hook in hooks())
