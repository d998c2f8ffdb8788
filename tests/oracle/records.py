"""Records: judgements as JSON lines, one object a line, in a stable order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracle.programs import (
    BuiltLayer,
    BuiltModel,
    Era,
    Judgement,
    Outcome,
    Program,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the fields that its outcome has."""
    if verdict.outcome is Outcome.BUILT:
        built: dict[str, Any] = {
            "outcome": "built",
            "layers": [_built_to_json(layer) for layer in verdict.layers],
        }
        if verdict.models:
            built["models"] = [_built_to_json(model) for model in verdict.models]
        if verdict.uncounted:
            built["uncounted"] = list(verdict.uncounted)
        return built
    refused: dict[str, Any] = {
        "outcome": verdict.outcome.value,
        "error": verdict.error,
        "message": verdict.message,
        "line": verdict.line,
    }
    if verdict.culprit is not None:
        refused["culprit"] = verdict.culprit
    return refused


def _built_to_json(built: BuiltLayer | BuiltModel) -> dict[str, Any]:
    return {
        "class": built.class_name,
        "line": built.line,
        "output_shape": built.shape,
        "params": built.params,
        "trainable_params": built.trainable_params,
    }


def verdict_from_json(data: dict[str, Any]) -> Verdict:
    """The inverse of `verdict_to_json`."""
    return Verdict(
        outcome=Outcome(data["outcome"]),
        layers=tuple(BuiltLayer(*_built_fields(entry)) for entry in data.get("layers", ())),
        models=tuple(BuiltModel(*_built_fields(entry)) for entry in data.get("models", ())),
        uncounted=tuple(data.get("uncounted", ())),
        error=data.get("error", ""),
        message=data.get("message", ""),
        line=data.get("line"),
        culprit=data.get("culprit"),
    )


def _built_fields(entry: dict[str, Any]) -> tuple[str, int, Any, int | None, int | None]:
    return (
        entry["class"],
        entry["line"],
        entry["output_shape"],
        entry["params"],
        entry["trainable_params"],
    )


def write_record(path: Path, judgements: Iterable[Judgement], message: int = 200) -> None:
    """Write one JSON object a line: era, subject, program, and the verdict's own fields.

    Of Keras's message at most `message` characters are kept.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for judgement in judgements:
            row = {
                "era": judgement.program.era.value,
                "subject": judgement.program.subject,
                "program": judgement.program.text,
                **verdict_to_json(judgement.verdict),
            }
            if "message" in row:
                row["message"] = row["message"][:message]
            stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def read_record(path: Path) -> list[Judgement]:
    """Read what `write_record` wrote."""
    judgements = []
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            program = Program(Era(row["era"]), row["subject"], row["program"])
            judgements.append(Judgement(program, verdict_from_json(row)))
    return judgements
