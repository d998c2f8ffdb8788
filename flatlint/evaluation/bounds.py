"""Bounds on what evaluation builds: no constant of a program can make flatlint slow or large."""

from __future__ import annotations

MAX_DIGITS = 300
"""Digits of a literal number."""
MAX_BITS = 1024
"""Bits of a computed integer."""
MAX_TEXT = 10_000
"""Characters of a computed string."""
MAX_ITEMS = 5_000
"""Elements of a computed list, tuple or range that is walked through."""
MAX_HELD = 20_000
"""Elements of a list or tuple that is put together of others."""
MAX_VALUES = 10_000
"""Elements of an array whose values are kept."""
MAX_ITERATIONS = 600
"""Rounds of one loop; a longer one is run once, as one whose length is not known."""
MAX_WHILE = 300
"""Rounds of a `while` whose test stays known."""
LOOP_STEPS = 15_000
"""Steps for which a loop is followed that builds no layers; one more round stands for the others.
"""
UNCALLED_STEPS = 45_000
"""Steps for which functions that nobody calls are looked at one after the other without a layer."""
MAX_CALL_DEPTH = 40
"""Nested calls of the program's functions."""
MAX_RECURSION = 12
"""Nested calls of one function of the program."""
MAX_OPTIONS = 4
"""Things that a name may stand for where branches meet."""
MAX_MODULES = 60
"""Files of the project that one file may lead to."""
MAX_LAYERS = 4_000
"""Layers of one file; behind them its step budget counts as ended."""
STEP_BUDGET = 400_000
"""Expressions and statements evaluated for one file, inlined calls and loops included."""
VISITS_A_STEP = 16
"""Values that writing into an array looks at for the price of a step."""
