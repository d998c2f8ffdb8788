"""What is known of a program that ran: its layers, its models, what went wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

Dimension = int | str | None
"""A size, None where Keras says None, or `"?32"`: not fixed by the source, 32 in this run."""
Shape = list[Any]
"""`[Dimension, …]` of one output, or `[[Dimension, …], …]` of several."""

REBUILT = frozenset({"application", "clone"})
"""Models whose layers stand nowhere in the program."""


class _Fact(BaseModel):
    """Frozen, and silent about defaults when written."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LayerFact(_Fact):
    """One layer object: the call that made it, and what Keras says of it.

    `line` and `column` count from 1, within `cell` if there is one. `shapes` are the distinct
    output shapes of its calls, in the order of the calls; empty if it was never called.
    """

    class_name: str
    line: int
    column: int
    cell: int | None = None
    name: str | None = None
    shapes: list[Shape] = []
    params: int | None = None
    function: str = "<module>"
    statement: int = 0
    """The flat line of the top-level statement that was running."""
    file: str | None = None
    """The file of the call, if not the program's own."""
    via: str | None = None
    """`Input`, `function` (`add(…)`), `application` or `clone`, if not the class's own call."""
    owner: str | None = None
    """The user's Layer or Model class that made it for itself."""
    eager: bool = False
    """Its shapes come from calls on values, whose open sizes nobody can see."""
    tainted: bool = False
    """It depends on something that is not in the source: not scored."""
    operation: bool = False
    """Keras made it for an operator or a TensorFlow function."""
    model: bool = False
    custom: bool = False
    uncalled: bool = False
    """Made in a function that the program never calls and that the tracer called."""

    @property
    def scored(self) -> bool:
        """Whether an analyser can be asked for it."""
        apart = self.operation or self.model or self.tainted or self.file is not None
        return bool(self.shapes) and not apart


class ForeignLayer(_Fact):
    """A layer of a model that the program's text did not make."""

    class_name: str
    name: str | None = None


class ModelFact(_Fact):
    """One model; `layer` is its own number among the layers, as are the integers in `layers`."""

    layer: int
    kind: str
    name: str | None = None
    input_shape: Shape | None = None
    output_shape: Shape | None = None
    total_params: int | None = None
    layers: list[int | ForeignLayer] = []
    tainted: bool = False


class Failure(_Fact):
    """A statement that raised: where (flat lines) and what."""

    line: int
    text: str
    statement: int = 0


class ProgramFacts(_Fact):
    """Everything that one run of a program showed."""

    repo: str = ""
    commit: str = ""
    path: str = ""
    sha256: str = ""
    era: str = ""
    styles: list[str] = []
    layers: list[LayerFact] = []
    models: list[ModelFact] = []
    failures: list[Failure] = []
    stand_ins: dict[str, int] = {}
    """How often which stub answered in place of the world."""
    statements: int = 0
    done: int = 0
    ended: str | None = None
    """Why the run was stopped, if it was."""
    tried: dict[str, int] = {}
    """Traced layers by era, of the eras that were tried."""

    @property
    def traced(self) -> int:
        """Layers of the program's own text whose shapes are known."""
        return sum(bool(a.shapes) and not a.operation and a.file is None for a in self.layers)


def write_facts(facts: ProgramFacts, path: Path) -> None:
    """Write with one layer and one model a line, so that differences read well."""
    record = facts.model_dump(exclude_defaults=True)
    rows = {key: [_dense(row) for row in record.pop(key, [])] for key in ("layers", "models")}
    parts = [f"{json.dumps(key)}:{_dense(value)}" for key, value in record.items()]
    parts += [f'"{key}":[\n' + ",\n".join(lines) + "\n]" for key, lines in rows.items()]
    path.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


def read_facts(path: Path) -> ProgramFacts:
    """Read what `write_facts` wrote.

    Raises pydantic.ValidationError: the file holds something else.
    """
    return ProgramFacts.model_validate_json(path.read_text(encoding="utf-8"))


def _dense(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
