"""What flatlint answers about a program: the one module of the oracle that asks flatlint."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Any

from tests.oracle.programs import Era, Program

NOT_LAYERS = frozenset({"InputLayer", "Sequential", "Functional", "Model"})
"""Classes in flatlint's lists of layers that stand for inputs and models, judged elsewhere."""


@dataclass(frozen=True)
class AnsweredLayer:
    """A layer, or a model, as flatlint's summary describes it; None where it does not know."""

    class_name: str
    line: int
    shape: Any
    params: int | None


@dataclass(frozen=True)
class ClaimedError:
    """A finding of severity `error`: a claim that Keras raises."""

    code: str
    line: int
    message: str


@dataclass(frozen=True)
class Answer:
    """All that flatlint says of a program; `crash` is the traceback if it broke."""

    layers: tuple[AnsweredLayer, ...] = ()
    models: tuple[AnsweredLayer, ...] = ()
    errors: tuple[ClaimedError, ...] = ()
    crash: str = ""


def ask_flatlint(program: Program) -> Answer:
    """Summarise and lint the program's text as code of its era."""
    import flatlint

    version = program.era.keras_version
    try:
        summary = flatlint.summarise_text(program.text, keras_version=version)
        diagnostics = list(flatlint.lint_text(program.text, keras_version=version))
    except Exception:
        return Answer(crash=traceback.format_exc(limit=-4))
    return Answer(
        layers=tuple(_layers_in(summary)),
        models=tuple(_model(model) for model in summary["models"]),
        errors=tuple(_error(d) for d in diagnostics if d["severity"] == "error"),
    )


def _layers_in(summary: dict[str, Any]) -> list[AnsweredLayer]:
    lists = [model["layers"] for model in summary["models"]] + [summary["layers"]]
    answered: dict[tuple[Any, ...], AnsweredLayer] = {}
    for listed in lists:
        for number, layer in enumerate(listed):
            if layer["class"] in NOT_LAYERS:
                continue
            # A layer that two models share stands in both; its name tells that it is one.
            key = (layer["line"], layer["column"], layer["name"] or (id(listed), number))
            answered.setdefault(
                key,
                AnsweredLayer(
                    layer["class"], layer["line"], layer["output_shape"], layer["params"]
                ),
            )
    return list(answered.values())


def _model(model: dict[str, Any]) -> AnsweredLayer:
    return AnsweredLayer(model["kind"], model["line"], model["output_shape"], model["total_params"])


def _error(diagnostic: Any) -> ClaimedError:
    return ClaimedError(diagnostic["code"], diagnostic["location"]["row"], diagnostic["message"])


def layers_without_spec(era: Era) -> dict[str, str]:
    """Public names of the era's `keras.layers` that flatlint has no spec for -> the reason."""
    from flatlint import catalogue

    return dict(catalogue.layers_without_spec(era.value))


def has_spec(name: str, era: Era) -> bool:
    """Whether flatlint's catalogue describes this public name of `keras.layers`."""
    from flatlint import catalogue

    return bool(catalogue.has_layer_spec(name, era.value))
