"""Regenerate `flatlint/catalogue/data/calls.json`: what the layers take when they are called.

    python -m tests.oracle.dump_calls

For each layer of the installed keras and tf_keras the parameters of `call` behind the first, and of
`__call__` where a layer has its own. `training` goes without saying, and so does `inputs` as the
name of the first.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = Path(__file__).resolve().parents[2] / "flatlint/catalogue/data/calls.json"
ALWAYS = ("training",)
ANY = "**"
INPUTS = "inputs"


def main() -> None:
    """Write the table."""
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    table = {
        "keras2": calls("tf_keras", keywords_of),
        "keras2 by position": calls("tf_keras", positions_of),
        "keras2 inputs": calls("tf_keras", other_inputs_of),
        "keras3": calls("keras", keywords_of),
        "keras3 by position": calls("keras", positions_of),
        "keras3 inputs": calls("keras", other_inputs_of),
    }
    lines = [
        f'"{era}": {{\n'
        + ",\n".join(
            f"{json.dumps(name)}: {json.dumps(names)}"
            for name, names in sorted(of.items())
            if names is not None
        )
        + "\n}"
        for era, of in table.items()
    ]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def calls(
    package: str, names_of: Callable[[Any, Any], list[str] | None]
) -> dict[str, list[str] | None]:
    """Names of parameters of each layer class, by its public names and its own."""
    keras = importlib.import_module(package)
    found: dict[str, list[str] | None] = {}
    for name, held in vars(keras.layers).items():
        if inspect.isclass(held) and issubclass(held, keras.layers.Layer):
            found[name] = found[held.__name__] = names_of(held, keras.layers.Layer)
    return found


def keywords_of(layer: Any, base: Any) -> list[str]:
    """The keywords beside `training` that a call of the layer takes; `**` where it takes any."""
    functions = [layer.call]
    if layer.__call__ is not base.__call__:
        functions.append(layer.__call__)
    names: set[str] = set()
    for function in functions:
        parameters = list(inspect.signature(inspect.unwrap(function)).parameters.values())
        for parameter in parameters[2:]:
            if parameter.kind is parameter.VAR_KEYWORD and function is layer.call:
                names.add(ANY)
            elif parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                names.add(parameter.name)
    return sorted(names - set(ALWAYS))


def positions_of(layer: Any, base: Any) -> list[str]:
    """What stands behind the inputs if arguments come by position; `**` where any number may."""
    function = layer.call if layer.__call__ is base.__call__ else layer.__call__
    parameters = list(inspect.signature(inspect.unwrap(function)).parameters.values())[2:]
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return [ANY]
    return [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]


def other_inputs_of(layer: Any, base: Any) -> list[str] | None:
    """The name of the first parameter, where it is another one than `inputs`."""
    function = layer.call if layer.__call__ is base.__call__ else layer.__call__
    first = next(
        (p for p in list(inspect.signature(inspect.unwrap(function)).parameters.values())[1:]), None
    )
    if first is None or first.kind is not first.POSITIONAL_OR_KEYWORD:
        return [ANY]
    return None if first.name == INPUTS else [first.name]


if __name__ == "__main__":
    main()
