"""Whose call it is: the program's own, or that of a package it uses."""

from __future__ import annotations

import sys
from pathlib import Path

STUBS = str(Path(__file__).parent)


class ProgramRoot:
    """The folder whose files are the traced program's own code."""

    folder = "/nonexistent"

    @classmethod
    def has(cls, file: str) -> bool:
        """Whether a code object's file is the program's."""
        return file.startswith(cls.folder)


def called_by_program() -> bool:
    """Whether the nearest frame that is neither a stub nor import machinery is the program's."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not (name.startswith((STUBS, "<frozen")) or "importlib" in name):
            return ProgramRoot.has(name)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return False
