"""Loops and recursions end long before the step budget of the file, and claim nothing wrong."""

from __future__ import annotations

import pytest

from flatlint.config import Settings
from flatlint.engine import lint
from flatlint.evaluation.bounds import LOOP_STEPS
from flatlint.sources.source_file import SourceFile
from tests.evaluation.numpy.evaluating import run_of, variables_of

# Each would use up the whole budget if all of its rounds were followed.
ENDLESS = {
    "a generator that never ends": """
def batches(lines):
    while True:
        for line in lines:
            if len(line) > 3:
                yield line.strip()
for batch in batches(open('lines')):
    pass
""",
    "rounds of training": """
total = 0
for epoch in range(500):
    for batch in range(500):
        total += batch
""",
    "a comprehension of comprehensions": """
pairs = [[a * b for a in range(500)] for b in range(500)]
""",
    "a function that calls itself twice": """
def leaves(tree):
    return leaves(tree.left) + leaves(tree.right) if tree else 1
count = leaves(read())
""",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=ENDLESS.keys())
def test_what_builds_no_layers_ends_long_before_the_budget(text: str) -> None:
    run = run_of(text)
    assert Settings().step_budget - run.steps_left < 6 * LOOP_STEPS


def test_a_loop_that_builds_layers_is_followed_to_its_end() -> None:
    rounds = LOOP_STEPS // 8
    text = f"""
from keras.layers import Dense
for units in range(1, {min(rounds, 500)}):
    for times in range(8):
        total = units * times
    layer = Dense(units)
"""
    assert len(run_of(text).recorder.layers) == min(rounds, 500) - 1


@pytest.mark.parametrize("rounds", [1_000, 100_000])
def test_a_number_counted_by_a_long_loop_is_not_taken_for_its_first(rounds: int) -> None:
    text = f"""
last, total = 0, 0
for number in range({rounds}):
    last = number
    total += number
copies = [number for number in range({rounds})]
"""
    variables = variables_of(text)
    assert not isinstance(variables["last"], int)
    assert not isinstance(variables["total"], int)
    assert not isinstance(getattr(variables["copies"], "rest", None), int)


UNCALLED = """
from keras.layers import Dense, Input


def grow(number):
    return [number * 2 for _ in range(50)] + [grow(part) for part in range(3)]


def never_called():
{statements}
    return Dense(0)


def also_never_called():
    return Dense(-4)
"""


def test_a_function_that_nobody_calls_is_left_and_the_next_one_is_looked_at() -> None:
    statements = "\n".join(f"    grow({number})" for number in range(400))
    report = lint(SourceFile(None, "m.py", UNCALLED.format(statements=statements)), Settings())
    codes = [found.code for found in report.diagnostics]
    # The refused Dense(0) stands behind what costs too much, the refused call in another function.
    assert codes == ["FL902", "FL101"], codes
    assert "a function that nobody calls costs too many steps" in report.diagnostics[0].message
