"""The analyser under test, as a command that prints the JSON of `flatlint summary`."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

FILES_IN_ONE_RUN = 20


@dataclass
class Answers:
    """The summaries by real path, the seconds they took, and what failed."""

    by_path: dict[Path, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)


def ask(command: Sequence[str], paths: Sequence[Path], seconds: float = 300) -> Answers:
    """Run the command over the files, some at a time; after a failure over each of them alone."""
    answers = Answers()
    started = time.monotonic()
    for start in range(0, len(paths), FILES_IN_ONE_RUN):
        part = paths[start : start + FILES_IN_ONE_RUN]
        if _ask_once(command, part, seconds, answers) is not None:
            for path in part:
                failure = _ask_once(command, [path], seconds / 5, answers)
                if failure is not None:
                    answers.failures.append(f"{path}: {failure}")
    answers.seconds = time.monotonic() - started
    return answers


def _ask_once(
    command: Sequence[str], paths: Sequence[Path], seconds: float, answers: Answers
) -> str | None:
    """Take in one run's answer; what went wrong, if something did."""
    try:
        run = subprocess.run(
            [*command, *map(str, paths)],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        files = json.loads(run.stdout)["files"]
    except subprocess.TimeoutExpired:
        return f"over {seconds:.0f} s"
    except (json.JSONDecodeError, KeyError, TypeError):
        last = run.stderr.strip().splitlines()[-1:] or ["no JSON"]
        return f"exit code {run.returncode}: {last[0][:200]}"
    answers.by_path.update({Path(entry["path"]).resolve(): entry for entry in files})
    return None
