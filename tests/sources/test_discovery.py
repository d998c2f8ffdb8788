"""Which files are found under a folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from flatlint.sources.discovery import find_sources


def plant(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")


def found(root: Path, *paths: Path, **options: object) -> list[str]:
    options = {"root": root, **options}
    sources = find_sources(paths or (root,), **options)  # type: ignore[arg-type]
    return [path.relative_to(root).as_posix() for path in sources]


def test_python_stubs_and_notebooks_are_found_sorted(tmp_path: Path) -> None:
    plant(tmp_path, "b.py", "a.ipynb", "c.pyi", "d.txt", "e.pyc", "f", "A/z.py", "a/a.py")
    assert found(tmp_path) == ["A/z.py", "a/a.py", "a.ipynb", "b.py", "c.pyi"]


def test_folders_that_nobody_wrote_by_hand_are_left_out(tmp_path: Path) -> None:
    plant(tmp_path, *(f"{name}/x.py" for name in (".venv", "build", ".git", "__pycache__", "src")))
    plant(tmp_path, "src/node_modules/x.py", "lib/site-packages/x.py", "builder/x.py")
    assert found(tmp_path) == ["builder/x.py", "src/x.py"]


def test_a_named_file_is_taken_even_when_excluded_or_no_python(tmp_path: Path) -> None:
    plant(tmp_path, "build/x.py", "script")
    named = (tmp_path / "build/x.py", tmp_path / "script", tmp_path / "missing.py")
    assert found(tmp_path, *named) == ["build/x.py", "script", "missing.py"]


def test_force_exclude_leaves_out_a_named_file(tmp_path: Path) -> None:
    plant(tmp_path, "build/deep/x.py", "y.py")
    named = (tmp_path / "build/deep/x.py", tmp_path / "y.py", tmp_path / "build")
    assert found(tmp_path, *named, force_exclude=True) == ["y.py"]


def test_each_file_comes_once(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.py")
    assert found(tmp_path, tmp_path / "a/x.py", tmp_path / "a", tmp_path) == ["a/x.py"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("a.py", ["b.py", "d/b.py"]),
        ("d", ["a.py", "b.py"]),
        ("d/", ["a.py", "b.py"]),
        ("d/a.py", ["a.py", "b.py", "d/b.py"]),
        ("./d", ["a.py", "b.py"]),
        ("d/*.py", ["a.py", "b.py"]),
        ("*.py", []),
        ("[ab].py", []),
        ("c", ["a.py", "b.py", "d/a.py", "d/b.py"]),
    ],
)
def test_a_pattern_leaves_out(tmp_path: Path, pattern: str, left: list[str]) -> None:
    plant(tmp_path, "a.py", "b.py", "d/a.py", "d/b.py")
    assert sorted(found(tmp_path, exclude=[pattern])) == left


def test_standard_input_is_passed_on() -> None:
    assert list(find_sources([Path("-")])) == [Path("-")]


def test_a_loop_of_links_is_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.py")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "a/gone.py").symlink_to(tmp_path / "nowhere")
    (tmp_path / "link.py").symlink_to(tmp_path / "a/x.py")
    assert found(tmp_path) == ["a/x.py", "link.py"]


IGNORED = {
    "": "*.ipynb\n!keep.ipynb\n/top.py\nlogs/\n# comment\ndoc/**/x.py\n",
    "inner/": "!top.ipynb\nlocal.py\n",
}
FILES = (
    "top.py", "x.ipynb", "keep.ipynb", "logs/a.py", "doc/a/b/x.py", "doc/x.py", "doc/y.py",
    "inner/top.py", "inner/top.ipynb", "inner/x.ipynb", "inner/local.py", "local.py",
    "inner/deep/local.py", "inner/logs/x.py", "logs.py",
)  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="git is the judge here")
def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    plant(tmp_path, *FILES, "own.py")
    for folder, patterns in IGNORED.items():
        (tmp_path / folder / ".gitignore").write_text(patterns)
    (tmp_path / ".git/info").mkdir(exist_ok=True)
    (tmp_path / ".git/info/exclude").write_text("own.py\n")
    listed = subprocess.run(
        [*git, "ls-files", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=True,
    )
    expected = sorted(name for name in listed.stdout.split() if not name.endswith(".gitignore"))
    assert 0 < len(expected) < len(FILES)
    assert sorted(found(tmp_path)) == expected
    assert sorted(found(tmp_path, tmp_path / "inner")) == [
        name for name in expected if name.startswith("inner/")
    ]


def test_git_may_be_disregarded(tmp_path: Path) -> None:
    plant(tmp_path, "a.py")
    (tmp_path / ".gitignore").write_text("a.py")
    assert found(tmp_path, respect_gitignore=False) == ["a.py"]
