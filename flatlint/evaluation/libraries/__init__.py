"""What flatlint knows of libraries, one package or module for each, loaded when a program uses it.

A program that names no array costs no numpy.
"""

from __future__ import annotations

import inspect
from dataclasses import replace
from functools import cache
from importlib import import_module

import libcst as cst

from flatlint.evaluation.base import (
    ANSWERS,
    CONSTANTS,
    FALLBACKS,
    INDEXERS,
    INSTANTIATORS,
    METHODS,
    MODELS,
    OPERATORS,
    PROVIDERS,
    Arguments,
    Interpreter,
    Model,
)
from flatlint.evaluation.recording import record_comparison
from flatlint.evaluation.values import Either, Name, Value, is_one_number
from flatlint.graph import Array, Tensor, Unknown, WhyUnknown

# The module that models the library with this top-level name.
FAMILIES: dict[str, str] = {
    "builtins": "python",
    "math": "python",
    "functools": "python",
    "operator": "python",
    "itertools": "python",
    "io": "python",
    "codecs": "python",
    "collections": "python.records",
    "dataclasses": "python.records",
    "types": "python.records",
    "typing": "python.records",
    "copy": "python.stored_text",
    "json": "python.stored_text",
    "ast": "python.stored_text",
    "pickle": "python.stored_text",
    "yaml": "python.stored_text",
    "joblib": "python.stored_text",
    "argparse": "python.command_line",
    "optparse": "python.command_line",
    "os": "python.command_line",
    "string": "python.characters",
    "sys": "python.surroundings",
    "six": "python",
    "random": "python.surroundings",
    "time": "python.surroundings",
    "packaging": "python",
    "pkg_resources": "python",
    "distutils": "python",
    "setuptools": "python",
    "keras": "keras",
    "tensorflow": "tensorflow",
    "numpy": "numpy",
    "sklearn": "sklearn",
    "pandas": "pandas",
    "cv2": "opencv",
    "PIL": "pillow",
    "absl": "python.command_line",
    "wandb": "wandb",
    "keras_tuner": "keras_tuner",
    "kerastuner": "keras_tuner",
}


@cache
def load_family(library: str) -> bool:
    """Import what models a library; whether there is such a thing."""
    family = FAMILIES.get(library)
    if family is None:
        return False
    import_module(f"flatlint.evaluation.libraries.{family}")
    return True


def model_of(path: str) -> Model | None:
    """The function that says what the library function at `path` does."""
    load_family(path.partition(".")[0])
    return MODELS.get(path)


def constant_at(path: str) -> Value:
    """The value that a library holds at `path`: a constant, or else the name itself."""
    load_family(path.partition(".")[0])
    return CONSTANTS.get(path, Name(path))


LIBRARY_FRAME = -2
"""The number under which the objects of libraries stand among the variables."""


def value_at(run: Interpreter, path: str) -> Value:
    """What a library holds at `path`: the era's own, or an object that the program changes."""
    found = constant_at(path)
    if isinstance(found, Name) and (answer := ANSWERS.get(found.path)) is not None:
        return answer(run)
    provider = PROVIDERS.get(path)
    if provider is None:
        return found
    variable = (LIBRARY_FRAME, provider.__name__)
    if variable not in run.state.variables:
        run.state.set_variable(variable, provider(run))
    return run.state.variables[variable]


def instantiator_of(path: str) -> Model | None:
    """What makes instances of classes that derive from the library class at `path`."""
    library = path.partition(".")[0]
    load_family(library)
    return INSTANTIATORS.get(library)


def call_library(run: Interpreter, path: str, arguments: Arguments) -> Value:
    """Call what a library holds at `path`."""
    model = model_of(path)
    if model is not None:
        return call_model(run, model, path, arguments)
    fallback = FALLBACKS.get(path.partition(".")[0])
    if fallback is not None:
        return fallback(run, path, arguments)
    return run.unknown(WhyUnknown.NOT_MODELLED, path)


def call_model(run: Interpreter, model: Model, what: str, arguments: Arguments) -> Value:
    """Call a model of a library function with what the program passes."""
    if not getattr(model, "takes_options", False):
        arguments = _decided(arguments)
    if arguments.is_open and not getattr(model, "takes_arguments", False):
        return run.unknown(WhyUnknown.ARGUMENT, f"what is passed to {what}")
    if getattr(model, "takes_arguments", False):
        return model(run, arguments)
    try:
        _signature(model).bind(run, *arguments.positional, **arguments.keywords)
    except TypeError:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"{what} with these arguments")
    return model(run, *arguments.positional, **arguments.keywords)


def _decided(arguments: Arguments) -> Arguments:
    """The arguments with nothing known of those that may be one thing or another."""
    given = (*arguments.positional, *arguments.keywords.values())
    if not any(isinstance(value, Either) for value in given):
        return arguments
    return replace(
        arguments,
        positional=tuple(map(_undecided, arguments.positional)),
        keywords={name: _undecided(value) for name, value in arguments.keywords.items()},
    )


def _undecided(value: Value) -> Value:
    return value.undecided if isinstance(value, Either) else value


def takes_options(model: Model) -> Model:
    """Mark a model that knows what to do with an `Either`."""
    model.takes_options = True  # type: ignore[attr-defined]
    return model


def takes_arguments(model: Model) -> Model:
    """Mark a model that is called as `model(run, arguments)` and binds them itself."""
    model.takes_arguments = True  # type: ignore[attr-defined]
    return model


@cache
def _signature(model: Model) -> inspect.Signature:
    return inspect.signature(model)


def _kind_of(*values: Value) -> type:
    return Tensor if any(isinstance(value, Tensor) for value in values) else Array


def operation_on(
    run: Interpreter, sign: str, left: Value, right: Value, node: cst.CSTNode
) -> Value:
    """`left sign right` where one of them is a tensor or an array."""
    kind = _kind_of(left, right)
    record_comparison(run, (left, right))
    # Whatever an array is changed by in place, its shape stays.
    is_in_place = isinstance(node, cst.AugAssign) and isinstance(left, Array)
    for value in (left, right):
        if isinstance(value, Unknown) and not (is_in_place or is_one_number(value)):
            return value
    load_family("keras" if kind is Tensor else "numpy")
    operator = OPERATORS.get(kind)
    if operator is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"`{sign}` on {kind.__name__}", node)
    return run.standing_at(node, lambda: operator(run, sign, left, right, node))


def index_into(run: Interpreter, value: Value, index: Value, node: cst.CSTNode) -> Value:
    """`value[index]` of a tensor or an array."""
    kind = _kind_of(value)
    load_family("keras" if kind is Tensor else "numpy")
    indexer = INDEXERS.get(kind)
    if indexer is None:
        return run.unknown(WhyUnknown.NOT_MODELLED, f"an item of {kind.__name__}", node)
    return run.standing_at(node, lambda: indexer(run, value, index, node))


def go_through(run: Interpreter, value: Value, node: cst.CSTNode) -> None:
    """A loop or an unpacking goes through the rows of a tensor, which not every library allows."""
    if isinstance(value, Tensor):
        load_family("keras")
        begin = METHODS[Tensor, "__iter__"]
        run.standing_at(node, lambda: begin(run, value))


def write_into(
    run: Interpreter, value: Array, index: Value, item: Value, node: cst.CSTNode
) -> None:
    """`value[index] = item` of an array."""
    load_family("numpy")
    writer = METHODS[Array, "__setitem__"]
    run.standing_at(node, lambda: writer(run, value, index, item))
