"""What flatlint answers about a program: the one module of the oracle that asks flatlint."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flatlint.diagnostics import Diagnostic
    from flatlint.reporting.summary import FileSummary, ModelSummary
    from tests.oracle.programs import Era, Program

NOT_LAYERS = frozenset(
    {"InputLayer", "Sequential", "Functional", "Model", "TFOpLambda", "SlicingOpLambda"}
)
"""Classes in flatlint's lists for inputs, models and operations, which are judged elsewhere."""


@dataclass(frozen=True)
class AnsweredLayer:
    """A layer, or a model, as flatlint's summary describes it; None where it does not know."""

    class_name: str
    line: int
    shape: Any
    params: int | None
    trainable_params: int | None = None


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
    """Lint the program's text as code of its era, and summarise what it builds."""
    from flatlint.config import Settings
    from flatlint.engine import lint
    from flatlint.sources.reading import from_text

    settings = Settings(keras_version=program.era.keras_version)
    try:
        report = lint(from_text(program.text, "<program>"), settings)
        return Answer(
            layers=tuple(_layers_in(report.summary)),
            models=tuple(_model(model) for model in report.summary.models),
            errors=tuple(_error(d) for d in report.diagnostics if d.severity.value == "error"),
        )
    except Exception:
        return Answer(crash=traceback.format_exc(limit=-4))


def _layers_in(summary: FileSummary) -> list[AnsweredLayer]:
    """Layers of models and those outside; one that two models share stands in both lists."""
    lists = [*(model.layers for model in summary.models), summary.layers]
    answered: dict[tuple[object, ...], AnsweredLayer] = {}
    for number, listed in enumerate(lists):
        for index, layer in enumerate(listed):
            if layer.class_name in NOT_LAYERS:
                continue
            key = (layer.line, layer.column, layer.name or (number, index))
            answered.setdefault(
                key, AnsweredLayer(layer.class_name, layer.line, layer.output_shape, layer.params)
            )
    return list(answered.values())


def _model(model: ModelSummary) -> AnsweredLayer:
    return AnsweredLayer(
        model.kind, model.line, model.output_shape, model.total_params, model.trainable_params
    )


def _error(diagnostic: Diagnostic) -> ClaimedError:
    return ClaimedError(diagnostic.code, diagnostic.place.start.row, diagnostic.message)


def layers_without_spec(era: Era) -> dict[str, str]:
    """Public names of the era's `keras.layers` that flatlint has no spec for -> the reason."""
    from flatlint.catalogue import registry
    from flatlint.catalogue.eras import Era as FlatlintEra

    return registry.layers_without_spec(FlatlintEra.from_label(era.value))


def has_spec(name: str, era: Era) -> bool:
    """Whether flatlint's catalogue describes this public name of `keras.layers`."""
    from flatlint.catalogue import registry
    from flatlint.catalogue.eras import Era as FlatlintEra

    return registry.has_layer_spec(name, FlatlintEra.from_label(era.value))
