"""A parameter of a function may be anything: no layer refuses what a caller passes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flatlint import lint_text
from flatlint.catalogue.eras import Era
from flatlint.catalogue.signatures import Kind, signature_of
from flatlint.catalogue.tables import tables_of
from flatlint.diagnostics import Severity

VERSIONS = {Era.KERAS_1: "1", Era.KERAS_2: "2", Era.KERAS_3: "3"}


NEEDS_A_SHAPE = "InputLayer"
"""Whatever else it gets."""


def layer_names(era: Era) -> list[str]:
    layers = tables_of(era)[0]["layers"]
    return [name for name in sorted(layers.get("classes", layers)) if name != NEEDS_A_SHAPE]


def calls_with_a_parameter_each(era: Era, name: str) -> Iterator[str]:
    signature = signature_of(era, name)
    assert signature is not None
    parameters = [p for p in signature.parameters if p.kind in (Kind.POSITIONAL, Kind.KEYWORD)]
    required = [p.name for p in parameters if p.is_required]
    for parameter in parameters:
        given = dict.fromkeys([*required, parameter.name])
        passed = ", ".join(f"{name}={name}" for name in given)
        yield f"def build({', '.join(given)}):\n    return layers.{name}({passed})\n"


@pytest.mark.parametrize("era", list(Era))
def test_no_argument_that_a_caller_passes_is_refused(era: Era) -> None:
    wrong = []
    for name in layer_names(era):
        functions = "".join(calls_with_a_parameter_each(era, name))
        text = f"from keras import layers\n{functions}"
        for found in lint_text(text, keras_version=VERSIONS[era]):
            if found.severity is not Severity.INFO:
                line = text.splitlines()[found.place.start.row - 1].strip()
                wrong.append(f"{line}: {found.message}")
    assert not wrong, "\n".join(wrong)
