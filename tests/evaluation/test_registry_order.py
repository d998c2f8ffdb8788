"""What a function of a library does hangs on no order in which the families are read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import flatlint.evaluation.libraries

FAMILIES = sorted(
    path.name
    for path in Path(flatlint.evaluation.libraries.__file__).parent.iterdir()
    if (path / "__init__.py").is_file()
)

TELL = """
import sys
from flatlint.evaluation.base import MODELS
from flatlint.evaluation.libraries import load_family
for family in sys.argv[1:]:
    load_family(family)
for path, model in sorted(MODELS.items()):
    print(path, model.__module__, model.__qualname__)
"""


def test_every_function_is_modelled_alike_whichever_family_comes_first() -> None:
    told = [
        subprocess.run(
            [sys.executable, "-c", TELL, *families], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        for families in (FAMILIES, FAMILIES[::-1])
    ]
    assert len(told[0]) > 1000
    assert [line for line in told[0] if line not in set(told[1])] == []
