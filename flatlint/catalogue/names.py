"""Names: every way to spell a thing of Keras, and the one thing that it means."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from flatlint.catalogue.conversions import modern_class
from flatlint.catalogue.eras import Era
from flatlint.catalogue.signatures import STANDALONE
from flatlint.catalogue.tables import table_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Each rule turns the front of a path into another; together they end at `keras`.
_FRONTS = (
    (re.compile(r"^tf(?=\.|$)"), "tensorflow"),
    (re.compile(r"^tensorflow_core(?=\.|$)"), "tensorflow"),
    (
        re.compile(
            r"^tensorflow\.(?:(?:compat\.v[12]|_api\.v[12]|contrib|python)\.)*keras(?=\.|$)"
        ),
        "keras",
    ),
    (re.compile(r"^tf_keras(?=\.|$)"), "keras"),
    (
        re.compile(
            r"^keras\.(?:api\._v[12]\.keras|_tf_keras\.keras|python\.keras|api|src)(?=\.|$)"
        ),
        "keras",
    ),
)
_PRIVATE = re.compile(r"(?:^|\.)(?:src|python|_[^.]*|contrib)(?=\.|$)")
_LAYER_HOMES = ("keras.layers.", "keras.engine.", "keras.legacy.layers.")
_TOP_LEVEL = ("Layer", "InputSpec", "Input")

IN_SOME_KERAS_2 = ("keras.layers.Merge", "keras.layers.core.Merge", "keras.legacy", "keras.engine")
"""Names that early releases of Keras 2 had and 2.3.1 has not."""


@cache
def canonical(path: str) -> str:
    """The path with every spelling of the Keras package as `keras`, and `tf` as `tensorflow`.

    `tf.compat.v1.keras.layers.Dense` -> `keras.layers.Dense`; what is not Keras's stays.
    """
    previous = ""
    while previous != path:
        previous = path
        for pattern, front in _FRONTS:
            path = pattern.sub(front, path)
    return path


def resolve_layer(path: str, eras: Iterable[Era] = tuple(Era)) -> str | None:
    """The class, as today's Keras calls it, of the layer that a path means in one of the eras.

    `None` for anything that is no layer class: functions, models, modules, what the eras lack.
    For the signature take the spelled name, `spelling_of(path)`.
    """
    name = _layer_name(path)
    if name is None:
        return None
    for era in eras:
        for table in tables_of(era):
            keras_name = table["aliases"].get(name, name)
            if keras_name in table["layers"]:
                is_old = era is Era.KERAS_1 or table["version"] == STANDALONE
                return modern_class(keras_name) if is_old else keras_name
    return None


def resolve_layer_function(path: str, eras: Iterable[Era] = tuple(Era)) -> str | None:
    """The name of the function among Keras's layers that a path means: `Input`, `concatenate`."""
    name = _layer_name(path)
    if name is None:
        return None
    for era in eras:
        if any(name in table["layer_functions"] for table in tables_of(era)):
            return name
    return None


def resolve_model(path: str, eras: Iterable[Era] = tuple(Era)) -> str | None:
    """`Model` or `Sequential`, where a path means that class."""
    parts = canonical(path).split(".")
    if parts[0] != "keras" or parts[-1] not in ("Model", "Sequential", "Functional"):
        return None
    if len(parts) == 2:
        return parts[-1] if any(exists(path, era) for era in eras) else None
    return parts[-1] if parts[1] in ("models", "engine") else None


def resolve_application(path: str, eras: Iterable[Era] = tuple(Era)) -> str | None:
    """The ready-made model that a path means: `keras.applications.vgg16.VGG16` -> `VGG16`."""
    parts = canonical(path).split(".")
    if parts[:2] != ["keras", "applications"]:
        return None
    for era in eras:
        if any(parts[-1] in table["applications"] for table in tables_of(era)):
            return parts[-1]
    return None


def spelling_of(path: str) -> str:
    """The last name of a path: what the program calls the thing."""
    return path.rpartition(".")[2]


def exists(path: str, era: Era) -> bool | None:
    """Whether Keras of that era has the path; `None` where that is not known.

    `False` is said only of a public path that another era has. Private modules (`keras.src`,
    `tensorflow.python.keras`) changed with each release and are not known.
    """
    name = canonical(path)
    if not (name == "keras" or name.startswith("keras.")):
        return None
    if _is_in(name, era) or (era is Era.KERAS_3 and _is_beyond(path, name)):
        return True
    if _PRIVATE.search(path):
        return None
    if era is Era.KERAS_2 and name.startswith(IN_SOME_KERAS_2):
        return None
    others = [other for other in Era if other is not era]
    return False if any(_is_in(name, other) for other in others) else None


def _is_in(name: str, era: Era) -> bool:
    return any(_is_listed(name, table["modules"]) for table in tables_of(era))


def _is_beyond(path: str, name: str) -> bool:
    """Whether `tf.keras` has it beside what `keras` has: Keras 3 keeps old names there."""
    through_tensorflow = not path.startswith("keras.") or path.startswith("keras._tf_keras")
    return through_tensorflow and _is_listed(name, table_of(Era.KERAS_3)["tensorflow_modules"])


def _is_listed(name: str, modules: Mapping[str, str]) -> bool:
    home, _, last = name.rpartition(".")
    return name in modules or (home in modules and last in modules[home].split())


def _layer_name(path: str) -> str | None:
    name = canonical(path)
    home, _, last = name.rpartition(".")
    if home == "keras":
        return last if last in _TOP_LEVEL else None
    if not name.startswith(_LAYER_HOMES):
        return None
    return last if home == home.lower() else None
