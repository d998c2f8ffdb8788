"""What a program finds around it: the interpreter, its arguments, chance, the clock."""

from __future__ import annotations

from flatlint.evaluation.base import CONSTANTS, Interpreter, models
from flatlint.evaluation.values import NUMBERS, Many, Value
from flatlint.graph import Unknown, WhyUnknown

CONSTANTS.update(
    {
        "sys.maxsize": 2**63 - 1,
        "sys.argv": Many(Unknown(WhyUnknown.FROM_OUTSIDE, "an argument of the program")),
    }
)


@models("random.randint", "random.randrange", "random.random", "random.uniform", "random.gauss",
        "random.getrandbits", "time.time", "time.perf_counter", "time.clock")  # fmt: skip
def some_number(run: Interpreter, *_: Value, **__: Value) -> Value:
    """A number that nobody knows beforehand."""
    return run.unknown(WhyUnknown.FROM_OUTSIDE, NUMBERS[0])
