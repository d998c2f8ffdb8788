"""The programs of `fixtures/rules` under real Keras: what their comments say of it is true."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flatlint.diagnostics import Severity
from flatlint.rules.registry import all_rules
from tests.engine.reading_fixtures import FIXTURES, claims_of
from tests.oracle.judge import ROOT
from tests.oracle.programs import Era

RULES = FIXTURES / "rules"
PACKAGES = {Era.KERAS_2: "tf_keras", Era.KERAS_3: "keras"}
ERRORS = frozenset(rule.name() for rule in all_rules() if rule.severity is Severity.ERROR)
FROM_OUTSIDE = frozenset({
    "FileNotFoundError", "ModuleNotFoundError", "ImportError", "URLError", "NotADirectoryError",
    "ConnectionError", "OSError",
})  # fmt: skip
"""What a program raises that needs a file, a package or a network."""


pytestmark = pytest.mark.oracle


class Runner:
    """Real Keras of one era in a process of its own, started when it is first needed."""

    def __init__(self, era: Era) -> None:
        self.era = era
        self._process: subprocess.Popen[str] | None = None

    def raised_by(self, text: str) -> list[dict[str, Any]]:
        """What the statements of a program raised, in order."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.oracle.statement_process", self.era.value],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        raised: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return raised

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()


@pytest.fixture(scope="module")
def runners() -> Iterator[dict[Era, Runner]]:
    """A runner for each era."""
    made = {era: Runner(era) for era in Era}
    yield made
    for runner in made.values():
        runner.stop()


def eras_of(text: str) -> list[Era]:
    """The eras that a program is for: the one that it names, or both."""
    named = [claim.text for claim in claims_of(text) if claim.kind == "keras-version"]
    # A bare major version, "2", is no release of the oracle's yet: in a dozen of those fixtures a
    # layer is refused on another row than the one that makes it, which is not compared so far.
    return [era for era in Era if not named or era.keras_version == named[0]]


def rows_that_raise(text: str) -> set[int]:
    """The rows of which a comment says that Keras raises there."""
    return {c.row for c in claims_of(text) if c.kind == "finding" and c.text in ERRORS}


def statement_at(text: str, row: int) -> range:
    """The rows of the smallest statement around a row: an error may be told of any of them."""
    spans = [
        range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.stmt)
    ]
    return min((span for span in spans if row in span), key=len)


def is_run(path: Path) -> bool:
    """Whether a program can be run: those of FL001 are pieces of programs, without their data."""
    return path.parent.name != "dense-on-unflattened-input"


CASES = [
    pytest.param(path, era, id=f"{path.relative_to(RULES)}-{era.value}")
    for path in sorted(RULES.rglob("*.py"))
    if is_run(path)
    for era in eras_of(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("path", "era"), CASES)
def test_a_program_raises_where_its_comments_say_so_and_nowhere_else(
    path: Path, era: Era, runners: dict[Era, Runner]
) -> None:
    if not all(importlib.util.find_spec(name) for name in (PACKAGES[era], "tensorflow")):
        pytest.skip("real Keras of this era is not installed")
    text = path.read_text(encoding="utf-8")
    claimed = {row: statement_at(text, row) for row in rows_that_raise(text)}
    seen: set[int] = set()
    for error in runners[era].raised_by(text):
        here = {row for row, span in claimed.items() if any(at in span for at in error["lines"])}
        seen |= here
        if not here and error["error"] in FROM_OUTSIDE:
            pytest.skip(f"the program needs what is not there: {error['message']}")
        # What follows a refusal may lack what the refused statement was to make.
        assert here or (seen and error["error"] == "NameError"), error
    assert seen == set(claimed)
