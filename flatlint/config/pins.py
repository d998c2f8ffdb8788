"""Version pins of Keras and TensorFlow, in the spellings of pip, poetry and conda."""

from __future__ import annotations

import re
from enum import Enum

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


class Library(Enum):
    """The distributions whose version tells an era."""

    KERAS = "keras"
    TENSORFLOW = "tensorflow"
    TF_KERAS = "tf-keras"


Pin = tuple[Library, SpecifierSet]

DISTRIBUTIONS = {
    "keras": Library.KERAS,
    "tf-keras": Library.TF_KERAS,
    **dict.fromkeys(
        (
            "tensorflow",
            "tensorflow-cpu",
            "tensorflow-gpu",
            "tensorflow-intel",
            "tensorflow-macos",
            "tensorflow-mkl",
            "tensorflow-rocm",
            "intel-tensorflow",
        ),
        Library.TENSORFLOW,
    ),
}
"""Normalised names on PyPI and in conda; the variants of TensorFlow share its versions."""

NAME = r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)"
REQUIREMENT = re.compile(NAME + r"\s*(?:\[[^\]]*\])?\s*\(?(?P<versions>[^;#)\n]*)")
CLAUSE = re.compile(r"(?P<operator>===|==|~=|!=|<=|>=|<|>|=|\^|~)?\s*(?P<version>[^\s,|]+)")


def library_named(name: str) -> Library | None:
    """The library that a distribution stands for, whatever its spelling (PEP 503)."""
    return DISTRIBUTIONS.get(re.sub(r"[-_.]+", "-", name).lower())


def pin_of_requirement(line: str) -> Pin | None:
    """The pin in a line such as `keras[extra]>=2.4,<3 ; python_version < "3.9"  # why`."""
    found = REQUIREMENT.match(line.strip())
    if found is None:
        return None
    return pin(found["name"], found["versions"])


def pin(name: str, versions: str) -> Pin | None:
    """The pin of a distribution, or None where it is none of ours or says nothing.

    `versions` may use poetry's `^2.12` and `~2.12` and conda's `=2.12`.
    """
    library = library_named(name)
    if library is None:
        return None
    clauses = (plain_clause(part) for part in versions.split(","))
    try:
        specifiers = SpecifierSet(",".join(clause for clause in clauses if clause))
    except InvalidSpecifier:
        return None
    return (library, specifiers) if len(specifiers) else None


def plain_clause(text: str) -> str:
    """One clause as pip writes it; empty where it admits everything or is no clause.

    >>> plain_clause("^2.12")
    '>=2.12,<3'
    >>> plain_clause("=2.3")
    '==2.3.*'
    """
    found = CLAUSE.fullmatch(text.strip().strip("\"'"))
    if found is None or found["version"] == "*":
        return ""
    operator, version = found["operator"] or "==", found["version"]
    if operator == "^":
        return f">={version},<{_next(version, 1)}"
    if operator == "~":
        return f">={version},<{_next(version, 2)}"
    if operator == "=":
        return f"=={version.removesuffix('.*')}.*"
    return f"{operator}{version}"


def _next(version: str, parts: int) -> str:
    """The first version that differs in the first `parts` numbers: 2.12, 1 -> 3."""
    try:
        release = list(Version(version).release[:parts])
    except InvalidVersion:
        return "99999"
    release[-1] += 1
    return ".".join(map(str, release))
