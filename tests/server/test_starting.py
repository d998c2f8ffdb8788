"""`flatlint server` as a process: without pygls, and to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.server.editor import CHECKOUT


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), **variables},
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_without_pygls_it_says_in_one_sentence_what_to_install(tmp_path: Path) -> None:
    script = (
        "import importlib.util as util, sys\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'pygls' else found(name, *more)\n"
        "from flatlint.cli import main\n"
        "sys.exit(main(['server']))\n"
    )
    done = run("-c", script, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    [sentence] = done.stderr.splitlines()
    assert "pip install 'flatlint[server]'" in sentence


def test_the_end_of_the_input_ends_the_server(tmp_path: Path) -> None:
    assert run("-m", "flatlint", "server", cwd=tmp_path).stdout == ""


def test_other_commands_do_not_import_pygls(tmp_path: Path) -> None:
    script = (
        "import sys; from flatlint.cli import main; main(['check', '.']);"
        "sys.exit('pygls' in sys.modules)"
    )
    (tmp_path / "model.py").write_text("import keras\n")
    assert run("-c", script, cwd=tmp_path).returncode == 0
