"""What starting flatlint costs, and how a real process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import CLEAN, UNFLATTENED, WITHOUT_KERAS, write

HEAVY = ("libcst", "libcst.matchers", "pydantic", "numpy", "rich")
"""Of libcst, `libcst.matchers` alone takes as long to import as all the rest."""


def imported_by(*arguments: str, cwd: Path) -> set[str]:
    """Which of the heavy packages a run imports."""
    script = (
        "import sys; from flatlint.cli import main; code = main(sys.argv[1:]);"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr);"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def _heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def process(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flatlint", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What a shell starts in the background ignores Ctrl-C, and so would what it starts.
        preexec_fn=None if sys.platform == "win32" else _heed_ctrl_c,
    )


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["check", "--help"], ["rule", "--help"]]
)
def test_version_and_help_import_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    assert imported_by(*arguments, cwd=tmp_path) == set()


def test_a_commit_without_keras_imports_nothing_heavy(tmp_path: Path) -> None:
    write(tmp_path / "a.py", WITHOUT_KERAS)
    assert imported_by("check", "a.py", cwd=tmp_path) == set()


def test_a_program_without_arrays_takes_the_parser_and_the_layers_alone(tmp_path: Path) -> None:
    write(tmp_path / "a.py", CLEAN)
    assert imported_by("check", "a.py", cwd=tmp_path) == {"libcst", "pydantic"}


def test_python_dash_m_ends_with_the_exit_code(tmp_path: Path) -> None:
    write(tmp_path / "a.py", UNFLATTENED)
    run = process("check", "a.py", cwd=tmp_path)
    out, err = run.communicate()
    assert (run.returncode, err) == (1, b"")
    assert b"FL001" in out


def test_a_closed_pipe_ends_the_run_without_a_word(tmp_path: Path) -> None:
    write(tmp_path / "a.py", UNFLATTENED * 5)
    run = process("check", "a.py", cwd=tmp_path)
    assert run.stdout is not None
    run.stdout.close()
    run.wait()
    assert run.stderr is not None
    assert run.stderr.read() == b""
    assert run.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent differently")
def test_ctrl_c_ends_with_a_word_and_without_a_traceback(tmp_path: Path) -> None:
    run = process("check", "-", cwd=tmp_path)
    assert run.stdin is not None
    run.stdin.write(b"import keras\n")
    run.stdin.flush()
    assert _waits_for_input(run)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate()
    assert run.returncode == 130
    assert err.strip() == b"flatlint: interrupted"


def _waits_for_input(run: subprocess.Popen[bytes]) -> bool:
    """Whether the process comes to read its stdin, as far as the system tells."""
    syscall = Path(f"/proc/{run.pid}/syscall")
    for _ in range(600):
        if not syscall.exists():
            time.sleep(3)
            return True
        # On Linux: read, which has the number 0 on x86-64 and 63 on arm64, from file 0.
        if syscall.read_text().split()[:2] in (["0", "0x0"], ["63", "0x0"]):
            return True
        time.sleep(0.05)
    return False
