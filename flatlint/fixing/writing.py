"""Writing a file so that it is whole at every moment and keeps what it was besides its text."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


class ChangedMeanwhile(Exception):
    """A file that somebody else changed between reading and writing it."""


def write_over(path: Path, data: bytes, expected: bytes) -> None:
    """Replace the content of `path`, at once, keeping its mode; a link is followed.

    Raises ChangedMeanwhile where the file no longer holds `expected`, OSError where it cannot
    be written.
    """
    target = path.resolve()
    if target.read_bytes() != expected:
        raise ChangedMeanwhile(f"{path} was changed meanwhile and is left alone")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
