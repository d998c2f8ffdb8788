"""Which programs the kept facts are about, and the facts as they are kept in the repository.

One file a repository at one commit: its programs by path and SHA-256, and of each what was seen,
in rows. None of a program's own text is kept; whoever has the checkouts can score again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.oracle.real_programs.facts import (
    ForeignLayer,
    LayerFact,
    ModelFact,
    ProgramFacts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FLAGS = ("tainted", "operation", "model", "custom", "uncalled", "eager")
MORE = ("file", "via", "owner")


def write_kept(folder: Path, programs: Iterable[ProgramFacts]) -> int:
    """Write one file a repository and commit; how many bytes in all."""
    grouped: dict[tuple[str, str], list[ProgramFacts]] = {}
    for program in programs:
        grouped.setdefault((program.repo, program.commit), []).append(program)
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for (repo, commit), members in sorted(grouped.items()):
        name = f"{repo.replace('/', '+')}@{commit[:8]}.json"
        rows = ",\n".join(_dense(_shrink(p)) for p in sorted(members, key=lambda p: p.path))
        head = f'{{"repo":{json.dumps(repo)},"commit":{json.dumps(commit)},"programs":[\n'
        text = f"{head}{rows}\n]}}\n"
        (folder / name).write_text(text, encoding="utf-8")
        size += len(text.encode())
    return size


def read_kept(folder: Path) -> Iterator[ProgramFacts]:
    """Every program that is kept, repository by repository.

    Raises KeyError, ValueError: a file holds something else.
    """
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        for row in record["programs"]:
            yield _grow(record["repo"], record["commit"], row)


def _shrink(program: ProgramFacts) -> dict[str, Any]:
    """What scoring needs: layers that are scored, or that a scored model has, and such models."""
    models = [m for m in program.models if not m.tainted]
    wanted = {number for number, layer in enumerate(program.layers) if layer.scored}
    for model in models:
        wanted |= {model.layer, *(entry for entry in model.layers if isinstance(entry, int))}
    number_of = {old: new for new, old in enumerate(sorted(wanted))}
    names = sorted({program.layers[number].class_name for number in wanted})
    return {
        "path": program.path,
        "sha256": program.sha256,
        "era": program.era,
        "styles": program.styles,
        "classes": names,
        "layers": [_layer_row(program.layers[n], names) for n in sorted(wanted)],
        "models": [_model_row(model, number_of) for model in models],
    }


def _layer_row(layer: LayerFact, names: list[str]) -> list[Any]:
    """Class, place, shapes, parameters, and what else there is to say, if anything."""
    place: Any = layer.line if layer.cell is None else [layer.cell, layer.line]
    row: list[Any] = [names.index(layer.class_name), place, layer.column, layer.shapes]
    row.append(layer.params)
    more: dict[str, Any] = {key: value for key in MORE if (value := getattr(layer, key))}
    flags = [FLAGS.index(flag) for flag in FLAGS if getattr(layer, flag)]
    if flags:
        more["flags"] = flags
    return [*row, more] if more else row


def _model_row(model: ModelFact, number_of: dict[int, int]) -> list[Any]:
    entries = [number_of[e] if isinstance(e, int) else e.class_name for e in model.layers]
    return [number_of[model.layer], model.kind, model.total_params, entries]


def _grow(repo: str, commit: str, row: dict[str, Any]) -> ProgramFacts:
    layers = [_layer(entry, row["classes"]) for entry in row["layers"]]
    return ProgramFacts(
        repo=repo,
        commit=commit,
        path=row["path"],
        sha256=row["sha256"],
        era=row["era"],
        styles=row["styles"],
        layers=layers,
        models=[_model(entry) for entry in row["models"]],
    )


def _layer(row: list[Any], names: list[str]) -> LayerFact:
    number, place, column, shapes, params, *rest = row
    cell, line = place if isinstance(place, list) else (None, place)
    more = dict(rest[0]) if rest else {}
    flags = {FLAGS[flag]: True for flag in more.pop("flags", [])}
    return LayerFact(
        class_name=names[number],
        cell=cell,
        line=line,
        column=column,
        shapes=shapes,
        params=params,
        **flags,
        **more,
    )


def _model(row: list[Any]) -> ModelFact:
    layer, kind, total, entries = row
    found = [e if isinstance(e, int) else ForeignLayer(class_name=e) for e in entries]
    return ModelFact(layer=layer, kind=kind, total_params=total, layers=found)


def _dense(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
