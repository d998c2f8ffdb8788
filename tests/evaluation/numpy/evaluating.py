"""Evaluates a program's text and hands out what its variables hold."""

from __future__ import annotations

from collections.abc import Mapping

from flatlint.catalogue.eras import Era
from flatlint.evaluation.interpreter import Run
from flatlint.evaluation.modules import NoProject
from flatlint.evaluation.values import Value
from flatlint.graph import Array, ShapeFact
from flatlint.parsing.parse import parse
from flatlint.sources.reading import from_bytes

IMPORTS = "import numpy as np\n"


def run_of(text: str) -> Run:
    """The evaluation of a program that imports numpy as `np`, after its last statement."""
    source = parse(from_bytes((IMPORTS + text).encode(), None))
    run = Run(source, (Era.KERAS_3,), NoProject())
    run.execute(source.module.body)
    return run


def variables_of(text: str) -> Mapping[str, Value]:
    """What the variables of the program hold in the end."""
    run = run_of(text)
    return {
        name: run.object_at(value)
        for (frame, name), value in run.state.variables.items()
        if frame == run.frame.number
    }


def array_in(text: str, name: str = "out") -> Array:
    """The array that a variable holds."""
    found = variables_of(text)[name]
    assert isinstance(found, Array), f"{name} = {found!r} after {text}"
    return found


def shape_in(text: str, name: str = "out") -> str:
    """The shape of the array that a variable holds, as flatlint writes it."""
    return str(array_in(text, name).shape)


def facts_named(run: Run, name: str) -> list[ShapeFact]:
    """What was recorded of a name."""
    return [fact for fact in run.recorder.shapes if getattr(fact.site.node, "value", "") == name]
