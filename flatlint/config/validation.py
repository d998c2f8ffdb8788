"""From a TOML table to typed values; the only place of the configuration that needs pydantic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from flatlint.config.errors import ConfigurationError, suggestion
from flatlint.config.settings import KEYS, Settings, checked_keras_version, kebab_case


def validated(table: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """The fields of Settings that `table` sets, checked and converted.

    Raises ConfigurationError naming `origin` and the key.
    """
    for key in table:
        if key not in KEYS:
            raise ConfigurationError(f"{origin}: unknown key `{key}`{suggestion(key, KEYS)}")
    try:
        settings = _adapter().validate_python(dict(table))
    except ValidationError as error:
        raise ConfigurationError(_explain(error, origin)) from error
    given = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    values = {name: value for name, value in given.items() if kebab_case(name) in table}
    _check_ranges(values, origin)
    return values


def _check_ranges(values: Mapping[str, Any], origin: str) -> None:
    if values.get("keras_version") is not None:
        checked_keras_version(values["keras_version"], f"{origin}: `keras-version`")
    if values.get("step_budget", 1) < 1:
        raise ConfigurationError(f"{origin}: `step-budget` must be at least 1")


def _explain(error: ValidationError, origin: str) -> str:
    first = error.errors(include_url=False)[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "enum":
        word = str(first["input"])
        known = re.findall(r"'([^']*)'", str(first.get("ctx", {}).get("expected", "")))
        return f"{origin}: `{key}` cannot be {word!r}{suggestion(word, known)}: {first['msg']}"
    wanted = _PLAIN_WORDS.get(first["type"], first["msg"])
    return f"{origin}: `{key}` cannot be {first['input']!r}: {wanted}"


_PLAIN_WORDS = {
    "tuple_type": "it takes a list of strings",
    "string_type": "it takes a string, in quotes",
    "bool_type": "it takes true or false",
    "bool_parsing": "it takes true or false",
    "int_type": "it takes a whole number",
    "int_parsing": "it takes a whole number",
    "mapping_type": "it takes a table",
    "dict_type": "it takes a table",
}


@cache
def _adapter() -> TypeAdapter[Settings]:
    return TypeAdapter(Settings)
