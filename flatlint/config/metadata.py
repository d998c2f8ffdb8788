"""What a project says it needs, in each kind of file, read as text: nothing is imported or run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flatlint.config.errors import ConfigurationError
from flatlint.config.files import parse_toml
from flatlint.config.metadata_files import MetadataFile
from flatlint.config.pins import Pin, pin, pin_of_requirement


def pins_in(files: Iterable[MetadataFile]) -> tuple[tuple[Pin, ...], ...]:
    """The pins of each metadata file, a tuple a file, empty ones left out."""
    found = (tuple(_pins_in_file(file)) for file in files)
    return tuple(pins for pins in found if pins)


def _pins_in_file(file: MetadataFile) -> Iterator[Pin]:
    """The pins in one file; a file that cannot be understood has none."""
    read = _READERS.get(file.name, pins_in_requirements)
    try:
        yield from read(file.content.decode("utf-8", errors="replace"))
    except ConfigurationError:
        return


def pins_in_requirements(text: str) -> Iterator[Pin]:
    """Of a requirements file: one requirement a line; options and comments are passed over."""
    for line in text.splitlines():
        if not line.lstrip().startswith(("#", "-")) and (found := pin_of_requirement(line)):
            yield found


def pins_in_pyproject(text: str) -> Iterator[Pin]:
    """Of pyproject.toml: dependencies, extras, dependency groups, and poetry's tables."""
    document = parse_toml(text, "pyproject.toml")
    project = _table(document, "project")
    yield from _pins_in_lists(project.get("dependencies"))
    for group in _table(project, "optional-dependencies").values():
        yield from _pins_in_lists(group)
    for group in _table(document, "dependency-groups").values():
        yield from _pins_in_lists(group)
    poetry = _table(document, "tool", "poetry")
    yield from _pins_in_table(_table(poetry, "dependencies"))
    for group in _table(poetry, "group").values():
        yield from _pins_in_table(_table(group, "dependencies"))


def pins_in_pipfile(text: str) -> Iterator[Pin]:
    """Of a Pipfile: packages and dev-packages."""
    document = parse_toml(text, "Pipfile")
    for section in ("packages", "dev-packages"):
        yield from _pins_in_table(_table(document, section))


def pins_in_lock(text: str) -> Iterator[Pin]:
    """Of uv.lock or poetry.lock: `name` and `version` on lines below each other.

    Read with an expression, since a lock file of some megabytes takes a TOML parser seconds.
    """
    for name, version in re.findall(r'^name = "([^"]+)"\nversion = "([^"]+)"', text, re.MULTILINE):
        if found := pin(name, f"=={version}"):
            yield found


def pins_in_setup_cfg(text: str) -> Iterator[Pin]:
    """Of setup.cfg: every indented or assigned line that reads as a requirement of ours."""
    for line in text.splitlines():
        requirement = line.split("=", 1)[1] if re.match(r"\w+ *= *[A-Za-z]", line) else line
        if found := pin_of_requirement(requirement):
            yield found


def pins_in_setup_py(text: str) -> Iterator[Pin]:
    """Of setup.py: every string in it that reads as a requirement of ours."""
    for _, quoted in re.findall(r"""(['"])([A-Za-z][^'"\n]*)\1""", text):
        if found := pin_of_requirement(quoted):
            yield found


def pins_in_conda(text: str) -> Iterator[Pin]:
    """Of environment.yml: list items, those under `pip:` too."""
    for item in re.findall(r"""^\s*-\s+['"]?([^'"#\n]+)""", text, re.MULTILINE):
        spec = re.sub(r"^[\w-]+::", "", item.strip())
        found = pin_of_requirement(re.sub(r"(=[\w.*]+)=[\w.*]+$", r"\1", spec))
        if found:
            yield found


_READERS: Mapping[str, Callable[[str], Iterator[Pin]]] = {
    # Anything else is a list of requirements.
    "pyproject.toml": pins_in_pyproject,
    "Pipfile": pins_in_pipfile,
    "uv.lock": pins_in_lock,
    "poetry.lock": pins_in_lock,
    "setup.cfg": pins_in_setup_cfg,
    "setup.py": pins_in_setup_py,
    "environment.yml": pins_in_conda,
    "environment.yaml": pins_in_conda,
}


def _table(document: object, *keys: str) -> Mapping[str, Any]:
    """The table at `keys`, empty where something else or nothing stands there."""
    for key in keys:
        document = document.get(key) if isinstance(document, Mapping) else None
    return document if isinstance(document, Mapping) else {}


def _pins_in_lists(requirements: object) -> Iterator[Pin]:
    for line in requirements if isinstance(requirements, list) else ():
        if isinstance(line, str) and (found := pin_of_requirement(line)):
            yield found


def _pins_in_table(dependencies: Mapping[str, Any]) -> Iterator[Pin]:
    for name, wanted in dependencies.items():
        for one in wanted if isinstance(wanted, list) else [wanted]:
            version = one.get("version") if isinstance(one, Mapping) else one
            if isinstance(version, str) and (found := pin(name, version)):
                yield found
