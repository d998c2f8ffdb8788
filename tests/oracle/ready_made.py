"""Ready-made models under the judge: no values for their variables, no download of weights.

Shapes, counts and refusals hang on neither, and both would take minutes a program.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SMALL = 64


def spare_values(keras: Any) -> None:
    """Let the applications of the installed Keras 3 build their layers and nothing else."""
    variable = importlib.import_module("keras.src.backend").Variable
    _unless_in_application(variable, "_initialize_with_initializer", _is_large)
    _unless_in_application(keras.Model, "load_weights", lambda *_: True)
    files = importlib.import_module("keras.src.utils.file_utils")
    original = files.get_file

    def get_file(*arguments: Any, **keywords: Any) -> Any:
        return "weights" if is_in_application() else original(*arguments, **keywords)

    files.get_file = get_file


def _is_large(variable: Any, *_: Any) -> bool:
    """Whether a variable is a kernel; of small ones some layers look at the values."""
    return math.prod(variable.shape) > SMALL


def _unless_in_application(kind: Any, name: str, is_spared: Callable[..., bool]) -> None:
    original: Callable[..., Any] = getattr(kind, name)

    def method(*arguments: Any, **keywords: Any) -> Any:
        if is_spared(*arguments) and is_in_application():
            return None
        return original(*arguments, **keywords)

    setattr(kind, name, method)


def is_in_application() -> bool:
    """Whether a constructor of `keras.applications` is at work."""
    frame = sys._getframe(2)
    while frame is not None:
        if "applications" in Path(frame.f_code.co_filename).parts:
            return True
        frame = frame.f_back  # type: ignore[assignment]  # None at the bottom
    return False
