"""The corpus on disk: a folder a repository, and the list that says which commit each one is at.

`corpus.json` beside the folders: `{"sources": [{"key": folder, "repo": owner/name, "commit": …}]}`.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.oracle.real_programs.facts import ProgramFacts

_MAKES_LAYERS = re.compile(
    r"\b(Dense|Conv[123]D|LSTM|GRU|Embedding|Convolution2D|Sequential|Layer|Model)\b\s*\("
)


@dataclass(frozen=True)
class Checkout:
    """A repository's files at one commit, in a folder."""

    folder: Path
    repo: str
    commit: str


@dataclass(frozen=True)
class Candidate:
    """A file that makes Keras layers, of one checkout; `path` is relative to its folder."""

    checkout: Checkout
    path: str

    @property
    def file(self) -> Path:
        """Where it is on this disk."""
        return self.checkout.folder / self.path

    @property
    def identity(self) -> str:
        """One word for it, good as the name of a file."""
        digest = hashlib.sha1(self.path.encode(), usedforsecurity=False).hexdigest()[:6]
        words = re.sub(r"[^\w.+-]", "_", self.path)[-80:]
        return f"{self.checkout.folder.name}__{words}.{digest}"


def checkouts(corpus: Path) -> list[Checkout]:
    """The checkouts that are listed and there.

    Raises OSError, KeyError, ValueError: `corpus.json` is missing or is something else.
    """
    listed = json.loads((corpus / "corpus.json").read_text(encoding="utf-8"))["sources"]
    rows = (Checkout(corpus / row["key"], row["repo"], row["commit"]) for row in listed)
    return [checkout for checkout in rows if checkout.folder.is_dir()]


def candidates(all_checkouts: Iterable[Checkout]) -> Iterator[Candidate]:
    """Scripts and notebooks whose text names Keras and a layer, in a stable order."""
    for checkout in all_checkouts:
        for file in sorted(checkout.folder.rglob("*")):
            if file.suffix not in (".py", ".ipynb") or not file.is_file():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            if re.search(r"\bkeras\b", text) and _MAKES_LAYERS.search(text):
                yield Candidate(checkout, file.relative_to(checkout.folder).as_posix())


def file_of(program: ProgramFacts, all_checkouts: Iterable[Checkout]) -> Path | None:
    """The file of a program whose facts are known, if it is here and still the same file."""
    for checkout in all_checkouts:
        if (checkout.repo, checkout.commit) == (program.repo, program.commit):
            file = checkout.folder / program.path
            if file.is_file() and sha256_of(file) == program.sha256:
                return file
    return None


def sha256_of(file: Path) -> str:
    """Of the bytes as they are."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
