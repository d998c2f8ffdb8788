"""What --diff shows, and how files are written."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from flatlint.fixing.diff import diff
from flatlint.fixing.rounds import Content
from flatlint.fixing.writing import ChangedMeanwhile, write_over
from flatlint.sources.reading import from_bytes, from_text
from tests.reporting.notebook import NOTEBOOK


@pytest.mark.skipif(shutil.which("patch") is None, reason="patch(1) is not installed")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb", "a\nb\nc"),
        ("a\r\nb\r\n", "a\r\nx\r\nb\r\n"),
        ("", "a\n"),
        ("a\x0cb\nc\n", "a\x0cb\nd\n"),
    ],
)
def test_patch_takes_the_diff_and_makes_the_new_file(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(old.encode())
    text = diff(from_text(old, "model.py"), from_text(new, "model.py"), "model.py")
    done = subprocess.run(
        ["patch", "--binary", "-p0", "model.py"], cwd=tmp_path, input=text.encode(), check=False
    )
    assert done.returncode == 0
    assert file.read_bytes() == new.encode()


def test_the_diff_of_equal_texts_is_empty() -> None:
    assert diff(from_text("a\n", "m.py"), from_text("a\n", "m.py"), "m.py") == ""


def test_the_diff_of_a_notebook_names_the_cell_and_shows_its_own_lines() -> None:
    data = NOTEBOOK.encode()
    before = Content(from_bytes(data, Path("m.ipynb")), data)
    text = before.source.text.replace("Dense\n", "Dense, Flatten\n")
    shown = diff(before.source, before.with_text(text).source, "m.ipynb")
    assert shown == (
        "--- m.ipynb:cell 2\n"
        "+++ m.ipynb:cell 2\n"
        "@@ -1,2 +1,2 @@\n"
        " %matplotlib inline\n"
        "-from keras.layers import Dense\n"
        "+from keras.layers import Dense, Flatten\n"
    )


def test_a_notebook_keeps_everything_but_the_changed_cell() -> None:
    data = NOTEBOOK.encode()
    before = Content(from_bytes(data, Path("m.ipynb")), data)
    after = before.with_text(before.source.text.replace("size = 4", "size = 5"))
    old, new = json.loads(data), json.loads(after.data)
    assert new["cells"][2]["source"] == ["size = 5\n", "layer = Dense(size)"]
    old["cells"][2]["source"] = new["cells"][2]["source"]
    assert new == old
    assert after.source.text == before.source.text.replace("size = 4", "size = 5")


def test_writing_keeps_the_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"old")
    file.chmod(0o754)
    write_over(file, b"new", b"old")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o754)
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "model.py", tmp_path / "link.py"
    file.write_bytes(b"old")
    link.symlink_to(file)
    write_over(link, b"new", b"old")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_file_that_somebody_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"theirs")
    with pytest.raises(ChangedMeanwhile):
        write_over(file, b"new", b"old")
    assert file.read_bytes() == b"theirs"


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "model.py"
    file.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="disk full"):
        write_over(file, b"new", b"old")
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_replacing_source_text_is_seen_by_the_diff() -> None:
    source = from_text("a\n", "m.py")
    assert "+b" in diff(source, replace(source, text="b\n"), "m.py")
