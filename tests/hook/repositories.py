"""Git repositories made for a test, and the real pre-commit run in them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

CHECKOUT = Path(__file__).parents[2]
IDENTITY = ("-c", "user.name=test", "-c", "user.email=test@example.org")


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


def new_repository(folder: Path) -> Path:
    folder.mkdir()
    git(folder, "init", "-q")
    return folder


def hooks() -> list[dict[str, Any]]:
    """The hooks as this checkout declares them."""
    declared: list[dict[str, Any]] = yaml.safe_load(
        (CHECKOUT / ".pre-commit-hooks.yaml").read_text()
    )
    return declared


def local_configuration(**changes: Any) -> str:
    """A configuration with the declared hooks, run from this checkout instead of installed."""
    local = [
        {
            **hook,
            "language": "system",
            "entry": hook["entry"].replace("flatlint", f"{sys.executable} -m flatlint", 1),
            **changes,
        }
        for hook in hooks()
    ]
    for hook in local:
        hook.pop("minimum_pre_commit_version")
    return yaml.safe_dump({"repos": [{"repo": "local", "hooks": local}]})


def pre_commit(
    folder: Path, hook: str, *, home: Path, installed: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run one hook on what is staged; its own output is shown even where it passes.

    Unless the hook is `installed` by pre-commit, it runs the code of this checkout.
    """
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(home),
        "PRE_COMMIT_COLOR": "never",
        "PIP_NO_COMPILE": "1",
    }
    if not installed:
        environment["PYTHONPATH"] = str(CHECKOUT)
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", hook, "--verbose"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
