"""Regenerate `flatlint/catalogue/data/identifiers.json`: the words that Keras takes for a function.

    python -m tests.oracle.dump_identifiers KERAS_1_2_2_DIR

`activation='relu'`, `kernel_initializer='zeros'` and the like are looked up in a registry of each
kind. The installed keras and tf_keras are asked for every word that could be meant; Keras 1, whose
lookup is the module itself, is read from its unpacked source distribution without importing it.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parents[2] / "flatlint/catalogue/data/identifiers.json"
KINDS = {
    "activations": ("activations", "layers.activation", "layers.activations"),
    "initializers": ("initializers",),
    "regularizers": ("regularizers",),
    "constraints": ("constraints",),
}
# Words of which no module holds a name: aliases that live in the registries alone.
OTHER_WORDS = ("one", "zero", "normal", "uniform", "maxnorm", "nonneg", "unitnorm", "l1_l2", "l1l2")
# What stands in the modules beside the functions and is taken for one, but fails when called.
PLUMBING = frozenset({"deserialize", "get", "serialize"})


def words_of(package: str) -> set[str]:
    """Every name that stands in a module that a registry could be filled from."""
    found: set[str] = set(OTHER_WORDS)
    for modules in KINDS.values():
        for module in modules:
            for base in (package, f"{package}.src"):
                found |= names_in(f"{base}.{module}")
    return found | {snake_case(word) for word in found} | {word.lower() for word in found}


def names_in(module: str) -> set[str]:
    """The public names of a module and the words of its registry, if it has one."""
    try:
        found = importlib.import_module(module)
    except ImportError:
        return set()
    names = {name for name in dir(found) if not name.startswith("_")}
    return names | set(map(str, getattr(found, "ALL_OBJECTS_DICT", ())))


def snake_case(word: str) -> str:
    """`GlorotUniform` as the registries abbreviate it: `glorot_uniform`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()


def installed(package: str, words: set[str]) -> dict[str, list[str]]:
    """The words of each kind that an installed Keras understands."""
    keras = importlib.import_module(package)
    return {
        kind: sorted(word for word in words - PLUMBING if understands(getattr(keras, kind), word))
        for kind in KINDS
    }


def understands(module: Any, word: str) -> bool:
    """Whether a lookup gives something that can be called."""
    try:
        return callable(module.get(word))
    except Exception:  # whatever it raises, the word is refused
        return False


def keras_1(root: Path) -> dict[str, list[str]]:
    """The functions, classes and aliases of Keras 1's modules, which are its registries."""
    return {
        kind: defined_names(root / "keras" / f"{module}.py")
        for kind, module in zip(
            KINDS, ("activations", "initializations", "regularizers", "constraints"), strict=True
        )
    }


def defined_names(path: Path) -> list[str]:
    """What a module defines at its top level."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return sorted(names)


def main() -> None:
    """Write the table."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    words = words_of("keras") | words_of("tf_keras")
    table = {
        "keras1": keras_1(Path(sys.argv[1])),
        "keras2": installed("tf_keras", words),
        "keras3": installed("keras", words),
    }
    TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
