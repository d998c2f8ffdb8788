"""What an installed Keras shows: its modules, classes, functions and their signatures."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType
from typing import Any

PACKAGES = ("keras", "tf_keras")


def signature_text(function: Any) -> str:
    """The parameters of a function or constructor as Python writes them, without annotations."""
    target = function.__init__ if inspect.isclass(function) else function
    try:
        parameters = list(inspect.signature(target).parameters.values())
    except (TypeError, ValueError):
        return "*args, **kwargs"
    if parameters and parameters[0].name in ("self", "cls"):
        parameters = parameters[1:]
    return _written(parameters)


def _written(parameters: list[inspect.Parameter]) -> str:
    pieces: list[str] = []
    starred = False
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            pieces.append(f"*{parameter.name}")
            starred = True
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            pieces.append(f"**{parameter.name}")
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            pieces.append("*")
            starred = True
        piece = parameter.name
        if parameter.default is not parameter.empty:
            piece += f"={literal(parameter.default)}"
        pieces.append(piece)
    return ", ".join(pieces)


def literal(value: object) -> str:
    """A default as a Python literal, or `...` where there is none."""
    text = repr(value)
    try:
        return text if ast.literal_eval(text) == value else "..."
    except (ValueError, SyntaxError):
        return "..."


def classes_of(module: ModuleType) -> dict[str, Any]:
    """Public classes of a module by their public name."""
    return {
        name: value
        for name, value in sorted(vars(module).items())
        if inspect.isclass(value) and not name.startswith("_")
    }


def functions_of(module: ModuleType) -> dict[str, str]:
    """Public functions of a module and their signatures."""
    return {
        name: signature_text(value)
        for name, value in sorted(vars(module).items())
        if callable(value) and not inspect.isclass(value) and not name.startswith("_")
    }


def operations_of(ops: ModuleType) -> dict[str, str]:
    """The functions of `keras.ops` and their signatures, those of its submodules with their home.

    Most submodules hold again what `keras.ops` itself has; `image` holds its own.
    """
    found = functions_of(ops)
    own = {f"image.{name}": text for name, text in functions_of(vars(ops)["image"]).items()}
    return {**found, **own}


def methods_of(kind: Any) -> dict[str, str]:
    """Public methods of a class and their signatures."""
    return {
        name: signature_text(value)
        for name, value in inspect.getmembers(kind, callable)
        if not name.startswith("_") and not inspect.isclass(value)
    }


def aliases_of(classes: dict[str, Any]) -> dict[str, str]:
    """Public names that are not the name of the class they stand for."""
    return {name: kind.__name__ for name, kind in sorted(classes.items()) if name != kind.__name__}


def public_modules(keras: ModuleType) -> dict[str, str]:
    """Every public module path, as `keras.…`, with the public names in it."""
    found: dict[str, str] = {}
    _walk(keras, "keras", found, set())
    return dict(sorted(found.items()))


def _walk(module: ModuleType, path: str, found: dict[str, str], above: set[int]) -> None:
    names = [name for name in dir(module) if not name.startswith("_") and name != "src"]
    found[path] = " ".join(sorted(names))
    for name in names:
        value = getattr(module, name, None)
        if not isinstance(value, ModuleType) or id(value) in above:
            continue
        parts = value.__name__.split(".")
        if parts[0] in PACKAGES and "src" not in parts:
            _walk(value, f"{path}.{name}", found, {*above, id(value)})


def applications_of(keras: ModuleType) -> dict[str, dict[str, Any]]:
    """The ready-made models: signature, and the submodules that have them too."""
    found: dict[str, dict[str, Any]] = {}
    for name, value in sorted(vars(keras.applications).items()):
        if name[0].isupper() and callable(value):
            paths = [
                f"keras.applications.{home}.{name}"
                for home, module in sorted(vars(keras.applications).items())
                if isinstance(module, ModuleType) and hasattr(module, name)
            ]
            found[name] = {"takes": signature_text(value), "paths": paths}
    return found
