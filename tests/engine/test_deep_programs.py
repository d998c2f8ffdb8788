"""Programs that call themselves deeper than Python lets flatlint follow: they cost their own part."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import Settings
from flatlint.engine import lint_bytes

BODY = """
def step_{number}(items):
    for item in items:
        if item:
            for part in item:
                if part:
                    while part:
                        return step_{following}(part)
"""
CALLS = 60
CHAIN = "".join(BODY.format(number=n, following=n + 1) for n in range(CALLS))
OTHER = "    def other(self):\n        return 1\n"
REFUSED = "keras.Sequential([keras.Input((4,)), keras.layers.Dense(-1)])\n"


@pytest.mark.parametrize(
    "caller",
    [
        "def uncalled(items):\n    step_0(items)\n",
        "class Uncalled:\n    def method(self, items):\n        step_0(items)\n",
        f"class Made:\n    def __init__(self, items):\n        step_0(items)\n{OTHER}",
    ],
    ids=["function", "method", "constructor"],
)
def test_a_chain_of_calls_beyond_the_recursion_limit_stops_nothing_else(caller: str) -> None:
    program = f"import keras\n{CHAIN}\n{caller}\ndef build():\n    {REFUSED}"
    report = lint_bytes(program.encode(), Path("deep.py"), Settings())
    assert [found.place.start.row for found in report.diagnostics] == [program.count("\n")]
