"""The files in which a project may say what it needs; a cheap look that spares most a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAMES = (
    "pyproject.toml",
    "Pipfile",
    "uv.lock",
    "poetry.lock",
    "setup.cfg",
    "setup.py",
    "environment.yml",
    "environment.yaml",
    "constraints.txt",
)
PATTERNS = ("*requirements*.txt", "*requirements*.in", "requirements/*.txt")
MENTION = re.compile(rb"keras|tensorflow", re.IGNORECASE)
LARGEST = 20_000_000
"""Bytes above which a metadata file is passed over."""


@dataclass(frozen=True)
class MetadataFile:
    """A metadata file that names Keras or TensorFlow somewhere."""

    name: str
    content: bytes


def metadata_files(folder: Path) -> list[MetadataFile]:
    """The metadata files of a folder that name Keras or TensorFlow."""
    found = []
    for path in _candidates(folder):
        try:
            content = path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError:
            continue
        if MENTION.search(content):
            found.append(MetadataFile(path.name, content))
    return found


def _candidates(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in NAMES)
    for pattern in PATTERNS:
        yield from sorted(folder.glob(pattern))
