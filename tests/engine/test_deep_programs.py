"""Programs that call themselves deeper than Python lets flatlint follow: they cost their own part."""

from __future__ import annotations

from pathlib import Path

import pytest

from flatlint.config import Settings
from flatlint.engine import lint_bytes, placing, tracing

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


def test_what_is_told_of_a_deep_model_costs_what_its_layers_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[object] = []
    monkeypatch.setattr(
        tracing, "code_of", lambda node: written.append(node) or placing.code_of(node)
    )
    layers = 40
    program = (
        "import keras\nx = keras.Input((None, None, 3))\n"
        f"for _ in range({layers}):\n    x = keras.layers.Activation('relu')(x)\n"
    )
    report = lint_bytes(program.encode(), Path("deep.py"), Settings())
    assert max(len(trace.steps) for trace in report.traces) >= 20
    assert len(written) < 5 * layers
